#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// U and p on a grid over one or two coordinates, at one time.
class PotentialMap final : public Result {
public:
  double s = 0;
  std::vector<GridAxis> axes;  ///< one or two
  Batch points;                ///< d × P, the last axis fastest
  Vec potential;               ///< U(x) − U(0), P
  Vec density;                 ///< p(x, s), P

  Table table() const override;
};

/// `potential` {time, range, precision}
Analysis potentialMapAnalysis();

}  // namespace separatrix
