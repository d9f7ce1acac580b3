#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The direction in which φ varies most, d, |e| = 1; its largest component is positive.
Vec widestDirection(const Target& target);

/// A direction asked for, of any length, as a unit vector. Throws InvalidInput where it is zero or
/// has another dimension.
Vec unitVector(const Request& request, const std::string& name, const Problem& problem);

}  // namespace separatrix
