#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/runtime/run_control.hpp"
#include "core/study/analysis.hpp"
#include "core/study/problem.hpp"

#include <string>
#include <vector>

namespace separatrix {

/// The `range` parameter of what is tabulated on a grid over one or two coordinates.
ParameterSpec rangeSpec();

/// The axes that `range` asks for, or where the data and their noise are with `count1d` or
/// `count2d` points each. Throws Failure for data of more than two dimensions, which says that
/// `what` is tabulated in 1 or 2; InvalidInput for a range of another dimension.
std::vector<GridAxis> chosenAxes(const Problem& problem, const Request& request, Index count1d,
                                 Index count2d, const std::string& what);

/// All points of the grid, d × P, the last axis fastest.
Batch gridPoints(const std::vector<GridAxis>& axes, const RunControl& control);

}  // namespace separatrix
