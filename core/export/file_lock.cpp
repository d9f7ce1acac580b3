#include "core/export/file_lock.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace separatrix {
namespace {

int lock(int descriptor, int mode) {
  int result = 0;
  do {
    result = ::flock(descriptor, mode);
  } while (result != 0 && errno == EINTR);
  return result;
}

/// The name still stands for the file that was opened: nobody removed it before it was locked.
bool isStill(int descriptor, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

FileLock FileLock::onFolder(const std::filesystem::path& folder) {
  FileLock out(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (out.m_descriptor >= 0) lock(out.m_descriptor, LOCK_EX);
  return out;
}

std::optional<FileLock> FileLock::tryFile(const std::filesystem::path& path) {
  for (;;) {
    FileLock out(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (out.m_descriptor < 0 || lock(out.m_descriptor, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    if (isStill(out.m_descriptor, path)) return out;
  }
}

FileLock::~FileLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  return *this;
}

}  // namespace separatrix
