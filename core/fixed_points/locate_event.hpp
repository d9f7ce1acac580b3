#pragma once

#include "core/fixed_points/scalar_gradient.hpp"

#include <functional>

namespace separatrix {

using GradientAt = std::function<ScalarGradient(double s)>;

struct EventPlace {
  double s = 0;
  double x = 0;
};

/// The pitchfork between times `many` (three fixed points, the middle one at `middle`) and `few`
/// (one): where U'' of the middle one is zero.
EventPlace locatePitchfork(const GradientAt& gradient, double many, double few, double middle);

/// The fold between times `many`, where the two fixed points `pair` exist, and `few`, where they
/// do not: where the extremum of U' between them is zero.
EventPlace locateFold(const GradientAt& gradient, double many, double few, const Interval& pair);

}  // namespace separatrix
