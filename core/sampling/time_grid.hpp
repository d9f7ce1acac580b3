#pragma once

#include "core/processes/forward_process.hpp"
#include "core/runtime/run_control.hpp"
#include "core/runtime/types.hpp"

#include <vector>

namespace separatrix {

/// How steps are spread between the noisy and the data end: evenly in s; evenly in log(a²/b²),
/// where a data end of s = 0 is reached by the last step, from where 10⁻⁴ of the horizon would
/// have been next; or at whole numbers s, as even as they can be (DDPM's on the process `ddpm`).
enum class TimeGridKind { uniform, logSnr, integers };

/// The n + 1 times of n steps, from `noisy` down to `data`, which are the first and the last. n m
/// steps have the times of n steps among theirs. Throws InvalidInput ("ensemble.time_grid") where
/// there are not that many whole numbers, Cancelled when stopped.
std::vector<double> timeGrid(const ForwardProcess& process, TimeGridKind kind, double noisy,
                             double data, Index steps, const RunControl& control);

}  // namespace separatrix
