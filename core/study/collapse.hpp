#pragma once

#include "core/regimes/empirical_law.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// How two runs from one x part, at each time: whether they end in the same class, φ, and on the
/// same data point, φ_C, from the exact posterior weights of the points [B §5, Fig 5; theory §7].
class Collapse final : public Result {
public:
  Index points = 0;
  int classes = 1;
  std::vector<int> labels;                  ///< of the classes
  std::vector<double> times;                ///< t = −log a
  std::vector<EmpiricalAverages> averages;  ///< at each time

  /// The pairs of classes, in the order of EmpiricalAverages::pairs.
  std::vector<std::pair<int, int>> pairs() const;
  /// When φ of a pair falls through `level` towards noise, linear between the times: the time at
  /// which the two part; NaN where it does not. 0.775 is φ at the speciation time of two classes
  /// [B Fig 2].
  double partingTime(std::size_t pair, double level = 0.775) const;

  Table table() const override;
};

/// `collapse` {times, samples, points}
Analysis collapseAnalysis();

}  // namespace separatrix
