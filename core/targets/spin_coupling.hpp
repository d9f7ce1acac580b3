#pragma once

#include "core/runtime/noise.hpp"
#include "core/runtime/types.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// Spins y ∈ {−1, 1}^d in fields h, seen from the configuration s that the fields prefer
/// (s_i = sign h_i, + at 0): flips are small numbers in strong fields, where means are close to 1.
struct SpinMarginals {
  double logSum = 0;   ///< log Σ_y φ(y) exp(−2 Σ_{y_i ≠ s_i} |h_i|)
  Vec flips;           ///< P(y_i ≠ s_i), d
  Mat flipCovariance;  ///< of the flips, d × d; empty where not asked for
};

enum class WithCovariance { no, yes };

/// A law φ(y) ∝ exp(½ yᵀ A y) of d spins without fields; fields come from the channel. Immutable.
class SpinCoupling {
public:
  virtual ~SpinCoupling() = default;

  virtual Index dimension() const = 0;
  /// Exact, to rounding. h is d.
  virtual SpinMarginals marginals(const VecView& fields, WithCovariance covariance) const = 0;
  /// The flips alone, as precise as a float.
  virtual Eigen::ArrayXf flips(const VecView& fields) const = 0;
  /// Σ_y w(y)², w the weights φ(y) e^{h·y} normalised.
  virtual double participationRatio(const VecView& fields) const = 0;
  /// ⟨log φ(y)⟩ where ⟨y yᵀ⟩ = secondMoments, d × d.
  virtual double meanLogWeight(const Mat& secondMoments) const = 0;
  virtual Mat covariance() const = 0;  ///< of φ; its mean is 0
  /// A draw in fields h, d; `uniform(n)` is the n-th of independent uniform numbers in (0, 1).
  virtual Eigen::ArrayXf draw(const VecView& fields,
                              const std::function<double(Index n)>& uniform) const = 0;
  /// Draws of φ for the particles first, first + 1, …: one in each column.
  virtual void sample(const Noise& noise, Index first, BatchFOut out) const = 0;
};

/// A spin for each of independent ones: −s_i with probability flips_i; `uniform(i)` decides.
inline Eigen::ArrayXf drawIndependent(const Eigen::ArrayXd& preferred, const Eigen::ArrayXd& flips,
                                      const std::function<double(Index n)>& uniform) {
  Eigen::ArrayXf out(preferred.size());
  for (Index i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(uniform(i) < flips[i] ? -preferred[i] : preferred[i]);
  return out;
}

/// s_i = 1 where h_i ≥ 0, else −1.
inline Eigen::ArrayXd preferredSpins(const VecView& fields) {
  return (fields.array() >= 0).select(Eigen::ArrayXd::Ones(fields.size()), -1.0);
}

/// Uniform numbers in (0, 1) with all the bits of a double: one for each particle.
Vec fineUniforms(const Noise& noise, Index first, Index count);

}  // namespace separatrix
