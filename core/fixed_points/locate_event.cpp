#include "core/fixed_points/locate_event.hpp"

#include "core/numerics/roots.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// The zero of `function` near [a, b], which is widened until the signs differ; the middle of
/// [a, b] if they never do (rounding hides the crossing).
double zeroNear(const std::function<double(double)>& function, double a, double b) {
  for (double widening = 0; widening < 100; widening = 2 * widening + 1) {
    const double low = a - widening * (b - a);
    const double high = b + widening * (b - a);
    if ((function(low) > 0) != (function(high) > 0))
      return bracketedRoot(function, std::min(low, high), std::max(low, high));
  }
  return 0.5 * (a + b);
}

/// Newton's method on U', which converges on to the middle fixed point from close by.
double polish(const ScalarGradient& gradient, double x) {
  for (int i = 0; i < 20; ++i) {
    const ScalarGradient::Value value = gradient.at(x);
    if (std::abs(value.gradient) <= value.roundoff || value.curvature == 0) break;
    x -= value.gradient / value.curvature;
  }
  return x;
}

/// Where U'' is zero near the pair: the extremum of U'.
double extremum(const ScalarGradient& gradient, const Interval& pair) {
  return zeroNear([&](double x) { return gradient.at(x).curvature; }, pair.low, pair.high);
}

}  // namespace

EventPlace locatePitchfork(const GradientAt& gradient, double many, double few, double middle) {
  // Away from the pitchfork the middle point is well determined; between, it moves smoothly.
  const double outside = few + 100 * (few - many);
  const double start = polish(gradient(outside), middle);
  const auto onBranch = [&](double s) {
    return middle + (s - many) / (outside - many) * (start - middle);
  };
  const double s =
      zeroNear([&](double t) { return gradient(t).at(onBranch(t)).curvature; }, many, few);
  return {s, onBranch(s)};
}

EventPlace locateFold(const GradientAt& gradient, double many, double few, const Interval& pair) {
  const auto depth = [&](double s) {
    const ScalarGradient g = gradient(s);
    return g.at(extremum(g, pair)).gradient;
  };
  const double s = zeroNear(depth, many, few);
  return {s, extremum(gradient(s), pair)};
}

}  // namespace separatrix
