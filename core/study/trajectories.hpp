#pragma once

#include "core/sampling/ensemble.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The trajectories of the scene's ensemble.
class Trajectories final : public Result {
 public:
  explicit Trajectories(Ensemble paths) : ensemble(std::move(paths)) {}

  Ensemble ensemble;

  Table table() const override;
  /// [saved steps][particles][d]
  std::optional<NumericArray> array() const override;
};

/// The `direction` parameter: reverse or forward.
ParameterSpec directionSpec();
Direction directionOf(const Request& request);

/// `trajectories` {direction}
Analysis trajectoriesAnalysis();

}  // namespace separatrix
