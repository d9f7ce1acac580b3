#include "core/export/guarded_write.hpp"

#include "core/datasets/encoding.hpp"
#include "core/export/atomic_file.hpp"
#include "core/export/file_lock.hpp"

#include <fstream>
#include <iterator>

namespace separatrix {
namespace {

/// The file is gone or holds `expected`.
bool isAsSeen(const std::filesystem::path& path, const FileContent& expected) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error == std::errc::no_such_file_or_directory) return true;
  if (error || size != expected.size) return false;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return FileContent::of(bytes) == expected;
}

}  // namespace

FileContent FileContent::of(std::string_view bytes) {
  return {bytes.size(), sha256Hex(bytes)};
}

void writeFileIfUnchanged(const std::filesystem::path& path, std::string_view bytes,
                          const FileContent& expected) {
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, ignored);
  const FileLock turn = FileLock::onFolder(target.has_parent_path() ? target.parent_path() : ".");
  if (!isAsSeen(path, expected))
    throw ChangedMeanwhile(path.string() +
                           " was changed by another program since it was opened here; save under "
                           "another name, open it again, or overwrite it");
  writeFileAtomically(path, bytes);
}

}  // namespace separatrix
