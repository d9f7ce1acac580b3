#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <stop_token>

namespace separatrix {

class Result;

/// Thrown by RunControl::checkpoint when the work was cancelled; never an error to show.
class Cancelled : public std::runtime_error {
public:
  Cancelled() : std::runtime_error("cancelled") {}
};

/// What a long computation sees of the one who asked for it: a stop request to obey, and the two
/// ways to report. A default-constructed control never stops and reports to nobody.
/// The callbacks may be called from any thread, one call at a time for each computation.
class RunControl {
public:
  using Progress = std::function<void(double fraction)>;
  using Publish = std::function<void(std::shared_ptr<const Result>)>;

  RunControl() = default;
  explicit RunControl(std::stop_token stop, Progress progress = {}, Publish publish = {})
      : m_stop(std::move(stop)), m_progress(std::move(progress)), m_publish(std::move(publish)) {}

  bool stopRequested() const { return m_stop.stop_requested(); }

  /// Throws Cancelled if a stop was requested.
  void checkpoint() const {
    if (stopRequested()) throw Cancelled();
  }

  /// `fraction` of the work done, in [0, 1].
  void progress(double fraction) const {
    if (m_progress) m_progress(fraction);
  }

  /// The control of a part of the work: it stops with this one and reports its progress as that of
  /// the part [start, start + share] of the whole. Refers to this one.
  RunControl within(double start, double share) const {
    if (!m_progress) return RunControl(m_stop);
    return RunControl(
        m_stop, [this, start, share](double fraction) { m_progress(start + share * fraction); });
  }

  /// A partial result, valid in itself, that a later one replaces.
  void publish(std::shared_ptr<const Result> partial) const {
    if (m_publish) m_publish(std::move(partial));
  }

private:
  std::stop_token m_stop;
  Progress m_progress;
  Publish m_publish;
};

}  // namespace separatrix
