#include "core/numerics/symmetric_eigen.hpp"

#include <Eigen/Eigenvalues>

namespace separatrix {

SymmetricEigen::SymmetricEigen(const Mat& symmetric) {
  const Eigen::SelfAdjointEigenSolver<Mat> solver(symmetric);
  m_values = solver.eigenvalues();
  m_vectors = solver.eigenvectors();
}

Vec symmetricSpectrum(const Mat& symmetric) {
  if (symmetric.rows() == 1) return symmetric.diagonal();
  return Eigen::SelfAdjointEigenSolver<Mat>(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

double largestEigenvalue(const Mat& symmetric) {
  return symmetricSpectrum(symmetric)[symmetric.rows() - 1];
}

}  // namespace separatrix
