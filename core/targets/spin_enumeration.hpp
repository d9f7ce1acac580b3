#pragma once

#include "core/targets/spin_coupling.hpp"

namespace separatrix {

/// φ(y) ∝ exp(−(1/2T) Σ_{j≠k} W_jk y_j y_k) [A §5], by the sum over all 2^d configurations: 8
/// bytes for each, time linear in their number, covariance included. Positive W is
/// antiferromagnetic; the diagonal plays no part; of W only the symmetric part matters.
class SpinEnumeration final : public SpinCoupling {
public:
  static constexpr Index kLargestDimension = 20;

  /// W is d × d with d ≤ 20, T > 0.
  SpinEnumeration(const Mat& coupling, double temperature);

  Index dimension() const override { return m_quadratic.rows(); }
  SpinMarginals marginals(const VecView& fields, WithCovariance covariance) const override;
  Eigen::ArrayXf flips(const VecView& fields) const override;
  double participationRatio(const VecView& fields) const override;
  double meanLogWeight(const Mat& secondMoments) const override;
  Mat covariance() const override;
  Eigen::ArrayXf draw(const VecView& fields,
                      const std::function<double(Index n)>& uniform) const override;
  void sample(const Noise& noise, Index first, BatchFOut out) const override;

private:
  SpinMarginals enumerate(const VecView& fields, WithCovariance covariance) const;

  Mat m_quadratic;             // A, symmetric, no diagonal
  Eigen::ArrayXd m_logWeight;  // log φ; bit i of the index is set where y_i = +1
  Eigen::ArrayXf m_singleLogWeight;
  Eigen::ArrayXd m_cumulative;
  double m_logSum = 0;
  SpinMarginals m_withoutField;
};

}  // namespace separatrix
