#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>

// Numbers as binary formats keep them.

namespace separatrix {

static_assert(std::endian::native == std::endian::little);

/// `bytes` holds one Number, in little endian or, `swapped`, in big endian.
template <class Number>
double readNumber(const char* bytes, bool swapped) {
  std::array<char, sizeof(Number)> raw{};
  std::memcpy(raw.data(), bytes, raw.size());
  if (swapped) std::reverse(raw.begin(), raw.end());
  Number out;
  std::memcpy(&out, raw.data(), raw.size());
  return static_cast<double>(out);
}

/// "NaN", "inf" or "-inf", with what helps.
inline std::string notFinite(double value) {
  const char* name = std::isnan(value) ? "NaN" : value > 0 ? "inf" : "-inf";
  return std::string(name) + " is not finite; leave out the point or fill it in";
}

}  // namespace separatrix
