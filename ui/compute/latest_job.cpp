#include "ui/compute/latest_job.hpp"

#include <QCoreApplication>
#include <QMetaObject>
#include <QThreadPool>

#include <atomic>
#include <chrono>

namespace separatrix {
namespace {

struct Task {
  JobRunner::Work work;
  std::function<void()> done;
};

struct Outcome {
  enum { returned, cancelled, failed } kind = returned;
  QString message;
};

Outcome carryOut(const JobRunner::Work& work, Priority priority, const RunControl& control) {
  try {
    runWithPriority(priority, [&] { work(control); });
    return {Outcome::returned, {}};
  } catch (const Cancelled&) {
    return {Outcome::cancelled, {}};
  } catch (const std::bad_alloc&) {
    return {Outcome::failed, "There is not enough memory; ask for fewer particles or steps."};
  } catch (const std::exception& error) {
    return {Outcome::failed, QString::fromUtf8(error.what())};
  }
}

/// A thread for every runner, so that a long computation never keeps a short one waiting; the cores
/// are shared out by priority inside.
QThreadPool& threads() {
  constexpr int kThreads = 16;
  QThreadPool* pool = QThreadPool::globalInstance();
  if (pool->maxThreadCount() < kThreads) pool->setMaxThreadCount(kThreads);
  return *pool;
}

/// Lets one report in 33 ms through, and the last.
class Throttle {
public:
  bool pass(double fraction) {
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    auto last = m_last.load();
    return fraction >= 1 || (now - last >= 33 && m_last.compare_exchange_strong(last, now));
  }

private:
  std::atomic<std::int64_t> m_last{0};
};

}  // namespace

/// Only the GUI thread touches it; workers hold a weak pointer that they hand back to that thread.
struct JobRunner::State : std::enable_shared_from_this<State> {
  Priority priority = Priority::interactive;
  Callbacks callbacks;
  bool running = false;
  std::stop_source stop;
  std::optional<Task> waiting;

  void launch(Task task) {
    running = true;
    stop = std::stop_source();
    const auto self = weak_from_this();
    const auto post = [](std::function<void()> call) {
      QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(call),
                                Qt::QueuedConnection);
    };
    const auto report = [self, post, throttle = std::make_shared<Throttle>()](double fraction) {
      if (!throttle->pass(fraction)) return;
      post([self, fraction] {
        if (const auto state = self.lock(); state && state->callbacks.progress)
          state->callbacks.progress(fraction);
      });
    };
    const RunControl control(stop.get_token(), report);
    threads().start([self, post, control, level = priority, task] {
      const Outcome outcome = carryOut(task.work, level, control);
      post([self, outcome, done = task.done] {
        if (const auto state = self.lock()) state->finish(outcome, done);
      });
    });
  }

  void finish(const Outcome& outcome, const std::function<void()>& done) {
    running = false;
    const bool unwanted = stop.stop_requested();
    if (waiting) {
      Task next = std::move(*waiting);
      waiting.reset();
      launch(std::move(next));
    }
    if (outcome.kind == Outcome::failed && !unwanted && callbacks.failed)
      callbacks.failed(outcome.message);
    if (outcome.kind == Outcome::returned && !unwanted) done();
    if (!running && !waiting && callbacks.idle) callbacks.idle();
  }
};

JobRunner::JobRunner(Priority priority, Callbacks callbacks) : m_state(std::make_shared<State>()) {
  m_state->priority = priority;
  m_state->callbacks = std::move(callbacks);
}

JobRunner::~JobRunner() {
  m_state->stop.request_stop();
}

void JobRunner::start(Work work, std::function<void()> done, WhenSuperseded policy) {
  Task task{std::move(work), std::move(done)};
  if (!m_state->running) {
    m_state->launch(std::move(task));
    return;
  }
  m_state->waiting = std::move(task);
  if (policy == WhenSuperseded::cancel) m_state->stop.request_stop();
}

void JobRunner::cancel() {
  m_state->waiting.reset();
  if (m_state->running) m_state->stop.request_stop();
}

bool JobRunner::busy() const {
  return m_state->running || m_state->waiting.has_value();
}

}  // namespace separatrix
