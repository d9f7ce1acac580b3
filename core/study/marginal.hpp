#pragma once

#include "core/sampling/ensemble.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The density of one coordinate of X_s against time: exactly, and as the histogram of the scene's
/// ensemble over the same cells.
class Marginal final : public Result {
public:
  Index coordinate = 0;            ///< i of x_i
  std::vector<double> positions;   ///< centres of the cells, ascending and evenly spaced, n ≥ 2
  std::vector<double> times;       ///< s of each row of `density`
  Mat density;                     ///< p(x_i, s): times × cells
  Index particles = 0;             ///< of the ensemble
  std::vector<double> savedTimes;  ///< s of each row of `histogram`, from noise to data
  /// Shares of the particles by the width of a cell: saved × cells. Those outside are in no cell.
  /// Empty (0 × 0) in the partial result that is published before the ensemble is done.
  BatchF histogram;
  double startDivergence = 0;  ///< Ensemble::startDivergence

  double cellWidth() const {
    return (positions.back() - positions.front()) / static_cast<double>(positions.size() - 1);
  }

  /// The exact rows and after them the sampled ones.
  Table table() const override;
  std::string remark() const override;
  /// The exact density: [times][cells]
  std::optional<NumericArray> array() const override;
};

/// `marginal` {axis, range, times}: of mixtures in any dimension and of all one-dimensional data;
/// Failure for others.
Analysis marginalAnalysis();

}  // namespace separatrix
