#pragma once

#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// When the generative process commits to a class: a²(s) Λ = 1, with Λ the largest eigenvalue of
/// the data covariance [B Eq 9; theory §7].
struct Speciation {
  double s = 0;
  double largestEigenvalue = 0;  ///< Λ
};

/// None for Λ < 1 (never) and for processes that do not preserve variance.
std::optional<Speciation> speciation(const Target& target, const ForwardProcess& process);

}  // namespace separatrix
