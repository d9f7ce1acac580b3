#pragma once

#include "core/runtime/types.hpp"

#include <string>

namespace separatrix {

/// Most bytes that one square matrix in double precision may take: 8 000 dimensions.
inline constexpr double kLargestMatrixBytes = 5.12e8;

/// Throws Failure that names `purpose` ("the Hessian"), the size and the remedy, before a
/// dimension × dimension matrix is made that would be larger.
void requireMatrixFits(Index dimension, const std::string& purpose);

}  // namespace separatrix
