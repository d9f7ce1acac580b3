#pragma once

#include "ui/session/demand.hpp"

namespace separatrix {

/// The parameters of a plane, as analyses take them; `kind` is "principal" or "coordinates".
Json planeRequest(const std::string& kind, int horizontal, int vertical);

/// The trajectories projected on a plane: equal planes are one result for all views.
Demand planeTrajectories(const std::string& kind, int horizontal, int vertical);

}  // namespace separatrix
