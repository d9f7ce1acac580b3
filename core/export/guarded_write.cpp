#include "core/export/guarded_write.hpp"

#include "core/datasets/encoding.hpp"
#include "core/export/atomic_file.hpp"
#include "core/export/file_lock.hpp"
#include "core/runtime/file_reader.hpp"

namespace separatrix {
namespace {

/// The file is gone or holds `expected`. Throws InvalidInput if it cannot be read.
bool isAsSeen(const std::filesystem::path& path, const FileContent& expected) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return true;
  std::string bytes;
  FileReader(path.string()).fill(bytes, expected.size + 1);
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
