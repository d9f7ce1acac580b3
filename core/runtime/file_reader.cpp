#include "core/runtime/file_reader.hpp"

#include "core/runtime/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

namespace separatrix {
namespace {

[[noreturn]] void refuse(const std::string& path, int code) {
  throw InvalidInput(path, "cannot be read (" + std::generic_category().message(code) +
                               "); is it a file you may read?");
}

}  // namespace

FileReader::FileReader(std::string path)
    : m_path(std::move(path)), m_file(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat status {};
  if (m_file.get() < 0 || ::fstat(m_file.get(), &status) != 0) refuse(m_path, errno);
  if (S_ISDIR(status.st_mode)) refuse(m_path, EISDIR);
  if (S_ISREG(status.st_mode)) m_expected = static_cast<std::size_t>(status.st_size);
}

void FileReader::fill(std::string& bytes, std::size_t size) const {
  constexpr std::size_t kBlock = 1 << 16;
  bytes.reserve(std::min(size, m_expected + 1));
  while (bytes.size() < size) {
    const std::size_t place = bytes.size();
    bytes.resize(std::min(size, std::max(place + kBlock, m_expected + 1)));
    const ssize_t got = ::read(m_file.get(), bytes.data() + place, bytes.size() - place);
    const int code = errno;
    bytes.resize(place + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && code != EINTR) refuse(m_path, code);
    if (got == 0) return;
  }
}

}  // namespace separatrix
