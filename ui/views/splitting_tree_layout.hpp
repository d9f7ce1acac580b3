#pragma once

#include "core/fixed_points/well_tree.hpp"

#include <vector>

namespace separatrix {

/// A tree of partings as it is drawn: no two lines cross.
struct TreeLayout {
  /// Wells that go together between two joins, or the well of one component.
  struct Node {
    double from = 0;       ///< diffusion time at the data's end, 0 for a leaf
    double to = 0;         ///< at the noise' end: the join with others, or the horizon
    double place = 0;      ///< across the tree, from 0; leaves are 1 apart
    Index component = -1;  ///< of a leaf
    std::vector<std::size_t> children = {};  ///< those that join in `from`, in order of place
  };
  std::vector<Node> nodes;
  std::size_t leaves = 0;
};

/// Leaves in order along the first coordinate as far as that leaves lines uncrossed; those that are
/// not known are left out. `ranks`: places of all components along the first coordinate.
TreeLayout layOut(const WellTree& tree, const std::vector<std::size_t>& ranks, double horizon);

}  // namespace separatrix
