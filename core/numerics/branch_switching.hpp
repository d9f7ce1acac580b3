#pragma once

#include "core/numerics/curve.hpp"

namespace separatrix {

struct SwitchOptions {
  double amplitude = 0.02;  ///< how far off the new branches are met, in lengths
  std::size_t most = 400;   ///< branches
};

/// The curves that cross a curve at a `crossing` or `vertex`: on each the point at the given
/// amplitude within the null space, its tangent away from the event. Directions are sought from
/// all over the null space's sphere and along the projections of `guesses` (n × any number), by
/// Newton's method on F = 0 with the amplitude held, and by deflation of those found. Where
/// solutions come in continuous families, one of each.
std::vector<CurvePoint> crossingCurves(const EquationFamily& family, const CurveEvent& event,
                                       const Mat& guesses, const SwitchOptions& options = {});

}  // namespace separatrix
