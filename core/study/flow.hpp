#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The drift −∇U of the scene's potential at one time, on a grid over one or two coordinates: the
/// arrows over a landscape [A Fig 2].
class Flow final : public Result {
public:
  double s = 0;
  std::vector<GridAxis> axes;  ///< one or two
  Batch points;                ///< d × P, the last axis fastest
  Batch drift;                 ///< −∇U there, d × P

  Table table() const override;
};

/// `flow` {time, range}
Analysis flowAnalysis();

}  // namespace separatrix
