#pragma once

#include "core/numerics/equation_family.hpp"

#include <optional>

namespace separatrix {

/// A solution on a curve of solutions. Lengths along the curve are |dx|²/length(t)² + dt².
struct CurvePoint {
  Vec x;
  double t = 0;
  Vec tangent;   ///< (dx/length, dt), n + 1, of length one
  Vec spectrum;  ///< eigenvalues of ∂F/∂x, n, ascending
  int iterations = 0;
  double residual = 0;  ///< |F|

  double direction() const { return tangent[tangent.size() - 1]; }  ///< dt
  Index index() const { return countNegative(spectrum); }
};

/// The solution near (x, t) as a point of its curve, with dt of the sign of `direction`.
/// None where Newton's method fails.
std::optional<CurvePoint> curvePointAt(const EquationFamily& family, const Vec& x, double t,
                                       double direction);

/// The next point at `step` > 0 along the curve: predicted along the tangent, corrected by
/// Newton's method in the plane at right angles to it (Keller 1977: pseudo-arclength). None where
/// that fails, ends far from the prediction or turns by more than about 25°.
std::optional<CurvePoint> stepAlong(const EquationFamily& family, const CurvePoint& from,
                                    double step);

/// (x, t) as a point of its curve, the tangent on the side of `along` (n + 1, scaled).
CurvePoint withTangent(const EquationFamily& family, const Vec& x, double t, const Vec& along,
                       bool leastNorm);

}  // namespace separatrix
