#pragma once

#include <utility>

#include <unistd.h>

namespace separatrix {

/// A file descriptor that closes itself; a negative one is none.
class Descriptor {
public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return m_fd; }
  /// Closes what it holds and takes over another.
  void reset(int fd) {
    close();
    m_fd = fd;
  }
  /// Gives it away.
  int release() { return std::exchange(m_fd, -1); }
  /// False if the close reports a write that failed late (NFS, quota).
  bool close() {
    const int fd = m_fd;
    m_fd = -1;
    return fd < 0 || ::close(fd) == 0;
  }

private:
  int m_fd;
};

}  // namespace separatrix
