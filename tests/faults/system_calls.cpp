#include "tests/faults/faults.hpp"

#include <cerrno>
#include <cstdarg>

#include <dlfcn.h>
#include <sys/types.h>

namespace separatrix::test {
namespace {

struct State {
  bool active = false;
  bool struck = false;
  Call kind{};
  int left = 0;
  int code = 0;
};

constinit thread_local State state;

enum class Fate { real, failed, halved };

Fate fateOf(Call kind) {
  if (!state.active || state.kind != kind || --state.left != 0) return Fate::real;
  state.struck = true;
  if (state.code == 0) return Fate::halved;
  errno = state.code;
  return Fate::failed;
}

/// The function that this executable's own one hides.
template <class Result, class... Arguments>
Result forward(const char* name, Arguments... arguments) {
  void* const hidden = ::dlsym(RTLD_NEXT, name);
  return reinterpret_cast<Result (*)(Arguments...)>(hidden)(arguments...);
}

template <class... Arguments>
int plain(Call kind, const char* name, Arguments... arguments) {
  return fateOf(kind) == Fate::failed ? -1 : forward<int>(name, arguments...);
}

template <class Buffer, class... Place>
ssize_t transfer(Call kind, const char* name, int fd, Buffer buffer, std::size_t size,
                 Place... place) {
  const Fate fate = fateOf(kind);
  if (fate == Fate::failed) return -1;
  if (fate == Fate::halved) size = (size + 1) / 2;
  return forward<ssize_t>(name, fd, buffer, size, place...);
}

constexpr int kCreates = 0100 | 020000000;  // O_CREAT, O_TMPFILE: a mode follows

}  // namespace

FailingCall::FailingCall(Call kind, int number, int code) {
  state = {true, false, kind, number, code};
}
FailingCall::~FailingCall() {
  state.active = false;
}
bool FailingCall::struck() const {
  return state.struck;
}

}  // namespace separatrix::test

using namespace separatrix::test;

#pragma GCC visibility push(default)
extern "C" {

// An open that passes its mode on; `name` is its own.
#define OPEN(name, parameters, ...)                       \
  int name parameters {                                   \
    mode_t mode = 0;                                      \
    if ((flags & kCreates) != 0) {                        \
      va_list rest;                                       \
      va_start(rest, flags);                              \
      mode = va_arg(rest, mode_t);                        \
      va_end(rest);                                       \
    }                                                     \
    if (fateOf(Call::open) == Fate::failed) return -1;    \
    return forward<int>(#name, __VA_ARGS__, flags, mode); \
  }
OPEN(open, (const char* path, int flags, ...), path)
OPEN(open64, (const char* path, int flags, ...), path)
OPEN(openat, (int folder, const char* path, int flags, ...), folder, path)
OPEN(openat64, (int folder, const char* path, int flags, ...), folder, path)
#undef OPEN

// clang-format off
ssize_t read(int fd, void* p, size_t n) { return transfer(Call::read, "read", fd, p, n); }
ssize_t pread(int fd, void* p, size_t n, off_t at) { return transfer(Call::read, "pread", fd, p, n, at); }
ssize_t pread64(int fd, void* p, size_t n, off_t at) { return transfer(Call::read, "pread64", fd, p, n, at); }
ssize_t write(int fd, const void* p, size_t n) { return transfer(Call::write, "write", fd, p, n); }
ssize_t pwrite(int fd, const void* p, size_t n, off_t at) { return transfer(Call::write, "pwrite", fd, p, n, at); }
ssize_t pwrite64(int fd, const void* p, size_t n, off_t at) { return transfer(Call::write, "pwrite64", fd, p, n, at); }
int fsync(int fd) { return plain(Call::sync, "fsync", fd); }
int fdatasync(int fd) { return plain(Call::sync, "fdatasync", fd); }
int rename(const char* from, const char* to) noexcept { return plain(Call::rename, "rename", from, to); }
int renameat(int a, const char* from, int b, const char* to) noexcept { return plain(Call::rename, "renameat", a, from, b, to); }
int renameat2(int a, const char* from, int b, const char* to, unsigned flags) noexcept { return plain(Call::rename, "renameat2", a, from, b, to, flags); }
int unlink(const char* path) noexcept { return plain(Call::unlink, "unlink", path); }
int unlinkat(int folder, const char* path, int flags) noexcept { return plain(Call::unlink, "unlinkat", folder, path, flags); }
int mkdir(const char* path, mode_t mode) noexcept { return plain(Call::mkdir, "mkdir", path, mode); }
int mkdirat(int folder, const char* path, mode_t mode) noexcept { return plain(Call::mkdir, "mkdirat", folder, path, mode); }
// clang-format on

int close(int fd) {
  const Fate fate = fateOf(Call::close);
  const int code = errno;
  const int result = forward<int>("close", fd);
  if (fate != Fate::failed) return result;
  errno = code;
  return -1;
}

}  // extern "C"
#pragma GCC visibility pop
