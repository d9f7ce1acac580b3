#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The fixed points of the scene's potential at one time, ordered by x0, x1, …
class FixedPoints final : public Result {
public:
  double s = 0;
  Index dimension = 1;
  Coverage coverage = Coverage::certified;
  std::vector<FixedPoint> points;
  std::vector<double> potential;  ///< U(x) − U(0) at each
  /// Where U falls away from each: the eigenvectors of Hess U to negative eigenvalues, d × index.
  /// Empty for data of more than 16 dimensions.
  std::vector<Mat> unstableDirections;

  Table table() const override;
  std::string remark() const override { return coverageRemark(coverage); }
};

/// `fixed-points` {time}
Analysis fixedPointsAnalysis();

}  // namespace separatrix
