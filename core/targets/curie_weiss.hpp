#pragma once

#include "core/targets/spin_coupling.hpp"

namespace separatrix {

/// φ(y) ∝ exp((J/2dT)(Σ y)²) [A §5], exactly in any fields and any dimension. For J ≥ 0,
/// exp(K M²/2) is a sum of exponentials exp(√K z_n M) on an even grid of z, exact to rounding for
/// every M, so that the ensemble is a mixture of independent spins: time (√(dJ/T) + const)·d at
/// most, and less where few z matter. For J < 0 the same with imaginary exponents, the discrete
/// Fourier transform of the law of M: time at most d·√d. A covariance takes d² for each z.
class CurieWeiss final : public SpinCoupling {
public:
  static constexpr Index kLargestDimension = 10000;

  /// J of either sign, T > 0.
  CurieWeiss(Index dimension, double coupling, double temperature);

  Index dimension() const override { return m_dimension; }
  SpinMarginals marginals(const VecView& fields, WithCovariance covariance) const override;
  Eigen::ArrayXf flips(const VecView& fields) const override;
  double participationRatio(const VecView& fields) const override;
  double meanLogWeight(const Mat& secondMoments) const override;
  Mat covariance() const override;
  Eigen::ArrayXf draw(const VecView& fields,
                      const std::function<double(Index n)>& uniform) const override;
  void sample(const Noise& noise, Index first, BatchFOut out) const override;

private:
  Index m_dimension;
  double m_K;                   // J/(dT)
  Eigen::ArrayXd m_cumulative;  // of P(n spins up), n = 0…d
  double m_logSum = 0;          // relative to couplingOffset, as in SpinMixture
};

}  // namespace separatrix
