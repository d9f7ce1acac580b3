#pragma once

#include "tests/core/datasets/readers.hpp"

#include <zlib.h>

// PNG images, written chunk by chunk.

namespace separatrix::test {

/// What a PNG file is to be: colour types 0 grey, 2 colour, 3 palette, 4 grey and 6 colour with
/// transparency.
struct PngSpec {
  std::uint32_t width = 1, height = 1;
  int bits = 8, colourType = 0, interlaced = 0;
  std::string between = {};  ///< chunks between header and pixels
};

inline std::string pngChunk(const std::string& type, const std::string& data) {
  const std::string checked = type + data;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  return bigEndian(static_cast<std::uint32_t>(data.size())) + checked +
         bigEndian(static_cast<std::uint32_t>(sum));
}

inline std::string compressed(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size,
            reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()), 9);
  out.resize(size);
  return out;
}

/// `rows` are the pixels as the file has them, each row after the number of its filter.
inline std::string pngBytes(const PngSpec& spec, const std::string& rows) {
  std::string header = bigEndian(spec.width) + bigEndian(spec.height);
  for (const int octet : {spec.bits, spec.colourType, 0, 0, spec.interlaced})
    header += static_cast<char>(octet);
  return "\x89PNG\r\n\x1A\n" + pngChunk("IHDR", header) + spec.between +
         pngChunk("IDAT", compressed(rows)) + pngChunk("IEND", "");
}

}  // namespace separatrix::test
