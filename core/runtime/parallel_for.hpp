#pragma once

#include "core/runtime/types.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// Calls `body(i)` once for each i in [0, count), on as many threads as are allowed, and returns
/// when all are done. The one entry to TBB: isolated, so a thread that waits here never picks up
/// somebody else's work. Each task writes to a slot of its own; reduce the slots in order
/// afterwards, so that results do not depend on the number of threads. The first exception that
/// a task throws is rethrown here and the tasks not begun are dropped.
void parallelFor(Index count, const std::function<void(Index)>& body);

enum class Priority { interactive, background };

/// Runs `work` on the calling thread so that every parallelFor inside it has the given priority:
/// background work gives way to interactive work and never starves it.
void runWithPriority(Priority priority, const std::function<void()>& work);

/// While it lives, parallelFor uses `threads` threads (≥ 1), the calling one included, even where
/// there are fewer cores. Not to be nested across threads.
class ThreadLimit {
public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
  struct Control;  // keeps TBB out of this header
  std::unique_ptr<Control> m_control;
};

}  // namespace separatrix
