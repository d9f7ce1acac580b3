#pragma once

#include "core/sampling/ensemble.hpp"

namespace separatrix {

/// Fills the columns of `out` (d × P) with the starting points of the particles first, first + 1, …
/// for a run that starts at time s. `gls` is prepared once; the others need no preparation.
class Starter {
public:
  /// Throws Failure for gls where its covariance needs a matrix that does not fit.
  Starter(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
          StartLaw law, double s);
  void operator()(const Noise& noise, Index first, BatchFOut out) const;

  /// Of gls with a rank: the Kullback–Leibler divergence, in nats, of the Gaussian with the whole
  /// covariance from the one it draws. 0 otherwise.
  double lowRankDivergence() const { return m_divergence; }

private:
  void prepareWhole();
  void prepareRank(Index rank);

  const Target& m_target;
  Channel m_channel;
  StartLaw m_law;
  double m_priorDeviation;
  // gls: x = mean + factor ζ + deviation z
  Vec m_mean;
  Eigen::MatrixXf m_factor;
  double m_deviation = 0;
  double m_divergence = 0;
};

}  // namespace separatrix
