#include "core/targets/target.hpp"

#include "core/numerics/symmetric_eigen.hpp"

#include <cmath>

namespace separatrix {

double Target::largestVariance() const {
  return largestEigenvalue(covariance());
}

void Target::scoreBatch(const BatchView& x, const Channel& channel, ScoreBatch& out) const {
  PosteriorBatch batch;
  posteriorBatch(x, channel, batch);
  out = std::move(batch);
}

void Target::moveAlongScores(const ScoreStep& step, const Channel& channel, const BatchFView& dW,
                             BatchFOut x) const {
  BatchF score(x.rows(), x.cols());
  scores(x, channel, score);
  x = static_cast<float>(step.keep) * x + static_cast<float>(step.pull) * score +
      static_cast<float>(step.noise) * dW;
}

void Target::logDensities(const BatchFView& x, const Channel& channel,
                          Eigen::Ref<Eigen::VectorXf> out) const {
  PosteriorBatch batch;
  posteriorBatch(x.cast<double>(), channel, batch);
  out = batch.logEvidence.cast<float>();
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
