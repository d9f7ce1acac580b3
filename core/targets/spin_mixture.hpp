#pragma once

#include "core/runtime/types.hpp"

#include <complex>
#include <functional>

namespace separatrix {

/// Spins in fields h, coupled by exp(K M²/2) with M = Σ y, as a mixture of ensembles n of
/// independent spins, P(y) = Re Σ_n p_n Π_i P_n(y_i); s as in SpinMarginals.
template <class Scalar>
struct SpinMixture {
  /// log Σ_y exp(K M²/2 − L − 2 Σ_{y_i ≠ s_i} |h_i|), L = couplingOffset(d, K)
  double logSum = 0;
  Eigen::Matrix<Scalar, Eigen::Dynamic, 1> weights;             ///< p_n, Re Σ p_n = 1
  Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic> flips;  ///< P_n(y_i ≠ s_i), d × n
};

/// The least |M| that d spins can have.
inline double leastMagnetisation(Index spins) {
  return spins % 2 == 0 ? 0 : 1;
}

/// The largest K M²/2, which is left out of all sums because it can be huge.
inline double couplingOffset(Index spins, double K) {
  const double M = K < 0 ? leastMagnetisation(spins) : static_cast<double>(spins);
  return 0.5 * K * M * M;
}

/// K ≥ 0. `Real` is double, or float for sums that are as precise as a float. Source: the
/// Gaussian integral for exp(K M²/2) by the trapezium rule of step Δ, whose relative error is
/// 2 exp(−2π²/Δ²) whatever the fields are, because |cosh(x + iy)| ≤ cosh x.
template <class Real>
SpinMixture<Real> ferromagneticMixture(const VecView& fields, double K);

/// K < 0. The law of M in the fields that are best for M, times a Gaussian, by their discrete
/// Fourier transforms; complex conjugate terms are joined into one.
SpinMixture<std::complex<double>> antiferromagneticMixture(const VecView& fields, double K);

/// A draw of the spins, K < 0: how many are up by its law, then which ones, each given how many of
/// those that follow are. `uniform(n)` is the n-th of independent uniform numbers in (0, 1).
Eigen::ArrayXf drawAntiferromagnet(const VecView& fields, double K,
                                   const std::function<double(Index n)>& uniform);

}  // namespace separatrix
