// In the place of parallel_for.cpp under the thread sanitizer, which sees races in Debian's TBB
// that are none: the same functions on plain threads.

#include "core/runtime/control_scope.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace separatrix {
namespace {

std::atomic<int> g_threadLimit{0};     // 0: as many as there are
thread_local bool t_isInside = false;  // a loop within a loop stays on its thread

/// The tasks of one loop, and the first exception of them.
class Tasks {
public:
  Tasks(Index count, const std::function<void(Index)>& body) : m_count(count), m_body(body) {}

  void work() {
    const ControlScope scope(m_control);
    const bool before = std::exchange(t_isInside, true);
    for (Index i = m_next++; i < m_count && !m_failed; i = m_next++) {
      try {
        m_body(i);
      } catch (...) {
        const std::lock_guard lock(m_mutex);
        if (!m_failed.exchange(true)) m_failure = std::current_exception();
      }
    }
    t_isInside = before;
  }

  void rethrow() const {
    if (m_failure) std::rethrow_exception(m_failure);
  }

private:
  Index m_count;
  const std::function<void(Index)>& m_body;
  const RunControl& m_control = currentControl();
  std::atomic<Index> m_next{0};
  std::atomic<bool> m_failed{false};
  std::mutex m_mutex;
  std::exception_ptr m_failure;
};

}  // namespace

void parallelFor(Index count, const std::function<void(Index)>& body) {
  const int limit = g_threadLimit;
  // At least four, so that there is something to see on any machine.
  const int available = std::max(4, static_cast<int>(std::thread::hardware_concurrency()));
  const Index threads = t_isInside ? 1 : std::min<Index>(limit == 0 ? available : limit, count);
  Tasks tasks(count, body);
  std::vector<std::thread> others;
  for (Index i = 1; i < threads; ++i) others.emplace_back([&] { tasks.work(); });
  tasks.work();
  for (std::thread& other : others) other.join();
  tasks.rethrow();
}

void runWithPriority(Priority, const std::function<void()>& work) {
  work();
}

struct ThreadLimit::Control {
  explicit Control(int threads) : before(g_threadLimit.exchange(threads)) {}
  ~Control() { g_threadLimit = before; }

  int before;
};

ThreadLimit::ThreadLimit(int threads) {
  if (threads < 1) throw InvalidInput("threads", std::to_string(threads) + " is not at least 1");
  m_control = std::make_unique<Control>(threads);
}

ThreadLimit::~ThreadLimit() = default;

}  // namespace separatrix
