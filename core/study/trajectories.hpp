#pragma once

#include "core/sampling/ensemble.hpp"
#include "core/study/plane.hpp"

namespace separatrix {

/// The place of each component in the order along x0, by which destinations are told apart; those
/// beyond 255 share the last.
std::vector<std::uint8_t> destinationRanks(const Components& parts);

/// What gls with a rank leaves out; empty where that is nothing.
std::string startRemark(double divergence);

/// Of each of the d × P points: the component whose mean is nearest. Throws Cancelled when stopped.
std::vector<Index> nearestComponents(const BatchFView& points, const Components& parts,
                                     const RunControl& control);

/// The trajectories of the scene's ensemble, or of some neighbouring particles of it; of their
/// projections on a plane where one was asked for.
class Trajectories final : public Result {
public:
  /// With destinations.
  Trajectories(Ensemble paths, const Target& target, const RunControl& control);
  /// Of an ensemble that is part of one of `total` particles; without destinations.
  Trajectories(Ensemble part, Index total, std::optional<Plane> projectedOn = std::nullopt);

  Ensemble ensemble;
  std::optional<Plane> plane;  ///< on which they are projected; none: all coordinates
  Index total;                 ///< particles of the whole
  /// Of each particle: the component whose mean is nearest to its data end, as a rank along x0.
  /// Empty for a target without parts.
  std::vector<std::uint8_t> destinations;

  Table table() const override;
  std::string remark() const override { return startRemark(ensemble.startDivergence()); }
  /// [saved steps][particles][d]
  std::optional<NumericArray> array() const override;
};

/// The `direction` parameter: reverse or forward.
ParameterSpec directionSpec();
Direction directionOf(const Request& request);

/// `trajectories` {direction, plane, horizontal, vertical}
Analysis trajectoriesAnalysis();

}  // namespace separatrix
