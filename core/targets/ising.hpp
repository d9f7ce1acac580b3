#pragma once

#include "core/targets/spin_coupling.hpp"
#include "core/targets/target_kind.hpp"

namespace separatrix {

/// Coupled spins y ∈ {−1, 1}^d [A §5], exactly. Each configuration is a point of φ; up to 8
/// dimensions they are offered as components.
class Ising final : public Target {
public:
  explicit Ising(std::unique_ptr<const SpinCoupling> coupling);

  Index dimension() const override { return m_coupling->dimension(); }
  Vec mean() const override { return Vec::Zero(dimension()); }
  Mat covariance() const override;
  bool hasDensity() const override { return false; }
  Posterior posterior(const VecView& x, const Channel& channel) const override;
  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override;
  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override;
  void sample(const Noise& noise, Index first, BatchFOut out) const override;
  void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                       const Channel& channel, BatchFOut y) const override;
  const Components* components() const override;
  Vec componentPosterior(const VecView& x, const Channel& channel) const override;
  /// Over all 2^d configurations.
  std::optional<WeightStatistics> weightStatistics(const VecView& x,
                                                   const Channel& channel) const override;

private:
  std::unique_ptr<const SpinCoupling> m_coupling;
  Components m_configurations;
};

/// `ising` {dimension, coupling, temperature}: coupling is a matrix W, or {"curie-weiss": J}.
TargetKind isingKind();

}  // namespace separatrix
