#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/processes/forward_process.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

/// Along each of the unit vectors `directions` (d × m) the range that holds the data and the noise
/// they end in: three standard deviations around the mean of p(x, s) at s = 0 and at the horizon,
/// and every component. The range that tables and plots show unless told otherwise. `count` values
/// on each axis. Throws Failure where it takes a covariance that does not fit.
std::vector<GridAxis> naturalExtent(const Target& target, const ForwardProcess& process,
                                    const Mat& directions, Index count);

}  // namespace separatrix
