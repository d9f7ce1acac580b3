#pragma once

#include "core/study/grid.hpp"

namespace separatrix {

/// The drift −∇U of the scene's potential at one time, on the line or on a plane: the arrows over a
/// landscape [A Fig 2].
class Flow final : public Result {
public:
  double s = 0;
  Grid grid;
  Batch drift;  ///< −∇U along the axes of the grid, axes × P

  Table table() const override;
};

/// `flow` {time, range, plane, horizontal, vertical}
Analysis flowAnalysis();

}  // namespace separatrix
