#include "core/targets/target.hpp"

#include <Eigen/Eigenvalues>

#include <cmath>

namespace separatrix {

double Target::largestVariance() const {
  const Eigen::SelfAdjointEigenSolver<Mat> solver(covariance(), Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[dimension() - 1];
}

std::optional<WeightStatistics> Target::weightStatistics(const VecView& x,
                                                         const Channel& channel) const {
  const Vec weights = componentPosterior(x, channel);
  if (weights.size() == 0) return std::nullopt;
  WeightStatistics out;
  for (const double w : weights) {
    if (w > 0) out.entropy -= w * std::log(w);
    out.participationRatio += w * w;
  }
  return out;
}

}  // namespace separatrix
