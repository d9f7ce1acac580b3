#include "tests/faults/faults.hpp"

#include <cstdlib>
#include <new>

namespace separatrix::test {
namespace {

struct State {
  bool active = false;
  long number = 0;
  long count = 0;
};

constinit thread_local State state;

void countOne() {
  if (state.active && ++state.count == state.number) throw std::bad_alloc();
}

void* allocate(std::size_t size, std::size_t alignment = 0) {
  countOne();
  if (size == 0) size = 1;
  void* block = alignment == 0
                    ? std::malloc(size)
                    : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void* allocateOrNull(std::size_t size, std::size_t alignment = 0) noexcept {
  try {
    return allocate(size, alignment);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace

FailingAllocation::FailingAllocation(long number) {
  state = {true, number, 0};
}
FailingAllocation::~FailingAllocation() {
  state.active = false;
}
bool FailingAllocation::struck() const {
  return state.count >= state.number;
}
long FailingAllocation::count() const {
  return state.count;
}

}  // namespace separatrix::test

using separatrix::test::allocate;
using separatrix::test::allocateOrNull;
using std::align_val_t, std::nothrow_t, std::size_t;

#define SEEN __attribute__((visibility("default")))
// clang-format off
SEEN void* operator new(size_t n) { return allocate(n); }
SEEN void* operator new[](size_t n) { return allocate(n); }
SEEN void* operator new(size_t n, align_val_t a) { return allocate(n, static_cast<size_t>(a)); }
SEEN void* operator new[](size_t n, align_val_t a) { return allocate(n, static_cast<size_t>(a)); }
SEEN void* operator new(size_t n, const nothrow_t&) noexcept { return allocateOrNull(n); }
SEEN void* operator new[](size_t n, const nothrow_t&) noexcept { return allocateOrNull(n); }
SEEN void* operator new(size_t n, align_val_t a, const nothrow_t&) noexcept { return allocateOrNull(n, static_cast<size_t>(a)); }
SEEN void* operator new[](size_t n, align_val_t a, const nothrow_t&) noexcept { return allocateOrNull(n, static_cast<size_t>(a)); }
SEEN void operator delete(void* p) noexcept { std::free(p); }
SEEN void operator delete[](void* p) noexcept { std::free(p); }
SEEN void operator delete(void* p, size_t) noexcept { std::free(p); }
SEEN void operator delete[](void* p, size_t) noexcept { std::free(p); }
SEEN void operator delete(void* p, align_val_t) noexcept { std::free(p); }
SEEN void operator delete[](void* p, align_val_t) noexcept { std::free(p); }
SEEN void operator delete(void* p, size_t, align_val_t) noexcept { std::free(p); }
SEEN void operator delete[](void* p, size_t, align_val_t) noexcept { std::free(p); }
SEEN void operator delete(void* p, const nothrow_t&) noexcept { std::free(p); }
SEEN void operator delete[](void* p, const nothrow_t&) noexcept { std::free(p); }
SEEN void operator delete(void* p, align_val_t, const nothrow_t&) noexcept { std::free(p); }
SEEN void operator delete[](void* p, align_val_t, const nothrow_t&) noexcept { std::free(p); }
// clang-format on
#undef SEEN
