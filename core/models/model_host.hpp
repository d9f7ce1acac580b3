#pragma once

#include "core/models/host_process.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/types.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace separatrix {

/// How the model is called: forward(x, t) with x of [rows, shape…] float and t of [rows].
struct ModelCall {
  std::vector<std::int64_t> shape;  ///< of one input, 1 to 4 axes
  bool integerTimes = false;        ///< t is int64, else float

  /// Of one input; of one too large for any batch, more than fit.
  Index numbers() const;
};

/// The model's fault, or that of what runs it: another try may do.
class ModelFailure : public Failure {
public:
  using Failure::Failure;
};

/// What a model may take before it is stopped.
struct ModelLimits {
  double startSeconds = 60;  ///< a cold disk, and libtorch is large
  double loadSeconds = 30;
  double evaluateSeconds = 20;  ///< for one batch
  std::uint64_t memoryBytes = std::uint64_t{4} << 30;
};

/// A TorchScript file as a function of batches. A file is a program, so it runs in a process of its
/// own, in a sandbox (core/models/host): whatever it does costs a ModelFailure with one clear
/// sentence, and the next call starts it anew. Any thread may call; calls wait for one another,
/// and those that wait while one fails fail with it, so that who asked learns of it at once.
class ModelHost {
public:
  /// Nothing is started before it is needed. Throws Failure where the file cannot be opened.
  ModelHost(const std::string& path, ModelLimits limits = {},
            std::string program = modelHostProgram());
  /// The file called `name` in messages, of which these are the bytes.
  static std::unique_ptr<ModelHost> ofBytes(const std::string& name, std::string_view bytes,
                                            ModelLimits limits = {},
                                            std::string program = modelHostProgram());
  ~ModelHost();

  const std::string& name() const { return m_name; }

  /// What the model says of itself, which may be a lie.
  struct Description {
    std::string signature;  ///< the declaration of forward, as TorchScript writes it
    std::vector<std::vector<std::int64_t>> parameters;  ///< shapes of the first few
  };
  /// Throws Failure where the model cannot be loaded.
  Description description(const RunControl& control);

  /// out = forward(x, t), rows of call.numbers() each, any number of rows. Throws ModelFailure
  /// where the model fails, or returns something else than as many finite numbers; Cancelled when
  /// stopped, without waiting for the model.
  void evaluate(const ModelCall& call, std::span<const float> x, std::span<const double> times,
                std::span<float> out, const RunControl& control);

  /// Of the process that has the model; −1: none. Does not wait for calls.
  int processId() const { return m_processId; }

private:
  ModelHost(std::string name, int file, ModelLimits limits, std::string program);
  void start(const RunControl& control);
  void finishCancelled();
  void noteProcess();
  void evaluateBatch(const ModelCall& call, std::span<const float> x, std::span<const double> times,
                     std::span<float> out, const RunControl& control);

  std::mutex m_mutex;
  std::string m_name;
  Descriptor m_file;
  ModelLimits m_limits;
  std::string m_program;
  std::unique_ptr<HostProcess> m_process;
  std::atomic<int> m_processId{-1};
  std::atomic<unsigned> m_failures{0};
  std::string m_lastFailure;
  std::unique_ptr<HostProcess> m_spare;  // started, and without a model
  Description m_description;
  bool m_busy = false;  // with a batch that nobody waits for any more
};

}  // namespace separatrix
