#include "core/runtime/parallel_for.hpp"

#include "core/runtime/control_scope.hpp"
#include "core/runtime/errors.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <string>

namespace separatrix {

namespace {

std::atomic<int> g_threadLimit{0};  // 0: as many as there are

void loop(Index count, const std::function<void(Index)>& body) {
  const RunControl& control = currentControl();
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        tbb::blocked_range<Index>(0, count, 1),
        [&](const tbb::blocked_range<Index>& range) {
          const ControlScope scope(control);
          for (Index i = range.begin(); i < range.end(); ++i) body(i);
        },
        tbb::simple_partitioner());
  });
}

}  // namespace

void parallelFor(Index count, const std::function<void(Index)>& body) {
  const int limit = g_threadLimit;
  if (count == 1 || limit == 1) {
    for (Index i = 0; i < count; ++i) body(i);
  } else if (limit == 0) {
    loop(count, body);
  } else {
    // The arena of a thread keeps the size it had when it was first used, so a limit needs its own.
    tbb::task_arena arena(limit);
    arena.execute([&] { loop(count, body); });
  }
}

void runWithPriority(Priority priority, const std::function<void()>& work) {
  const auto level = priority == Priority::interactive ? tbb::task_arena::priority::high
                                                       : tbb::task_arena::priority::low;
  tbb::task_arena arena(tbb::task_arena::automatic, 1, level);
  arena.execute(work);
}

struct ThreadLimit::Control {
  explicit Control(int threads)
      : allowed(tbb::global_control::max_allowed_parallelism,
                static_cast<std::size_t>(std::max(threads, tbb::info::default_concurrency()))),
        before(g_threadLimit.exchange(threads)) {}
  ~Control() { g_threadLimit = before; }

  tbb::global_control allowed;  // more than there are cores, if asked for
  int before;
};

ThreadLimit::ThreadLimit(int threads) {
  if (threads < 1) throw InvalidInput("threads", std::to_string(threads) + " is not at least 1");
  m_control = std::make_unique<Control>(threads);
}

ThreadLimit::~ThreadLimit() = default;

}  // namespace separatrix
