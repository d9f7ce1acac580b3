#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The participation ratio of the data at one x̂ over time, beside what a random energy model of the
/// same spread of overlaps says. N points are N = 2^M of it; their overlaps x̂·y have the variance
/// |x̂|²ν²M/2, which defines ν|x̂|.
class Participation final : public Result {
public:
  Vec xHat;           ///< d
  double scale = 0;   ///< ν|x̂|; 0 where all overlaps are equal, or there is but one point
  double levels = 0;  ///< M = log2 N
  std::vector<double> times, betas, reducedBetas;  ///< s, β = a²/b², β̃ = νβ|x̂|
  std::vector<double> ratio;                       ///< Y = Σ w² of the data
  std::vector<double> limit;                       ///< E[Y] as M → ∞
  double criticalTime = 0;  ///< where β̃ = β_c; NaN if the process misses it

  Table table() const override;
};

/// `participation` {times, at}
Analysis participationAnalysis();

}  // namespace separatrix
