#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The speciation and collapse times of two Gaussians over dimension and α = log n/d, with μ̃ and σ²
/// of the scene: how much of the way from noise to data is left to regime III [B Eqs 9, 10].
class PhaseDiagram final : public Result {
public:
  std::vector<double> dimensions;  ///< d, evenly spread in log d
  std::vector<double> alphas;      ///< log n/d, evenly spread in its logarithm
  std::vector<double> speciation;  ///< t_S of each d; NaN: none
  std::vector<double> collapse;    ///< t_C of each α
  Batch ratio;                     ///< t_C/t_S, dimensions × alphas; NaN: none

  /// Of the scene itself.
  double dimension = 1, alpha = 0, sceneSpeciation = 0, sceneCollapse = 0;

  Table table() const override;
};

/// `phase-diagram` {dimensions, alphas, points}
Analysis phaseDiagramAnalysis();

}  // namespace separatrix
