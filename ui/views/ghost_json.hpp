#pragma once

#include "core/parameters/json.hpp"
#include "ui/plots/plot_types.hpp"

namespace separatrix {

/// Pinned curves as documents keep them: [{"name", "curve", "pieces": [{"x": [...], "y": [...]}]}],
/// null for a coordinate that is not finite.
Json ghostsToJson(const std::vector<PlotGhost>& ghosts);
/// What is no ghost is left out.
std::vector<PlotGhost> ghostsFromJson(const Json& json);

}  // namespace separatrix
