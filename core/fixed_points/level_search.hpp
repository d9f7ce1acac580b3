#pragma once

#include "core/fixed_points/landscape.hpp"
#include "core/runtime/run_control.hpp"

namespace separatrix {

/// A fixed point of a landscape at one time, in the landscape's own coordinates and scale.
struct LevelPoint {
  Vec x;
  Vec spectrum;  ///< of ∂F/∂x, ascending
  int iterations = 0;
  double residual = 0;  ///< |F|

  Index index() const { return countNegative(spectrum); }
  Index marginal() const { return countZero(spectrum); }
};

/// The fixed points at time log s = t, those `known` first: sought from every component downhill,
/// from the points where components balance, from a grid (up to two dimensions) and by deflation.
/// Of a continuous family, one. Where U grows at infinity, the search is repeated more finely if
/// the indices do not sum to one (Morse).
std::vector<LevelPoint> searchLevel(const Landscape& landscape, double t,
                                    const std::vector<LevelPoint>& known,
                                    const RunControl& control);

/// The same point of the same landscape, or one of the same family, at time t.
bool samePoint(const Landscape& landscape, double t, const LevelPoint& a, const LevelPoint& b);

/// Σ(−1)^index over the points; one for all of them where U grows at infinity (Morse; theory §5).
Index indexSum(const std::vector<LevelPoint>& points);
/// U → ∞ in all directions at time t. Known for mixtures; taken for granted for others.
bool growsAtInfinity(const Landscape& landscape, double t);

}  // namespace separatrix
