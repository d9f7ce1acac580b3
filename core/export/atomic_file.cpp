#include "core/export/atomic_file.hpp"

#include "core/runtime/errors.hpp"

#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <string>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace separatrix {
namespace {

// Temporary files are named .separatrix-PROCESS-NUMBER.tmp.
constexpr std::string_view kTemporaryStart = ".separatrix-";
constexpr std::string_view kTemporaryEnd = ".tmp";

std::string remedyFor(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "free some space or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder you may write to";
    case ENOENT:
    case ENOTDIR:
      return "create the folder first or choose another";
    case EISDIR:
      return "give a file name, not a folder";
    default:
      return "try again or choose another folder";
  }
}

[[noreturn]] void failToWrite(const std::filesystem::path& path, int code) {
  throw Failure("cannot write " + path.string() + ": " + std::generic_category().message(code) +
                "; " + remedyFor(code));
}

/// A file over RLIMIT_FSIZE raises SIGXFSZ, which would end the program instead of the write.
void ignoreFileSizeSignal() {
  static const auto previous = std::signal(SIGXFSZ, SIG_IGN);
  static_cast<void>(previous);
}

/// Returns 0 or the errno of the write that failed.
int writeAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Returns 0 or the errno of the write that failed.
int writeAllAt(int fd, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return 0;
}

/// The process that a temporary file's name tells; 0 if it is no such name.
pid_t writerOf(std::string_view name) {
  if (!name.starts_with(kTemporaryStart) || !name.ends_with(kTemporaryEnd)) return 0;
  name.remove_prefix(kTemporaryStart.size());
  pid_t process = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
  return error == std::errc() && process > 0 && *end == '-' ? process : 0;
}

/// Removes what writers left that were killed in the middle: temporary files that nobody wrote to
/// for a minute (on a shared disk the writer may be on another machine) and whose process is gone.
void removeLeftovers(const std::filesystem::path& folder) {
  constexpr std::time_t kMinute = 60;
  DIR* const entries = ::opendir(folder.c_str());
  if (entries == nullptr) return;
  while (const dirent* entry = ::readdir(entries)) {
    const pid_t writer = writerOf(entry->d_name);
    if (writer == 0 || ::kill(writer, 0) == 0 || errno != ESRCH) continue;
    struct stat status {};
    if (::fstatat(::dirfd(entries), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(status.st_mode) && std::time(nullptr) - status.st_mtime > kMinute)
      ::unlinkat(::dirfd(entries), entry->d_name, 0);
  }
  ::closedir(entries);
}

/// Creates a new file of a name that nobody uses beside the target, with the user's umask.
int createTemporary(const std::filesystem::path& folder, std::string& name) {
  static std::atomic<unsigned> counter{0};
  for (;;) {
    const std::string file = std::string(kTemporaryStart) + std::to_string(::getpid()) + "-" +
                             std::to_string(counter++) + std::string(kTemporaryEnd);
    name = (folder / file).string();
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path) : m_path(std::move(path)) {
  ignoreFileSizeSignal();
  std::error_code ignored;
  m_target = std::filesystem::weakly_canonical(m_path, ignored);
  if (ignored) m_target = m_path;
  struct stat existing {};
  const bool exists = ::stat(m_target.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) failToWrite(m_path, EISDIR);
  if (exists && !S_ISREG(existing.st_mode)) {
    m_inPlace = true;
    m_file.reset(::open(m_target.c_str(), O_WRONLY | O_CLOEXEC));
    if (m_file.get() < 0) failToWrite(m_path, errno);
    return;
  }
  if (exists && ::access(m_target.c_str(), W_OK) != 0) failToWrite(m_path, errno);
  m_folder = m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path(".");
  removeLeftovers(m_folder);
  std::string temporary;
  m_file.reset(createTemporary(m_folder, temporary));
  if (m_file.get() < 0) failToWrite(m_path, errno);
  m_temporary = std::move(temporary);
  if (exists && ::fchmod(m_file.get(), existing.st_mode & 07777) != 0) fail(errno);
}

AtomicFile::~AtomicFile() {
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

void AtomicFile::fail(int code) {
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
  m_temporary.clear();
  failToWrite(m_path, code);
}

void AtomicFile::append(std::string_view bytes) {
  if (const int code = writeAll(m_file.get(), bytes)) fail(code);
}

void AtomicFile::writeAt(std::uint64_t offset, std::string_view bytes) {
  if (const int code = writeAllAt(m_file.get(), offset, bytes)) fail(code);
}

void AtomicFile::commit() {
  if (m_inPlace) return;
  if (::fsync(m_file.get()) != 0) fail(errno);
  if (!m_file.close()) fail(errno);
  if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) fail(errno);
  m_temporary.clear();
  const Descriptor directory(::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) ::fsync(directory.get());
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes) {
  AtomicFile file(path);
  file.append(bytes);
  file.commit();
}

}  // namespace separatrix
