#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The `points` parameter: how many data points are drawn from the target; null for targets that
/// are points themselves.
ParameterSpec pointsSpec();

/// n, the number of the points: of the request, else of the target's own, else 20 000 as in [B
/// Fig 3]. Throws InvalidInput where a target of points is asked for others.
Index numberOfPoints(const Problem& problem, const Request& request);

/// The points: those of a target of points with their classes, or so many drawn from another with
/// the scene's seed, as deltas of equal weight; their classes are the components they most likely
/// come from. Throws InvalidInput where they do not fit into memory.
Components empiricalPoints(const Problem& problem, const Request& request,
                           const RunControl& control);

}  // namespace separatrix
