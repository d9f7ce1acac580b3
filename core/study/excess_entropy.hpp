#pragma once

#include "core/study/analysis.hpp"

#include <optional>

namespace separatrix {

/// The excess entropy of n data points over time: where it vanishes, trajectories collapse onto
/// single points [B §4, Figs 3, 5].
class ExcessEntropy final : public Result {
public:
  /// α = H(weights)/d: log n/d for points of equal weight.
  double alpha = 0;
  Index points = 0;
  std::vector<double> times;                    ///< t = −log a
  std::vector<double> sampled, standardErrors;  ///< f^e/α at each time, of these points; NaN: none
  std::vector<double> exact, leading;           ///< f/α of their law; NaN where unknown

  /// The largest of the times at which the sampled f/α is at most `epsilon`: t_C^e, on the grid.
  std::optional<double> collapseTime(double epsilon) const;

  Table table() const override;
};

/// `excess-entropy` {times, samples, points}
Analysis excessEntropyAnalysis();

}  // namespace separatrix
