#include "core/targets/target.hpp"

#include <Eigen/Eigenvalues>

namespace separatrix {

double Target::largestVariance() const {
  const Eigen::SelfAdjointEigenSolver<Mat> solver(covariance(), Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[dimension() - 1];
}

}  // namespace separatrix
