#pragma once

#include "core/study/grid.hpp"

#include <vector>

namespace separatrix {

/// To which components the points of a grid belong at one time: the posterior weights. For deltas
/// they are the exact fates of the generative SDE, λ = 1, that starts there (theory §2).
class Basins final : public Result {
public:
  /// Components share a group where their ranks along x0 (destinationRanks) agree modulo this, as
  /// the colours of destinations repeat.
  static constexpr Index kMostGroups = 7;

  double s = 0;
  Grid grid;
  Index groups = 0;            ///< at most kMostGroups
  std::vector<float> weights;  ///< groups × P: of a group all points together; 1 in sum at each

  Table table() const override;
};

/// `basins` {time, range, plane, horizontal, vertical}: Failure for data without components
Analysis basinsAnalysis();

}  // namespace separatrix
