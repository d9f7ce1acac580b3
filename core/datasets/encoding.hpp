#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace separatrix {

/// SHA-256 [FIPS 180-4] as 64 lower-case hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

/// Base64 [RFC 4648 §4] with padding, in one line.
std::string base64Encoded(std::string_view bytes);
/// None for text that base64Encoded does not write: other characters, line breaks, no padding,
/// bits left over.
std::optional<std::string> base64Decoded(std::string_view text);

}  // namespace separatrix
