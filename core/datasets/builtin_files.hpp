#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace separatrix {

/// Files that come with the program are named "builtin:digits.npy" wherever a path is asked for.
bool isBuiltin(std::string_view path);
/// The bytes of one; none where there is no such.
std::optional<std::string_view> builtinFile(std::string_view path);
/// The paths of all.
std::vector<std::string> builtinPaths();

}  // namespace separatrix
