#pragma once

#include "core/runtime/types.hpp"

namespace separatrix {

// The one place where Eigen's solver is compiled, which takes half a minute.

/// Eigenvalues of a symmetric matrix, ascending, and its orthonormal eigenvectors.
class SymmetricEigen {
public:
  explicit SymmetricEigen(const Mat& symmetric);

  const Vec& eigenvalues() const { return m_values; }
  const Mat& eigenvectors() const { return m_vectors; }  ///< one a column

private:
  Vec m_values;
  Mat m_vectors;
};

/// The eigenvalues alone, ascending.
Vec symmetricSpectrum(const Mat& symmetric);
double largestEigenvalue(const Mat& symmetric);

}  // namespace separatrix
