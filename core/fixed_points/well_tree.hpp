#pragma once

#include "core/fixed_points/landscape.hpp"
#include "core/runtime/run_control.hpp"

#include <vector>

namespace separatrix {

/// Towards noise, the well of one component runs into that of another; towards data, at that time,
/// the two part.
struct Parting {
  Index component = 0;  ///< whose well ends here
  Index from = 0;       ///< the component whose well takes it over
  double s = 0;         ///< 0: the two share a well at the least time already
};

/// Which components part from which, and when (the tree of symmetry breaking).
struct WellTree {
  /// One for each component but the roots, from the largest time down.
  std::vector<Parting> partings;
  std::vector<Index> roots;    ///< components whose wells reach the horizon
  std::vector<Index> unknown;  ///< components whose wells could not be followed to their end
};

/// Follows the stable fixed point that each component falls into at time `from` (in the process'
/// range) towards noise until it loses stability, at a fold or a crossing located to about 10⁻⁹,
/// and sees which well the state falls into just after. Of wells that run into one another
/// together, in a pitchfork, the first component's goes on. `target` must have components.
WellTree wellTree(const Target& target, const ForwardProcess& process, const PotentialAt& potential,
                  double from, const RunControl& control);

}  // namespace separatrix
