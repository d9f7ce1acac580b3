#include "ui/views/plane_demands.hpp"

namespace separatrix {

Json planeRequest(const PlaneChoice& plane) {
  return {{"plane", plane.kind}, {"horizontal", plane.horizontal}, {"vertical", plane.vertical}};
}

Demand planeTrajectories(const PlaneChoice& plane) {
  Demand out{"trajectories"};
  out.request = planeRequest(plane);
  out.name = "trajectories-" + plane.kind + "-" + std::to_string(plane.horizontal) + "-" +
             std::to_string(plane.vertical);
  return out;
}

}  // namespace separatrix
