#pragma once

#include "core/sampling/ensemble.hpp"

namespace separatrix {

/// Fills the columns of `out` (d × P) with the starting points of the particles first, first + 1, …
/// for a run that starts at time s. `gls` is prepared once; the others need no preparation.
class Starter {
public:
  Starter(const Target& target, const ForwardProcess& process, StartLaw law, double s);
  void operator()(const Noise& noise, Index first, BatchFOut out) const;

private:
  const Target& m_target;
  Channel m_channel;
  StartLaw m_law;
  double m_priorDeviation;
  Vec m_mean;
  Mat m_factor;  // of the covariance, gls only
};

}  // namespace separatrix
