#include "tests/faults/torture.hpp"

#include "core/runtime/descriptor.hpp"
#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <new>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace separatrix::test {
namespace {

constexpr std::size_t kPage = 4096;

enum Outcome { worked = 10, refused, ended, unclear, leaked };

std::ptrdiff_t openDescriptors() {
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

void prepare(const Deed& deed) {
  std::ofstream(deed.path, std::ios::binary) << deed.before;
}

/// Whether the message is one line with the path and the cause.
bool isClear(const std::string& message, const Deed& deed, int code) {
  return message.find(deed.path.string()) != std::string::npos &&
         message.find(std::strerror(code)) != std::string::npos &&
         message.find('\n') == std::string::npos;
}

Outcome outcomeOf(const Deed& deed, int code) {
  try {
    deed.run();
    return worked;
  } catch (const std::bad_alloc&) {
    return code == ENOMEM ? refused : unclear;
  } catch (const Failure& error) {
    return isClear(error.what(), deed, code) ? refused : unclear;
  } catch (const InvalidInput& error) {
    return isClear(error.what(), deed, code) ? refused : unclear;
  } catch (...) {
    return unclear;
  }
}

void judge(const Deed& deed, Outcome outcome, const std::string& fault, Torture& torture) {
  ++torture.struck;
  if (outcome == refused) ++torture.refused;
  if (outcome == ended) ++torture.ended;
  const auto complain = [&](const char* problem) {
    torture.problems += fault + ": " + problem + "\n";
  };
  if (outcome == unclear) complain("not a clear message");
  if (outcome == leaked) complain("left a descriptor open");
  if (outcome == ended && !deed.mayEnd) complain("ended the program");
  const std::string now = contentOf(deed.path);
  if (!deed.isWhole(now) && (outcome == worked || now != deed.before))
    complain("the file is neither old nor whole");
  if (namesIn(deed.path.parent_path()).size() != 1) {
    complain("left something in the folder");
    for (const std::string& name : namesIn(deed.path.parent_path()))
      fs::remove_all(deed.path.parent_path() / name);
  }
}

/// In this process: the k-th call of a kind. False if there were not that many.
bool callStrikes(const Deed& deed, Call kind, int number, int code, Torture& torture) {
  prepare(deed);
  const std::ptrdiff_t before = openDescriptors();
  Outcome outcome = worked;
  bool struck = false;
  {
    const FailingCall fault(kind, number, code);
    outcome = outcomeOf(deed, code);
    struck = fault.struck();
  }
  if (openDescriptors() != before) outcome = leaked;
  if (!struck) return false;
  judge(deed, outcome,
        "call " + std::to_string(number) + " of kind " + std::to_string(static_cast<int>(kind)) +
            ", " + (code == 0 ? "short" : std::strerror(code)),
        torture);
  return true;
}

/// In a child, as it may end: the k-th allocation.
void allocationStrikes(const Deed& deed, long number, Torture& torture) {
  prepare(deed);
  const pid_t child = ::fork();
  if (child == 0) {
    std::set_terminate([] { ::_exit(ended); });
    const std::ptrdiff_t before = openDescriptors();
    Outcome outcome = worked;
    {
      const FailingAllocation fault(number);
      outcome = outcomeOf(deed, ENOMEM);
    }
    ::_exit(openDescriptors() == before ? outcome : leaked);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const Outcome outcome = WIFEXITED(status) ? static_cast<Outcome>(WEXITSTATUS(status)) : unclear;
  judge(deed, outcome, "allocation " + std::to_string(number), torture);
}

}  // namespace

int tortureFactor() {
  const char* text = std::getenv("SEPARATRIX_TORTURE");
  return std::max(1, text == nullptr ? 1 : std::atoi(text));
}

ScratchFolder::ScratchFolder() {
  for (const char* parent : {"/dev/shm", "/tmp"}) {
    std::string name = std::string(parent) + "/separatrix-torture-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) continue;
    path = name;
    return;
  }
  throw Failure("no folder to test in");
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

SmallDisk::SmallDisk()
    : m_mounted(::mount("tmpfs", m_scratch.path.c_str(), "tmpfs", 0, "size=1m,mode=755") == 0) {
  fs::create_directory(folder());
}

SmallDisk::~SmallDisk() {
  if (m_mounted) ::umount(m_scratch.path.c_str());
}

void SmallDisk::leave(std::size_t room) const {
  const std::string page(kPage, 'f');
  const Descriptor filler(
      ::open((m_scratch.path / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  off_t size = ::lseek(filler.get(), 0, SEEK_END);
  while (::write(filler.get(), page.data(), page.size()) > 0) size += static_cast<off_t>(kPage);
  if (::ftruncate(filler.get(), size - static_cast<off_t>(room)) != 0)
    throw Failure("the disk has not that much room");
}

Torture tortureCalls(const Deed& deed) {
  Torture torture;
  for (const Call kind : {Call::open, Call::read, Call::write, Call::sync, Call::rename,
                          Call::close, Call::unlink, Call::mkdir})
    for (const int code : {EIO, ENOSPC, EACCES, EMFILE, EINTR, 0})
      for (int k = 1; callStrikes(deed, kind, k, code, torture); ++k) {
      }
  return torture;
}

Torture tortureAllocations(const Deed& deed) {
  constexpr long kUsual = 60;
  Torture torture;
  long total = 0;
  prepare(deed);
  {
    const FailingAllocation none(0);
    deed.run();
    total = none.count();
  }
  const long step = tortureFactor() > 1 ? 1 : std::max(1L, total / kUsual);
  for (long k = 1; k <= total; k += step) allocationStrikes(deed, k, torture);
  return torture;
}

Torture tortureSizes(const Deed& deed, std::size_t size, int cuts) {
  Torture torture;
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  for (int cut = 0; cut < cuts; ++cut) {
    prepare(deed);
    const std::size_t limit = size * static_cast<std::size_t>(cut) / static_cast<std::size_t>(cuts);
    const rlimit bounds{limit, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &bounds);
    const Outcome outcome = outcomeOf(deed, EFBIG);
    ::setrlimit(RLIMIT_FSIZE, &before);
    judge(deed, outcome, "limit of " + std::to_string(limit) + " bytes", torture);
  }
  return torture;
}

Torture tortureDisk(const Deed& deed, const SmallDisk& disk, std::size_t size) {
  Torture torture;
  for (std::size_t room = 0; room < size; room += kPage) {
    disk.leave(2 * kPage + room);
    prepare(deed);
    disk.leave(room);
    const Outcome outcome = outcomeOf(deed, ENOSPC);
    judge(deed, outcome, "disk with " + std::to_string(room) + " bytes left", torture);
  }
  return torture;
}

std::vector<std::string> namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string contentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace separatrix::test
