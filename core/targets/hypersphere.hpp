#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// The uniform law on the sphere of radius r around the origin of R^d, d ≥ 2 (theory §2). All
/// fields follow from the ratio of Bessel functions at z = a r |x|/b².
class Hypersphere final : public Target {
public:
  /// Throws InvalidInput where d < 2: the sphere of one dimension is two points, a mixture.
  Hypersphere(Index dimension, double radius);

  Index dimension() const override { return m_dimension; }
  Vec mean() const override { return Vec::Zero(m_dimension); }
  Mat covariance() const override;
  double largestVariance() const override;
  bool hasDensity() const override { return false; }
  Posterior posterior(const VecView& x, const Channel& channel) const override;
  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override;
  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override;
  void sample(const Noise& noise, Index first, BatchFOut out) const override;
  void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                       const Channel& channel, BatchFOut y) const override;
  std::unique_ptr<const Target> radialTarget() const override;

private:
  class Axis;
  struct Radial;
  Radial radial(double distance, const Channel& channel) const;
  double drawGap(double distance, const Channel& channel, const ParticleUniforms& uniform) const;

  Index m_dimension;
  double m_radius;
};

/// `hypersphere` {dimension, radius}; two deltas ±radius in one dimension.
TargetKind hypersphereKind();

}  // namespace separatrix
