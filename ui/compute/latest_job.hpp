#pragma once

#include "core/runtime/parallel_for.hpp"
#include "core/runtime/run_control.hpp"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace separatrix {

/// What to do with a computation that runs when a newer one is asked for.
enum class WhenSuperseded {
  finish,  ///< show it, then start the newest: the picture follows a drag
  cancel,  ///< stop it: nobody wants the old one
};

/// Runs one computation at a time away from the GUI thread; of those asked for meanwhile the
/// newest wins. Belongs to the GUI thread, which is where the callbacks are called. Destroying it
/// cancels what runs; no callback comes after that.
class JobRunner {
public:
  using Work = std::function<void(const RunControl&)>;
  struct Callbacks {
    std::function<void(const QString&)> failed;  ///< it threw; what and why
    std::function<void(double)> progress;        ///< fraction done, at most 30 times a second
    std::function<void()> idle;                  ///< nothing runs and nothing waits
  };

  JobRunner(Priority priority, Callbacks callbacks);
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  /// `done` is called when this work has returned. `policy` says what becomes of the one that runs.
  void start(Work work, std::function<void()> done, WhenSuperseded policy);
  void cancel();
  bool busy() const;

private:
  struct State;
  std::shared_ptr<State> m_state;
};

/// A JobRunner for values: `deliver` gets what the work returned.
template <class T>
class LatestJob {
public:
  LatestJob(Priority priority, JobRunner::Callbacks callbacks)
      : m_runner(priority, std::move(callbacks)) {}

  void start(std::function<T(const RunControl&)> work, std::function<void(T)> deliver,
             WhenSuperseded policy = WhenSuperseded::finish) {
    auto slot = std::make_shared<std::optional<T>>();
    m_runner.start(
        [slot, work = std::move(work)](const RunControl& control) { slot->emplace(work(control)); },
        [slot, deliver = std::move(deliver)] { deliver(std::move(**slot)); }, policy);
  }
  void cancel() { m_runner.cancel(); }
  bool busy() const { return m_runner.busy(); }

private:
  JobRunner m_runner;
};

}  // namespace separatrix
