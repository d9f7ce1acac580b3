#pragma once

// Makes system calls and allocations of the calling thread fail, one at a time. An executable that
// links separatrix_faults has its own open, write, …, operator new, which forward to the real ones.

namespace separatrix::test {

/// With all variants of each: openat, pwrite64, fdatasync, renameat2, unlinkat, …
enum class Call { open, read, write, sync, rename, close, unlink, mkdir };

/// While it lives, the `number`-th call of the kind (from 1) fails with `code`; a failing close
/// still closes, as in Linux. Code 0 is no failure: a write or read of half the bytes asked for.
class FailingCall {
public:
  FailingCall(Call kind, int number, int code);
  ~FailingCall();
  FailingCall(const FailingCall&) = delete;
  FailingCall& operator=(const FailingCall&) = delete;
  /// Whether there were that many calls, so that one failed.
  bool struck() const;
};

/// While it lives, the `number`-th operator new (from 1) throws std::bad_alloc.
class FailingAllocation {
public:
  explicit FailingAllocation(long number);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
  bool struck() const;
  /// Calls of operator new so far.
  long count() const;
};

}  // namespace separatrix::test
