#include "core/runtime/parallel_for.hpp"

#include "core/runtime/errors.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <string>

namespace separatrix {

void parallelFor(Index count, const std::function<void(Index)>& body) {
  if (count == 1) {
    body(0);
    return;
  }
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        tbb::blocked_range<Index>(0, count, 1),
        [&](const tbb::blocked_range<Index>& range) {
          for (Index i = range.begin(); i < range.end(); ++i) body(i);
        },
        tbb::simple_partitioner());
  });
}

void runWithPriority(Priority priority, const std::function<void()>& work) {
  const auto level = priority == Priority::interactive ? tbb::task_arena::priority::high
                                                       : tbb::task_arena::priority::low;
  tbb::task_arena arena(tbb::task_arena::automatic, 1, level);
  arena.execute(work);
}

struct ThreadLimit::Control {
  tbb::global_control limit;
};

ThreadLimit::ThreadLimit(int threads) {
  if (threads < 1) throw InvalidInput("threads", std::to_string(threads) + " is not at least 1");
  m_control = std::make_unique<Control>(
      Control{{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)}});
}

ThreadLimit::~ThreadLimit() = default;

}  // namespace separatrix
