#include "ui/workspaces/layout.hpp"

namespace separatrix {

const std::vector<Workspace>& workspaceCatalog() {
  static const std::vector<Workspace> catalog = {
      {"landscape", "Landscape", "The potential at one time, beside what comes before and after",
       beside({tile("landscape", 6), above({tile("trajectories"), tile("bifurcation")}, 5)})},
      {"bifurcation", "Bifurcation", "Where fixed points split, and why",
       beside({above({tile("bifurcation", 3), tile("spectrum", 2)}),
               above({tile("splitting-tree", 3), tile("self-consistency", 2)})})},
      {"ensemble", "Ensemble", "Trajectories, their law, and how samplers differ",
       beside({tile("trajectories", 5), tile("marginal", 5), tile("twins", 4)})},
      {"thermodynamics", "Thermodynamics",
       "Order, free energies and response near the critical time",
       beside({above({tile("order-parameter", 6), tile("exponents", 5)}, 5),
               above({tile("free-energy-maps", 6), tile("hysteresis", 5)}, 6),
               above({tile("free-energies"), tile("susceptibility")}, 5)})},
      {"memory", "Memory", "How many points share the posterior, and a memory of them",
       beside({tile("participation"), tile("hopfield"), tile("two-temperatures")})},
      {"regimes", "Regimes", "When classes part, and when trajectories collapse onto data points",
       beside({above({tile("trajectories"), tile("overlap")}),
               above({tile("cloning"), tile("excess-entropy")}),
               above({tile("collapse"), tile("condensation"), tile("phase-diagram")})})},
      {"data", "Data", "The same of real data: their spectrum, their classes, what is memorised",
       beside({above({tile("covariance"), tile("collapse")}, 4),
               above({tile("images", 4), beside({tile("memorisation"), tile("nearest")}, 3)}, 9)})},
      {"model", "Model", "The potential of a trained model between two of its data",
       beside({above({tile("slice", 6), tile("denoised", 5)}, 6),
               above({tile("slice-map", 6), tile("pair", 5)}, 5),
               above({tile("split-times"), tile("residuals"), tile("circulation")}, 4)})},
  };
  return catalog;
}

}  // namespace separatrix
