#pragma once

#include "core/fields/potential.hpp"
#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

struct ScalarFixedPoint {
  double x = 0;
  double curvature = 0;  ///< U''
};

/// All zeros of U' of a one-dimensional mixture, ordered by x. The line is divided until bounds of
/// U' and U'' over each piece show that it holds none or exactly one, so none is missed unless two
/// are closer than 10⁻⁹ of the searched range (near a bifurcation), where they may count as one.
/// Throws Cancelled when stopped.
std::vector<ScalarFixedPoint> findScalarFixedPoints(const Components& parts, const Channel& channel,
                                                    const Potential& potential,
                                                    const RunControl& control = {});

}  // namespace separatrix
