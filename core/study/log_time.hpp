#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/processes/time_axis.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// t = −log a, the time of [B], which is s for `vp-constant` with β = 2.
double logTime(const ForwardProcess& process, double s);

/// The axis of t; refers to `process`, which preserves variance.
TimeAxis logTimeAxis(const ForwardProcess& process);

/// Throws InvalidInput ("process.kind") for processes that keep a = 1, where there is no such time.
void requireLogTime(const Problem& problem, const std::string& what);

/// s at the time t. Throws InvalidInput ("times") unless t is above that of `end` and at most that
/// of the horizon.
double diffusionTimeAt(const ForwardProcess& process, double t, double end);

/// `count` times up to twice the speciation time or 2, within the horizon.
GridAxis automaticLogTimes(const Problem& problem, Index count);

/// The times t of a request with a `times` parameter, else the automatic ones, and where each is in
/// diffusion time. Throws as diffusionTimeAt does, and where there are too many for memory.
struct LogTimes {
  std::vector<double> t, s;
};
LogTimes logTimesOf(const Problem& problem, const Request& request, Index count, double end,
                    const RunControl& control);

}  // namespace separatrix
