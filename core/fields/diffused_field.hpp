#pragma once

#include "core/processes/forward_process.hpp"
#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

/// p(x, s), the data after diffusion for a time s: prepared once for an s, evaluated often.
/// Refers to `target`, which must outlive it.
class DiffusedField {
public:
  /// Throws InvalidInput ("time") unless shortestTime ≤ s ≤ horizon; 0 too where φ has a density.
  DiffusedField(const Target& target, const ForwardProcess& process, double s);

  Index dimension() const { return m_target->dimension(); }
  const Channel& channel() const { return m_channel; }

  /// log p, score, mean, Hessian and covariance at x in R^d.
  Posterior at(const VecView& x) const { return m_target->posterior(x, m_channel); }
  /// P(component k | x, s); empty for a target without parts.
  Vec componentPosterior(const VecView& x) const {
    return m_target->componentPosterior(x, m_channel);
  }
  /// log p, score and mean at d × P points, in parallel. Throws Cancelled when stopped.
  PosteriorBatch batch(const BatchView& x, const RunControl& control = {}) const;
  /// The same without log p, which may take longer.
  ScoreBatch scores(const BatchView& x, const RunControl& control = {}) const;
  /// log p alone, in single precision: P.
  Eigen::VectorXf logDensities(const BatchFView& x, const RunControl& control = {}) const;

private:
  const Target* m_target;
  Channel m_channel;
};

}  // namespace separatrix
