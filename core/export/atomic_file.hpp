#pragma once

#include "core/runtime/descriptor.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace separatrix {

/// A file that is written in pieces, so that after any outcome (success, full disk, crash, power
/// loss) it holds either all of them or what it held before. The bytes go to a temporary file in
/// the same folder, every write is checked, file and folder are synced, then one rename replaces
/// the target. A symbolic link is followed, and the permissions of an existing file are kept.
/// All members throw Failure with path, cause and remedy; no temporary file is left behind, and one
/// that a killed process left in the folder is removed once it is a minute old.
/// A path that is no regular file (a pipe, /dev/stdout) is written in place.
class AtomicFile {
public:
  explicit AtomicFile(std::filesystem::path path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Whether writeAt may be used: not in a pipe.
  bool canSeek() const { return !m_inPlace; }
  void append(std::string_view bytes);
  /// Writes at `offset` from the beginning; append goes on after what append has written.
  void writeAt(std::uint64_t offset, std::string_view bytes);
  /// Makes it the file of the path. Without it, the path keeps what it held.
  void commit();

private:
  [[noreturn]] void fail(int code);

  std::filesystem::path m_path, m_target, m_folder;
  bool m_inPlace = false;
  std::string m_temporary;  // empty: none, or none any more
  Descriptor m_file{-1};
};

/// All of a file at once, as AtomicFile.
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace separatrix
