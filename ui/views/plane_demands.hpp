#pragma once

#include "ui/session/demand.hpp"

namespace separatrix {

/// A plane through the mean of data of more than two dimensions: that of two principal directions
/// or of two coordinates, numbered from 0.
struct PlaneChoice {
  std::string kind = "principal";  ///< or "coordinates"
  int horizontal = 0, vertical = 1;
};

/// The parameters of a plane, as analyses take them.
Json planeRequest(const PlaneChoice& plane);

/// The trajectories projected on a plane: equal planes are one result for all views.
Demand planeTrajectories(const PlaneChoice& plane);

}  // namespace separatrix
