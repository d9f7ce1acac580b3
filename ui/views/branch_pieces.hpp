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

/// `abscissa(point)` is what the diagram draws branches against; x0 is the ordinate.
BranchPieces branchPieces(const BifurcationDiagram& diagram,
                          const std::function<double(const FixedPoint&)>& abscissa);

}  // namespace separatrix
