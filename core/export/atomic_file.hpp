#pragma once

#include <filesystem>
#include <string_view>

namespace separatrix {

/// Writes `bytes` to `path` so that after any outcome (success, full disk, crash, power loss) the
/// file holds either all of them or what it held before. The bytes go to a temporary file in the
/// same folder, every write is checked, file and folder are synced, then one rename replaces the
/// target. A symbolic link is followed, and the permissions of an existing file are kept.
/// Throws Failure with path, cause and remedy; no temporary file is left behind, and one that a
/// killed process left in the folder is removed once it is a minute old.
/// A path that is no regular file (a pipe, /dev/stdout) is written in place.
void writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace separatrix
