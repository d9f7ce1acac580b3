#pragma once

#include "core/targets/target.hpp"

#include <functional>
#include <optional>

namespace separatrix {

/// The components of a target whose posterior weights depend on one coordinate alone, along it:
/// one-dimensional ones, and those of equal variance with means on a line. None for others, and
/// for more than 256.
std::optional<Components> componentsOnLine(const Target& target);

/// E over x ~ p(x, s) of `value` of the posterior weights of the components, by quadrature.
double averageOverLine(const Components& line, const Channel& channel,
                       const std::function<double(const Vec& weights)>& value);

}  // namespace separatrix
