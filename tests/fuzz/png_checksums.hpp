#pragma once

#include <cstddef>
#include <cstdint>

#include <zlib.h>

namespace separatrix::test {

/// Gives every whole chunk of what may be a PNG file the checksum of its content, so that a change
/// gets further than that.
inline void correctChecksums(std::uint8_t* png, std::size_t size) {
  constexpr std::size_t kMagic = 8, kNumber = 4;
  const auto number = [&](std::size_t at) {
    return std::size_t{png[at]} << 24 | std::size_t{png[at + 1]} << 16 |
           std::size_t{png[at + 2]} << 8 | png[at + 3];
  };
  std::size_t place = kMagic;
  while (place + 3 * kNumber <= size) {
    const std::size_t data = number(place);
    if (data > size - place - 3 * kNumber) return;
    const std::uint8_t* type = png + place + kNumber;
    const auto sum = crc32(0, type, static_cast<uInt>(kNumber + data));
    place += 2 * kNumber + data;
    for (std::size_t i = 0; i < kNumber; ++i)
      png[place++] = static_cast<std::uint8_t>(sum >> 8 * (kNumber - 1 - i) & 0xFF);
  }
}

}  // namespace separatrix::test
