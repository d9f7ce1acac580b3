#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/fixed_points/landscape.hpp"
#include "core/runtime/run_control.hpp"

#include <optional>

namespace separatrix {

/// The fixed point that continues the single one at the horizon, followed towards the data in any
/// dimension, and the times at which it changes its nature.
struct HorizonBranch {
  /// First zero of the least eigenvalue of Hess U; none if the branch is unstable from the horizon
  /// on or stable throughout (theory §3: "a reported critical time is …").
  std::optional<FixedPoint> criticalPoint;
  /// First zero of the Laplacian (trace of Hess U) after the horizon.
  std::optional<FixedPoint> laplacianZero;
};

/// Follows the branch from the horizon down to shortestTime by pseudo-arclength (followCurve), also
/// around folds, until both are found. Both are located to about 10⁻¹¹ of their time.
HorizonBranch followFromHorizon(const Target& target, const ForwardProcess& process,
                                const PotentialAt& potential, const RunControl& control);

}  // namespace separatrix
