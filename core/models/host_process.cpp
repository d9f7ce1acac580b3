#include "core/models/host_process.hpp"

#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace separatrix {
namespace {

using model_protocol::Memory;
using model_protocol::Reply;
using model_protocol::ReplyKind;
using model_protocol::Request;

constexpr int kBeyondOurs = 100;  // descriptors are moved there before they take their places
constexpr int kLookMilliseconds = 5;

[[noreturn]] void failToStart(const char* what) {
  throw Failure(std::string("the model host cannot be started (") + what + ": " +
                std::strerror(errno) + ")");
}

/// Between fork and exec: calls that are safe there, and nothing else.
[[noreturn]] void becomeHost(const char* program, int socket, int memory, int errors) {
  // No threads of BLAS or OpenMP, which the sandbox could not restrict any more; and a time zone
  // that is in no file, for warnings of libtorch look at it.
  static const char* const kEnvironment[] = {"OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1",
                                             "LC_ALL=C.UTF-8", "TZ=UTC0", nullptr};
  const char* const arguments[] = {program, nullptr};
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const int ends[] = {nothing, nothing, errors, socket, memory};
  int moved[std::size(ends)];
  for (std::size_t i = 0; i < std::size(ends); ++i)
    moved[i] = ::fcntl(ends[i], F_DUPFD_CLOEXEC, kBeyondOurs);
  for (std::size_t i = 0; i < std::size(ends); ++i) ::dup2(moved[i], static_cast<int>(i));
  constexpr unsigned kFirstOther = model_protocol::kMemory + 1;
  if (::syscall(SYS_close_range, kFirstOther, ~0U, 0) != 0)
    for (int fd = kFirstOther; fd < 65536; ++fd) ::close(fd);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::execve(program, const_cast<char* const*>(arguments), const_cast<char* const*>(kEnvironment));
  ::_exit(127);
}

/// Memory of fixed size, so that neither side can make the other fault by shortening it.
int sealedMemory() {
  const int fd = ::memfd_create("separatrix-model", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) failToStart("memory");
  if (::ftruncate(fd, sizeof(Memory)) != 0 ||
      ::fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    ::close(fd);
    failToStart("memory");
  }
  return fd;
}

std::string signalText(int signal) {
  switch (signal) {
    case SIGSYS:
      return "the model tried to use a file, the network or another process, and was stopped";
    case SIGSEGV:
    case SIGBUS:
    case SIGILL:
    case SIGFPE:
      return "the model crashed";
    case SIGABRT:
      return "the model aborted, or ran out of memory";
    case SIGKILL:
      return "the model host was killed, by the system if memory ran out";
    default:
      return "the model host was ended by signal " + std::to_string(signal);
  }
}

/// The last line of what a stranger printed, with nothing in it that could do harm.
std::string lastLine(std::string text) {
  constexpr std::size_t kLongest = 200;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t line = text.rfind('\n');
  if (line != std::string::npos) text.erase(0, line + 1);
  return withoutControls(text.substr(0, kLongest));
}

}  // namespace

std::string withoutControls(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

HostProcess::HostProcess(const std::string& program) {
  if (::access(program.c_str(), X_OK) != 0)
    throw Failure("models need the program separatrix-model-host, which is not at \"" + program +
                  "\"; it is built where libtorch is: apt-get install libtorch-dev "
                  "libseccomp-dev, then ./dev run");
  int ends[2], errors[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) failToStart("socket");
  m_socket.reset(ends[0]);
  const Descriptor theirSocket(ends[1]);
  if (::pipe2(errors, O_CLOEXEC | O_NONBLOCK) != 0) failToStart("pipe");
  m_errors.reset(errors[0]);
  const Descriptor theirErrors(errors[1]);
  const Descriptor memory(sealedMemory());
  void* mapped =
      ::mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
  if (mapped == MAP_FAILED) failToStart("memory");
  m_memory = static_cast<Memory*>(mapped);
  m_id = ::fork();
  if (m_id == 0) becomeHost(program.c_str(), theirSocket.get(), memory.get(), theirErrors.get());
  if (m_id < 0) {
    ::munmap(m_memory, sizeof(Memory));
    failToStart("process");
  }
}

HostProcess::~HostProcess() {
  kill();
  ::munmap(m_memory, sizeof(Memory));
}

void HostProcess::kill() {
  if (m_id <= 0) return;
  ::kill(m_id, SIGKILL);
  while (::waitpid(m_id, nullptr, 0) < 0 && errno == EINTR) {
  }
  m_id = -1;
}

void HostProcess::fail(const std::string& problem) {
  kill();
  throw Failure(problem);
}

std::string HostProcess::causeOfDeath() {
  if (m_id <= 0) return "the model host is not running any more";
  // Its end of the socket is closed: it is dead, or a stranger that will not speak again.
  constexpr int kTries = 200;
  int status = 0;
  pid_t ended = 0;
  for (int i = 0; i < kTries && ended == 0; ++i) {
    ended = ::waitpid(m_id, &status, WNOHANG);
    if (ended == 0) ::poll(nullptr, 0, 1);
  }
  if (ended != m_id) return "the model host does not speak any more";
  m_id = -1;
  if (WIFSIGNALED(status)) return signalText(WTERMSIG(status));
  std::string printed(4096, '\0');
  const ssize_t length = ::read(m_errors.get(), printed.data(), printed.size());
  printed.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  const std::string line = lastLine(std::move(printed));
  return "the model host ended" + (line.empty() ? " without a word" : ": " + line);
}

void HostProcess::send(const Request& request, int file) {
  iovec part{const_cast<Request*>(&request), sizeof(Request)};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (file >= 0) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &file, sizeof(int));
  }
  const bool sent = isAlive() && ::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL) ==
                                     static_cast<ssize_t>(sizeof(Request));
  if (!sent) fail(causeOfDeath());
}

Reply HostProcess::receive(double seconds, const RunControl& control) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (true) {
    if (!isAlive()) fail(causeOfDeath());
    pollfd ready{m_socket.get(), POLLIN, 0};
    const int found = ::poll(&ready, 1, kLookMilliseconds);
    if (found > 0) break;
    if (found < 0 && errno != EINTR) fail("the model host cannot be waited for");
    control.checkpoint();
    if (Clock::now() > end) {
      std::array<char, 32> text{};
      std::snprintf(text.data(), text.size(), "%g", seconds);
      fail(std::string("the model gave no answer within ") + text.data() + " s, and was stopped");
    }
  }
  Reply reply;
  const ssize_t length = ::recv(m_socket.get(), &reply, sizeof reply, MSG_DONTWAIT | MSG_TRUNC);
  if (length <= 0) fail(causeOfDeath());
  const bool sane = length == static_cast<ssize_t>(sizeof reply) &&
                    reply.kind >= ReplyKind::ready && reply.kind <= ReplyKind::failed &&
                    reply.textBytes <= reply.text.size();
  if (!sane) fail("the model host sent what is no reply, and was stopped");
  return reply;
}

std::string modelHostProgram() {
  std::error_code problem;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", problem).parent_path();
  const auto beside = own / "separatrix-model-host";
  const auto above = own.parent_path() / "separatrix-model-host";
  return std::filesystem::exists(above, problem) && !std::filesystem::exists(beside, problem)
             ? above.string()
             : beside.string();
}

}  // namespace separatrix
