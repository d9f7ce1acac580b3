#pragma once

#include "core/datasets/dataset_format.hpp"

#include <optional>

namespace separatrix {

/// The IDX files of MNIST: 00 00, the type of the numbers (unsigned or signed byte, 2 or 4 bytes
/// whole, 4 or 8 bytes real), how many axes, their lengths, the numbers; all big endian. The first
/// axis counts the points; further ones are flattened in C order to its coordinates, and where
/// there is none, points have one coordinate. Values are as in the file, 0 … 255 for bytes.
DatasetFormat idxFormat();

/// Where the labels of an IDX file of images are by MNIST's custom: of
/// "…/train-images-idx3-ubyte" "…/train-labels-idx1-ubyte", also with a point before "idx". None
/// for other names; whether the file is there is not asked.
std::optional<std::string> idxLabelsPath(const std::string& path);

}  // namespace separatrix
