#pragma once

#include "core/study/problem.hpp"

#include <optional>
#include <vector>

namespace separatrix {

/// Values that a paper published, to be drawn over what is computed here.
struct PublishedPoints {
  std::vector<double> t;  ///< −log a
  std::vector<double> values, standardErrors;
};

/// φ of [B Fig 2] for the dimension of the problem; none unless it is the paper's model: two
/// Gaussians with μ̃ = σ = 1 under `vp-constant`, β = 2.
std::optional<PublishedPoints> publishedCloning(const Problem& problem);
/// f/α of [B Fig 3], besides for that number of points.
std::optional<PublishedPoints> publishedExcessEntropy(const Problem& problem, Index points);

}  // namespace separatrix
