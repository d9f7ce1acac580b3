#pragma once

#include <filesystem>
#include <optional>

namespace separatrix {

/// An advisory lock (flock) between processes, and between two windows of one process. The kernel
/// releases it when its holder ends, however it ends. Movable; the destructor releases it.
class FileLock {
public:
  /// Waits until nobody else holds the lock of `folder` and takes it. Where a file system has no
  /// locks, or the folder cannot be opened, the lock is empty and keeps nobody out.
  static FileLock onFolder(const std::filesystem::path& folder);
  /// Takes the lock of a file, which is created if there is none; nothing if somebody holds it.
  static std::optional<FileLock> tryFile(const std::filesystem::path& path);

  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

private:
  explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
  int m_descriptor = -1;
};

}  // namespace separatrix
