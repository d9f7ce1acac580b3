#pragma once

#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// When the generative process commits to one of n data points: a²σ²/b² = n^{2/d} − 1, with σ² the
/// variance within the classes that the points are drawn from [B Eq 10; theory §7]. None for
/// targets without a variance of their own (points: the classes have none) and where it lies
/// outside of the process. `points` ≥ 1.
std::optional<double> collapseTime(const Target& target, const ForwardProcess& process,
                                   double points);

}  // namespace separatrix
