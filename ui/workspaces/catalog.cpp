#include "ui/workspaces/layout.hpp"

namespace separatrix {

const std::vector<Workspace>& workspaceCatalog() {
  static const std::vector<Workspace> catalog = {
      {"landscape", "Landscape", "The potential at one time, beside what comes before and after",
       beside({tile("landscape", 6), above({tile("trajectories"), tile("bifurcation")}, 5)})},
      {"bifurcation", "Bifurcation", "Branches of fixed points, why and when they part",
       beside({above({tile("bifurcation", 5), tile("spectrum", 4)}, 5),
               above({tile("splitting-tree", 5), tile("self-consistency", 4)}, 4)})},
      {"ensemble", "Ensemble", "Trajectories, their law, and how samplers differ",
       beside({tile("trajectories", 5), tile("marginal", 5), tile("twins", 4)})},
  };
  return catalog;
}

}  // namespace separatrix
