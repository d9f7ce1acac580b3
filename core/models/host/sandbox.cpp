#include "core/models/host/sandbox.hpp"

#include <linux/landlock.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace separatrix {
namespace {

int threads() {
  int out = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/task"))
    ++out;
  return out;
}

/// Bytes of address space that are taken already.
std::uint64_t addressSpace() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool limit(int resource, std::uint64_t value) {
  const rlimit both{value, value};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

/// No file of the system, where the kernel has Landlock.
void refuseFiles() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs =
      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
      LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
      LANDLOCK_ACCESS_FS_MAKE_SYM;
  const auto fd = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
  if (fd < 0) return;
  ::syscall(SYS_landlock_restrict_self, fd, 0);
  ::close(fd);
}

/// A filter that kills the process at any call but those of computing.
bool filterCalls() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (filter == nullptr) return false;
  bool good = true;
  for (const int call : {SCMP_SYS(read),
                         SCMP_SYS(write),
                         SCMP_SYS(recvfrom),
                         SCMP_SYS(sendto),
                         SCMP_SYS(brk),
                         SCMP_SYS(munmap),
                         SCMP_SYS(mremap),
                         SCMP_SYS(madvise),
                         SCMP_SYS(futex),
                         SCMP_SYS(clock_gettime),
                         SCMP_SYS(clock_getres),
                         SCMP_SYS(gettimeofday),
                         SCMP_SYS(getrandom),
                         SCMP_SYS(exit),
                         SCMP_SYS(exit_group),
                         SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(sched_yield),
                         SCMP_SYS(sched_getaffinity),
                         SCMP_SYS(getpid),
                         SCMP_SYS(getppid),
                         SCMP_SYS(gettid),
                         SCMP_SYS(fstat),
                         SCMP_SYS(lseek)})
    good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  // Memory may be had, but not filled with instructions.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
    good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
  // Of the descriptors it has: an empty path.
  good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                                  SCMP_A3(SCMP_CMP_MASKED_EQ, 0x1000, 0x1000)) == 0;
  // abort(): its own process and no other signal.
  good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 2,
                                  SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())),
                                  SCMP_A2(SCMP_CMP_EQ, SIGABRT)) == 0;
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}

pid_t g_parent = 0;

void endAsOrphan(int) {
  if (::getppid() != g_parent) ::_exit(0);
}

/// Looks twice a second whether the application is still there, whatever the model does meanwhile.
/// The kernel's death signal would not do: it comes with the end of the thread that forked.
void watchParent() {
  g_parent = ::getppid();
  struct sigaction action {};
  action.sa_handler = endAsOrphan;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGALRM, &action, nullptr);
  constexpr timeval kOften{0, 500'000};
  const itimerval timer{kOften, kOften};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

void prepareSandbox(const SandboxLayers& layers) {
  watchParent();
  ::prctl(PR_SET_DUMPABLE, 0);
  // Not permitted everywhere; the other layers hold without it.
  if (layers.namespaces) ::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC);
}

std::string enterSandbox(const SandboxLayers& layers, std::uint64_t memoryBytes) {
  if (const int count = threads(); count != 1)
    return "the host has " + std::to_string(count) +
           " threads, which the sandbox would not reach, and does not go on";
  if (layers.limits) {
    const bool limited = limit(RLIMIT_AS, addressSpace() + memoryBytes) && limit(RLIMIT_FSIZE, 0) &&
                         limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_NOFILE, 0);
    if (!limited) return "the system does not let the model be limited";
  }
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return "the system does not let the model give up its privileges";
  if (layers.landlock) refuseFiles();
  if (layers.seccomp && !filterCalls())
    return "the system has no seccomp, without which models are not run";
  return {};
}

}  // namespace separatrix
