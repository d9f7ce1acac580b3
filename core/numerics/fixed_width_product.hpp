#pragma once

#include "core/runtime/types.hpp"

namespace separatrix {

/// A B, a few columns of B at a time and always as many, so that the bits of a column do not depend
/// on how many others there are. The number of columns must be a multiple of 16.
inline BatchF fixedWidthProduct(const Eigen::MatrixXf& A, const BatchF& B) {
  constexpr Index kWidth = 16;
  BatchF out(A.rows(), B.cols());
  for (Index first = 0; first < B.cols(); first += kWidth)
    out.middleCols<kWidth>(first).noalias() = A * B.middleCols<kWidth>(first);
  return out;
}

}  // namespace separatrix
