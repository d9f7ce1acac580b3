#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The drift −U' towards the data on a grid over time and position, for one-dimensional data: the
/// vector field behind a bifurcation diagram [RA Fig 3].
class DriftField final : public Result {
public:
  std::vector<double> times, signalValues;  ///< s and a(s), one for each column of arrows
  std::vector<double> positions;            ///< x
  Mat drift;                                ///< positions × times

  Table table() const override;
};

/// `drift-field` {times, range}
Analysis driftFieldAnalysis();

}  // namespace separatrix
