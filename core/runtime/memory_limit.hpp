#pragma once

#include <string>

namespace separatrix {

/// What one result, or its table, may take in memory. Asking for more is refused before anything
/// is taken.
inline constexpr double kLargestResultBytes = 4e9;

/// Throws InvalidInput for `entry` if `bytes` are more than kLargestResultBytes: "`what` would take
/// 40 GB, and 4 GB are the limit; `remedy`".
void requireMemory(const std::string& entry, double bytes, const std::string& what,
                   const std::string& remedy);

}  // namespace separatrix
