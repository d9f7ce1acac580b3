#pragma once

#include "core/datasets/dataset_format.hpp"

namespace separatrix {

/// NumPy's .npy, versions 1 to 3, of dtype f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or bool in
/// either byte order, in C or Fortran order. The first axis counts the points; further ones are
/// flattened in C order to its coordinates, and where there is none, points have one coordinate.
DatasetFormat npyFormat();

}  // namespace separatrix
