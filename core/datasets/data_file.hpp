#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace separatrix {

/// Up to this many bytes a file's content is kept in memory and in documents.
inline constexpr std::uint64_t kLargestKeptContent = std::uint64_t{256} << 10;

/// A data file as it was when it was loaded, or a folder of them as one: then `size` is that of all
/// files together, `sha256` that of one line for each, "relative name, zero byte, its SHA-256", in
/// the order of the names, and there is no content.
struct DataFile {
  std::string path;                    ///< absolute and lexically normal
  std::uint64_t size = 0;              ///< bytes
  std::string sha256;                  ///< 64 lower-case hexadecimal digits
  std::optional<std::string> content;  ///< the bytes, of a file up to kLargestKeptContent
  bool embedded = false;               ///< it has no place on disk: the document alone has it

  friend bool operator==(const DataFile&, const DataFile&) = default;
};

/// What is known beforehand of the files that a scene names: what its document says of them.
struct Resources {
  std::vector<DataFile> files;
};

}  // namespace separatrix
