#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/study/analysis.hpp"

#include <optional>

namespace separatrix {

/// A point of the data's space: one number stands for all coordinates. Throws InvalidInput that
/// says both dimensions where it has another number of them.
Vec pointValue(const Request& request, const std::string& name, const Problem& problem);

/// The axis of a `grid`; none for null. Throws InvalidInput where there are several.
std::optional<GridAxis> axisValue(const Request& request, const std::string& name);

/// All values of an axis.
std::vector<double> valuesOf(const GridAxis& axis);

/// Throws InvalidInput ("times") unless both ends of the axis are times of the process, from the
/// shortest to the horizon.
void requireWithin(const GridAxis& times, const ForwardProcess& process);

/// The axis of `times`, within the process; where it is null so many times evenly up to the
/// horizon.
GridAxis timesAxis(const Problem& problem, const Request& request, Index automatic);

/// A `times` parameter, a range of diffusion times, null for automatic.
ParameterSpec timesSpec(const std::string& help);

}  // namespace separatrix
