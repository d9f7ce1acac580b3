#pragma once

#include "core/models/model_host.hpp"
#include "tests/core/support.hpp"
#include "tests/paths.hpp"

#include <QtCore/QDir>
#include <QtCore/QProcess>

#include <filesystem>

namespace separatrix::test {

/// The folder that the build has written the test models to, and programs in place of the host: one
/// without its sandbox, and a stranger that speaks nonsense. Defined in paths.cpp.
std::string modelFolder();
const char* bareHostPath();
const char* garbageHost();

/// A model, and the file that hostile ones want to write.
inline std::string modelPath(const std::string& name) {
  return modelFolder() + "/" + name + ".pt";
}
inline std::string victimPath() {
  return modelFolder() + "/victim";
}

/// The message of the Failure that `action` throws; empty if it throws none.
template <class Action>
std::string failureOf(const Action& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return {};
}

/// A host with the sandbox's layers that are named: "-limits-seccomp".
inline std::string bareHost(const std::string& layers) {
  const std::string path = modelFolder() + "/bare-host" + layers;
  std::error_code known;
  std::filesystem::create_symlink(bareHostPath(), path, known);
  return path;
}

inline ModelLimits shortLimits() {
  ModelLimits out;
  out.loadSeconds = 4;
  out.evaluateSeconds = 2;
  out.memoryBytes = std::uint64_t{1} << 30;
  return out;
}

/// forward on two inputs of four numbers.
inline std::vector<float> answerOf(ModelHost& host, const RunControl& control = {}) {
  const std::vector<float> x = {0.5f, -1, 2, 0.25f, 1, 1, 3, -0.5f};
  std::vector<float> y(8);
  host.evaluate({{4}, false}, x, std::vector<double>{1, 2}, y, control);
  return y;
}

/// The state and parent of a process, as in /proc; none: there is no such one.
inline std::optional<std::pair<char, int>> processStatus(int id) {
  const std::string text = readFile("/proc/" + std::to_string(id) + "/stat");
  const std::size_t close = text.rfind(')');
  char state = 0;
  int parent = 0;
  const bool read = close != std::string::npos &&
                    std::sscanf(text.c_str() + close + 1, " %c %d", &state, &parent) == 2;
  return read ? std::optional(std::pair(state, parent)) : std::nullopt;
}

inline bool isRunning(int id) {
  const auto status = processStatus(id);
  return status && status->first != 'Z' && status->first != 'X';
}

inline std::vector<int> childrenOf(int parent) {
  std::vector<int> out;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const int id = std::stoi(name);
    const auto status = processStatus(id);
    if (status && status->second == parent && isRunning(id)) out.push_back(id);
  }
  return out;
}

/// The model hosts that this process has started and that still are.
inline std::vector<int> hostsAlive() {
  return childrenOf(::getpid());
}

}  // namespace separatrix::test
