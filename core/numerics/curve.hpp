#pragma once

#include "core/numerics/continuation.hpp"

#include <cstddef>
#include <vector>

namespace separatrix {

/// A place on a curve where eigenvalues of ∂F/∂x cross zero.
struct CurveEvent {
  enum class Kind {
    fold,      ///< the curve turns back in t: one eigenvalue crosses
    crossing,  ///< the curve goes on: others cross it here
    vertex,    ///< the curve turns back, no eigenvalue crosses: it is itself one of those others
  };
  Kind kind = Kind::fold;
  CurvePoint at;          ///< tangent along the curve
  Mat nullSpace;          ///< n × multiplicity, orthonormal
  std::size_t point = 0;  ///< index into the curve's points

  Index multiplicity() const { return nullSpace.cols(); }
};

/// How a curve ends.
enum class CurveEnd {
  low,      ///< at the least t
  high,     ///< at the largest t
  closed,   ///< back at its start
  vertex,   ///< at an event of that kind
  stalled,  ///< no step was small enough
  cut,      ///< after the most points allowed
};

struct Curve {
  std::vector<CurvePoint> points;  ///< with those at events
  std::vector<CurveEvent> events;
  CurveEnd end = CurveEnd::stalled;
};

struct FollowOptions {
  double low = 0, high = 1;   ///< of t
  double firstStep = 0.02;    ///< along the curve
  double longestStep = 0.25;  ///< of t and of x in lengths; of x more, up to |x|/200
  std::function<double(double t)> longestMove;  ///< of t, at t; unlimited if empty
  std::size_t mostPoints = 20000;
  std::function<bool(const CurvePoint&)> done;  ///< stop here (as cut); never if empty
  std::function<void()> checkpoint;             ///< called at each step; may throw
};

/// Follows the curve from `start` along its tangent until it leaves [low, high] or ends. Steps grow
/// and shrink with the curve's bends; where the number of negative eigenvalues changes they shrink
/// until the event is bracketed, so that a crossing is told from a curve that turns away just
/// before it (gaps down to about 10⁻⁸). Folds are located to rounding, crossings to about 10⁻¹¹.
Curve followCurve(const EquationFamily& family, const CurvePoint& start,
                  const FollowOptions& options);

}  // namespace separatrix
