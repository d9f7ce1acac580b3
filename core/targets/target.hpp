#pragma once

#include "core/processes/forward_process.hpp"
#include "core/runtime/noise.hpp"
#include "core/runtime/types.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace separatrix {

/// The law of the data y given x = a y + b z, at one x in R^d (theory §2).
struct Posterior {
  double logEvidence = 0;  ///< log p(x)
  Vec score;               ///< ∇ log p(x), d
  Vec mean;                ///< ⟨y⟩, d
  Mat hessian;             ///< ∇² log p(x), d × d
  Mat covariance;          ///< C = ⟨yyᵀ⟩ − ⟨y⟩⟨y⟩ᵀ, d × d
};

/// Score and mean at P points.
struct ScoreBatch {
  Batch score;  ///< d × P
  Batch mean;   ///< d × P
};

/// All but the matrices at P points.
struct PosteriorBatch : ScoreBatch {
  Vec logEvidence;  ///< P
};

/// The isotropic Gaussian parts of a target that has parts.
struct Components {
  Mat means;                     ///< d × K, one a column
  Vec weights;                   ///< K, positive, sum 1
  Vec variances;                 ///< K, ≥ 0; 0 is a delta
  std::vector<int> labels = {};  ///< the class of each, K; empty: they have none

  Index count() const { return weights.size(); }
};

/// How many parts of a target share the posterior.
struct WeightStatistics {
  double entropy = 0;             ///< H(w) = −Σ w_k log w_k
  double participationRatio = 0;  ///< Y = Σ w_k²; 1/Y counts the parts that matter
};

/// x ← keep·x + pull·∇log p(x) + noise·dW: what explicit schemes do with each particle.
struct ScoreStep {
  double keep, pull, noise;
};

/// A data distribution φ on R^d. All that it must know is its posterior ensemble; everything else
/// follows. Immutable, so that any thread may use it. `b²` of a channel must be positive unless
/// the target has a density of its own.
class Target {
public:
  virtual ~Target() = default;

  virtual Index dimension() const = 0;
  virtual Vec mean() const = 0;  ///< of φ
  /// Of φ, with weights 1/n for n points. Throws Failure where a matrix of that size does not fit,
  /// as `posterior` does.
  virtual Mat covariance() const = 0;
  /// Λ, the largest eigenvalue of the covariance; for targets that know it without the matrix.
  virtual double largestVariance() const;
  /// The relative error of scores, log p and means in double precision.
  virtual double precision() const { return std::numeric_limits<double>::epsilon(); }
  /// φ has a density, so that fields exist at s = 0 too.
  virtual bool hasDensity() const = 0;

  virtual Posterior posterior(const VecView& x, const Channel& channel) const = 0;
  /// x is d × P; `out` is resized.
  virtual void posteriorBatch(const BatchView& x, const Channel& channel,
                              PosteriorBatch& out) const = 0;
  /// The same without log p, for targets where that takes longer.
  virtual void scoreBatch(const BatchView& x, const Channel& channel, ScoreBatch& out) const;
  /// ∇ log p of d × P points in single precision: the hot path of ensembles.
  virtual void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const = 0;
  /// Moves the d × P points `x` as `step` says; for targets that can do so while the score is in
  /// their registers. `dW` is d × P.
  virtual void moveAlongScores(const ScoreStep& step, const Channel& channel, const BatchFView& dW,
                               BatchFOut x) const;
  /// log p of d × P points in single precision, into P values.
  virtual void logDensities(const BatchFView& x, const Channel& channel,
                            Eigen::Ref<Eigen::VectorXf> out) const;

  /// Draws of φ for the particles first, first + 1, …: one in each column of `out`.
  virtual void sample(const Noise& noise, Index first, BatchFOut out) const = 0;

  /// Draws of y given x = a y + b z, one for each of the d × P points x, which are those of the
  /// particles first, first + 1, …. Draws of different `cell`s are independent. `y` is another
  /// array than x. What is drawn for a point that is not finite is not finite either, or any y.
  virtual void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                               const Channel& channel, BatchFOut y) const = 0;

  /// For a law that is the same in all directions around the origin of R^d, d ≥ 2: its posterior
  /// along an axis, at x = ρ e, as a target of one dimension that knows log p, score, ⟨y⟩ and C
  /// along e; φ is its marginal there. Null for others.
  virtual std::unique_ptr<const Target> radialTarget() const { return nullptr; }

  /// Null for a target without parts.
  virtual const Components* components() const { return nullptr; }
  /// P(component k | x), K; empty for a target without parts. For deltas this is the exact
  /// probability that the generative SDE (λ = 1) started at x ends at y_k.
  virtual Vec componentPosterior(const VecView&, const Channel&) const { return {}; }
  /// Of the posterior weights of the components, or of all points of a target of points; none for
  /// a target without either.
  virtual std::optional<WeightStatistics> weightStatistics(const VecView& x,
                                                           const Channel& channel) const;
};

}  // namespace separatrix
