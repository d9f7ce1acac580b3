#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/fixed_points/landscape.hpp"
#include "core/runtime/run_control.hpp"

namespace separatrix {

struct DiagramRange {
  double from = 0;    ///< least time, > 0 where the data are points
  double to = 1;      ///< largest time
  Index steps = 400;  ///< even steps between them; refined where branches move fast
};

/// All branches of fixed points of a one-dimensional mixture, connected to the horizon or not, and
/// the folds and pitchforks where they are born or end. Events are located to about 10⁻¹⁰ of the
/// horizon. Found by finding all fixed points at each time (findScalarFixedPoints) and following
/// them with steps that shrink until the connection is unambiguous.
BifurcationDiagram scalarDiagram(const Components& parts, const ForwardProcess& process,
                                 const PotentialAt& potential, const DiagramRange& range,
                                 const RunControl& control);

}  // namespace separatrix
