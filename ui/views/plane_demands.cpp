#include "ui/views/plane_demands.hpp"

namespace separatrix {

Json planeRequest(const std::string& kind, int horizontal, int vertical) {
  return {{"plane", kind}, {"horizontal", horizontal}, {"vertical", vertical}};
}

Demand planeTrajectories(const std::string& kind, int horizontal, int vertical) {
  Demand out{"trajectories"};
  out.request = planeRequest(kind, horizontal, vertical);
  out.name =
      "trajectories-" + kind + "-" + std::to_string(horizontal) + "-" + std::to_string(vertical);
  return out;
}

}  // namespace separatrix
