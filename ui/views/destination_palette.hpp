#pragma once

#include "ui/plots/plot_types.hpp"

namespace separatrix {

/// Colours of particles and paths by where they end (Trajectories::destinations).
inline std::vector<ColourRole> destinationPalette() {
  std::vector<ColourRole> out;
  for (int rank = 0; rank < 7; ++rank) out.push_back(seriesRole(rank));
  return out;
}

}  // namespace separatrix
