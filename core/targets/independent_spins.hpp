#pragma once

#include "core/numerics/roots.hpp"
#include "core/targets/spin_coupling.hpp"

namespace separatrix {

/// Spins without coupling, in the fields h + u.
struct IndependentSpins {
  Eigen::ArrayXd preferred;  ///< s
  Eigen::ArrayXd flips;      ///< P(y_i ≠ s_i)
  double logSum = 0;         ///< log Σ_y exp(u M − 2 Σ_{y_i ≠ s_i} |h_i|)

  IndependentSpins(const VecView& fields, double u) : preferred(preferredSpins(fields)) {
    const Eigen::ArrayXd t = -2 * (fields.array().abs() + u * preferred);
    const Eigen::ArrayXd small = (-t.abs()).exp();
    flips = (t >= 0).select(Eigen::ArrayXd::Ones(t.size()), small) / (1 + small);
    logSum = u * preferred.sum() + (t.max(0) + small.log1p()).sum();
  }
  double magnetisation() const { return (preferred * (1 - 2 * flips)).sum(); }
  double upVariance() const { return (flips * (1 - flips)).sum(); }
};

/// The M at which the Gaussian and the independent spins agree: M = Σ tanh(h_i + K M).
inline double bestMagnetisation(const VecView& fields, double K) {
  const auto size = static_cast<double>(fields.size());
  return bracketedRoot(
      [&](double M) { return M - IndependentSpins(fields, K * M).magnetisation(); }, -size, size);
}

}  // namespace separatrix
