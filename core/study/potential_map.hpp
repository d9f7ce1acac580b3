#pragma once

#include "core/study/grid.hpp"

namespace separatrix {

/// U and p on the line or on a plane, at one time.
class PotentialMap final : public Result {
public:
  double s = 0;
  double signal = 1;  ///< a(s): where a plane stands
  Grid grid;
  Vec potential;  ///< U(x) − U(0), P
  Vec density;    ///< p(x, s), P; beyond two dimensions over its largest value here

  Table table() const override;
};

/// `potential` {time, range, plane, horizontal, vertical, precision}
Analysis potentialMapAnalysis();

}  // namespace separatrix
