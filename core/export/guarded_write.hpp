#pragma once

#include "core/runtime/errors.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace separatrix {

/// What a file held when it was last read or written, to tell later whether somebody changed it.
struct FileContent {
  std::uint64_t size = 0;
  std::string sha256;  ///< hexadecimal

  static FileContent of(std::string_view bytes);
  friend bool operator==(const FileContent&, const FileContent&) = default;
};

/// A file is not as its writer last saw it: somebody else has written it meanwhile.
class ChangedMeanwhile : public Failure {
public:
  using Failure::Failure;
};

/// writeFileAtomically, unless somebody else changed the file meanwhile: it must hold `expected` or
/// be gone, else ChangedMeanwhile is thrown and it stays as it is. Writers in one folder take
/// turns, so that of two who saw the same file the second is told. Throws Failure as
/// writeFileAtomically does.
void writeFileIfUnchanged(const std::filesystem::path& path, std::string_view bytes,
                          const FileContent& expected);

}  // namespace separatrix
