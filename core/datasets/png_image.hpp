#pragma once

#include "core/datasets/dataset_format.hpp"

#include <cstdint>

namespace separatrix {

/// What a PNG file says of its image, before any pixel is decoded.
struct PngHeader {
  std::uint32_t width = 0, height = 0;
  bool colour = false;  ///< three numbers a pixel, else one

  Index values() const { return Index{width} * height * (colour ? 3 : 1); }
  friend bool operator==(const PngHeader&, const PngHeader&) = default;
};

/// Throws InvalidInput that names `source.path` where the bytes are no PNG, are cut off, or tell of
/// an image that is empty, has more than kLargestImageValues, or cannot be in so few bytes.
PngHeader pngHeader(const DatasetSource& source);

/// Of what has a pngHeader: as many values as that says, 0 … 255, row by row. Throws InvalidInput
/// with what libpng says is wrong. Takes memory for the image and the file once more.
std::vector<std::uint8_t> pngPixels(const DatasetSource& source);

}  // namespace separatrix
