#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// No coordinate of data is larger, so that squares and their sums stay far from overflow.
inline constexpr double kLargestCoordinate = 1e6;

/// A component is a point or at least this wide: where there is no noise, scores are as large as
/// 1/v.
inline constexpr double kLeastVariance = 1e-30;

/// Σ_k w_k N(μ_k, v_k I) in any dimension; a component of variance 0 is a delta (theory §2).
class GaussianMixture : public Target {
public:
  /// Weights need not be normalised. Throws InvalidInput where the sizes differ or a
  /// variance is positive but below 1e-30.
  explicit GaussianMixture(Components components);
  ~GaussianMixture() override;

  Index dimension() const override { return m_parts.means.rows(); }
  Vec mean() const override;
  Mat covariance() const override;
  double largestVariance() const override;
  bool hasDensity() const override { return m_parts.variances.minCoeff() > 0; }
  Posterior posterior(const VecView& x, const Channel& channel) const override;
  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override;
  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override;
  void moveAlongScores(const ScoreStep& step, const Channel& channel, const BatchFView& dW,
                       BatchFOut x) const override;
  void logDensities(const BatchFView& x, const Channel& channel,
                    Eigen::Ref<Eigen::VectorXf> out) const override;
  void sample(const Noise& noise, Index first, BatchFOut out) const override;
  void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                       const Channel& channel, BatchFOut y) const override;
  const Components* components() const override { return &m_parts; }
  Vec componentPosterior(const VecView& x, const Channel& channel) const override;

private:
  struct Exponents {
    Vec relative;
    double offset;
  };
  Exponents exponents(const VecView& x, const Channel& channel) const;
  Batch weights(const BatchView& x, const Channel& channel, Vec& logEvidence) const;

  Components m_parts;
  Vec m_logWeights;
  Vec m_cumulativeWeights;
  /// Prepared when it is first needed; null where scores do not come from it.
  struct LazyKernel;
  std::unique_ptr<LazyKernel> m_kernel;
};

/// `gaussian-mixture` {means, weights, variances}.
TargetKind gaussianMixtureKind();

}  // namespace separatrix
