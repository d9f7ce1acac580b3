#pragma once

#include "core/runtime/descriptor.hpp"

#include <cstddef>
#include <string>

namespace separatrix {

/// Reads a file, or what is no regular file (a pipe), once from its beginning. Throws InvalidInput
/// with path and cause where it cannot be opened or read, or is a folder.
class FileReader {
public:
  explicit FileReader(std::string path);
  /// Goes on reading until `bytes` holds `size` of them or the file ends.
  void fill(std::string& bytes, std::size_t size) const;

private:
  std::string m_path;
  Descriptor m_file;
  std::size_t m_expected = 0;
};

}  // namespace separatrix
