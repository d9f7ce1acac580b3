#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// Most numbers of one image, 2048 × 2048 in grey.
inline constexpr Index kLargestImageValues = Index{1} << 22;

/// A folder of PNG images [ISO 15948] of one size, one point each: its values 0 … 255 row by row,
/// of a colour image red, green and blue for each pixel. Either they are in the folder, without
/// labels, or in folders in it, one for each class: its label is the folder's name if all are whole
/// numbers, else 0, 1, … in the order of the names by bytes. Images are all grey or all in colour.
/// Palettes are resolved; of 16 bits the upper are kept, rounded; transparency and what the file
/// says of gamma and colour space are left out.
DatasetFormat pngFolderFormat();

}  // namespace separatrix
