#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// Where the trajectories of the exact score of data points end, and since when they were bound to
/// it: the nearest data point, x over a, at each saved time of a reverse run [B §5, Figs 5, 11].
class Memorisation final : public Result {
public:
  std::vector<std::int64_t> nearest;  ///< of each particle: the data point nearest to its end
  std::vector<std::int64_t> labels;   ///< of that point; empty: they have none
  std::vector<double> distances;      ///< to it
  /// t̂_C = −log a of the last saved time at which another point was nearer; 0: none was.
  std::vector<double> collapseTimes;

  /// Their mean and its standard error.
  double meanCollapseTime() const;
  double standardError() const;

  /// How the times are spread: the density of t̂_C over `bins` cells of equal width from 0 to `end`,
  /// at the cells' centres. Those beyond `end` count, in no cell.
  struct Histogram {
    std::vector<double> t, density;
  };
  Histogram histogram(double end, std::size_t bins) const;

  double latest = 0;  ///< t of the first saved state that has something of the data left

  Table table() const override;
};

/// `memorisation`: of the scene's ensemble, for targets with components, whose means are the
/// points.
Analysis memorisationAnalysis();

}  // namespace separatrix
