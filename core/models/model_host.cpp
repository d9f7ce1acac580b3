#include "core/models/model_host.hpp"

#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace separatrix {
namespace {

using model_protocol::Reply;
using model_protocol::ReplyKind;
using model_protocol::Request;
using model_protocol::RequestKind;

constexpr double kStaleSeconds = 0.3;
/// Rows that are given to the model at once: more are no faster, and longer to wait for.
constexpr std::size_t kBatchRows = 256;

/// What the host says: its first line.
std::string textOf(const Reply& reply) {
  const auto end = reply.text.begin() + reply.textBytes;
  return withoutControls({reply.text.begin(), std::find(reply.text.begin(), end, '\n')});
}

/// "[4, 1, 3, 3][4]"
std::vector<std::vector<std::int64_t>> shapesIn(const std::string& text) {
  constexpr std::int64_t kLongest = 1 << 24;
  std::vector<std::vector<std::int64_t>> out;
  bool inNumber = false;
  for (const char c : text) {
    if (c == '[') out.emplace_back();
    const bool digit = c >= '0' && c <= '9';
    if (digit && !out.empty()) {
      if (!inNumber) out.back().push_back(0);
      out.back().back() = std::min(kLongest, 10 * out.back().back() + (c - '0'));
    }
    inNumber = digit;
  }
  return out;
}

ModelHost::Description descriptionIn(const Reply& reply) {
  const auto end = reply.text.begin() + reply.textBytes;
  const auto line = std::find(reply.text.begin(), end, '\n');
  return {textOf(reply), shapesIn({line, end})};
}

}  // namespace

Index ModelCall::numbers() const {
  constexpr auto kTooMany = static_cast<Index>(model_protocol::kMostNumbers) + 1;
  Index out = 1;
  for (const std::int64_t length : shape)
    out = length < kTooMany ? std::min(kTooMany, out * length) : kTooMany;
  return out;
}

ModelHost::ModelHost(std::string name, int file, ModelLimits limits, std::string program)
    : m_name(std::move(name)), m_file(file), m_limits(limits), m_program(std::move(program)) {}

ModelHost::ModelHost(const std::string& path, ModelLimits limits, std::string program)
    : ModelHost(std::filesystem::path(path).filename().string(),
                ::open(path.c_str(), O_RDONLY | O_CLOEXEC), limits, std::move(program)) {
  if (m_file.get() < 0)
    throw Failure("the model \"" + path + "\" cannot be opened: " + std::strerror(errno));
}

std::unique_ptr<ModelHost> ModelHost::ofBytes(const std::string& name, std::string_view bytes,
                                              ModelLimits limits, std::string program) {
  Descriptor memory(::memfd_create("separatrix-model-file", MFD_CLOEXEC));
  while (memory.get() >= 0 && !bytes.empty()) {
    const ssize_t written = ::write(memory.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw Failure("the model \"" + name + "\" does not fit into memory");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (memory.get() < 0) throw Failure("no memory for the model \"" + name + "\"");
  return std::unique_ptr<ModelHost>(
      new ModelHost(name, memory.release(), limits, std::move(program)));
}

ModelHost::~ModelHost() = default;

void ModelHost::noteProcess() {
  m_processId = m_process && m_process->isAlive() ? m_process->id() : -1;
}

void ModelHost::start(const RunControl& control) {
  if (m_process && m_process->isAlive()) return;
  m_busy = false;
  m_processId = -1;
  m_process = m_spare ? std::move(m_spare) : std::make_unique<HostProcess>(m_program);
  try {
    if (m_process->receive(m_limits.startSeconds, control).kind != ReplyKind::ready)
      throw Failure("the model host is another version's");
    Request request;
    request.kind = RequestKind::load;
    request.memoryBytes = m_limits.memoryBytes;
    m_process->send(request, m_file.get());
    const Reply reply = m_process->receive(m_limits.loadSeconds, control);
    if (reply.kind != ReplyKind::loaded) throw Failure(textOf(reply));
    m_description = descriptionIn(reply);
  } catch (const Failure& failure) {
    m_process.reset();
    throw ModelFailure("\"" + m_name + "\" cannot be loaded: " + failure.what());
  } catch (...) {
    m_process.reset();
    throw;
  }
  noteProcess();
  m_spare = std::make_unique<HostProcess>(m_program);
}

ModelHost::Description ModelHost::description(const RunControl& control) {
  const std::lock_guard lock(m_mutex);
  start(control);
  return m_description;
}

/// A batch that was cancelled may be ready soon; else it is not worth waiting for.
void ModelHost::finishCancelled() {
  if (!m_busy || !m_process) return;
  try {
    m_process->receive(kStaleSeconds, {});
    m_busy = false;
  } catch (const Failure&) {
    m_process.reset();
  }
}

void ModelHost::evaluateBatch(const ModelCall& call, std::span<const float> x,
                              std::span<const double> times, std::span<float> out,
                              const RunControl& control) {
  auto& memory = m_process->memory();
  std::copy(x.begin(), x.end(), memory.in.begin());
  std::copy(times.begin(), times.end(), memory.times.begin());
  Request request;
  request.kind = RequestKind::evaluate;
  request.rows = static_cast<std::uint32_t>(times.size());
  request.axes = static_cast<std::uint32_t>(call.shape.size());
  request.integerTimes = call.integerTimes ? 1 : 0;
  std::copy(call.shape.begin(), call.shape.end(), request.shape.begin());
  m_process->send(request);
  m_busy = true;
  const Reply reply = m_process->receive(m_limits.evaluateSeconds, control);
  m_busy = false;
  if (reply.kind != ReplyKind::evaluated) throw Failure(textOf(reply));
  // Copied before it is looked at: the host could still change it.
  std::copy_n(memory.out.begin(), out.size(), out.begin());
  const auto wrong =
      std::find_if(out.begin(), out.end(), [](float v) { return !std::isfinite(v); });
  if (wrong != out.end())
    throw Failure(std::string("it returned ") + (std::isnan(*wrong) ? "NaN" : "infinity"));
}

void ModelHost::evaluate(const ModelCall& call, std::span<const float> x,
                         std::span<const double> times, std::span<float> out,
                         const RunControl& control) {
  const auto numbers = static_cast<std::size_t>(call.numbers());
  const bool fits = !call.shape.empty() && call.shape.size() <= model_protocol::kMostAxes &&
                    std::all_of(call.shape.begin(), call.shape.end(),
                                [](std::int64_t length) { return length >= 1; }) &&
                    numbers <= model_protocol::kMostNumbers;
  if (!fits || x.size() != times.size() * numbers || out.size() != x.size())
    throw InvalidInput("model.shape", "does not fit the numbers given to the model");
  const std::size_t most = std::min(kBatchRows, model_protocol::kMostNumbers / numbers);
  const unsigned failures = m_failures;
  const std::lock_guard lock(m_mutex);
  if (m_failures != failures) throw ModelFailure(m_lastFailure);
  finishCancelled();
  start(control);
  try {
    for (std::size_t row = 0; row < times.size(); row += most) {
      control.checkpoint();
      const std::size_t count = std::min(most, times.size() - row);
      evaluateBatch(call, x.subspan(row * numbers, count * numbers), times.subspan(row, count),
                    out.subspan(row * numbers, count * numbers), control);
    }
  } catch (const Failure& failure) {
    noteProcess();
    m_lastFailure = "the model \"" + m_name + "\" failed: " + failure.what();
    ++m_failures;
    throw ModelFailure(m_lastFailure);
  }
}

}  // namespace separatrix
