#pragma once

#include "core/study/bifurcation.hpp"
#include "ui/plots/plot_types.hpp"

#include <functional>
#include <vector>

namespace separatrix {

/// The branches cut where stability changes, so that the unstable parts can be dashed. Marginal
/// ones, of continuous families, are with the stable.
struct BranchPieces {
  std::vector<CurvePiece> stable, unstable;
};

/// What a diagram draws of a fixed point.
using FixedPointValue = std::function<double(const FixedPoint&)>;

BranchPieces branchPieces(const BifurcationDiagram& diagram, const FixedPointValue& abscissa,
                          const FixedPointValue& ordinate);

}  // namespace separatrix
