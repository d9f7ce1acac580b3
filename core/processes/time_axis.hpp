#pragma once

#include "core/processes/forward_process.hpp"

#include <functional>

namespace separatrix {

/// A monotone relabelling of diffusion time for display.
struct TimeAxis {
  std::string id;      ///< "s", "generative", "theta", "log-snr"
  std::string title;   ///< "Diffusion time"
  std::string symbol;  ///< "s", "T − s", "θ"
  std::function<double(double s)> fromTime;
  std::function<double(double value)> toTime;  ///< inverse on (0, horizon], clamped to it
};

/// The axes that exist for the process: θ for variance-preserving processes only. The functions
/// refer to `process`, which must outlive them.
std::vector<TimeAxis> timeAxes(const ForwardProcess& process);

/// The time s in [low, high] at which the monotone `function` takes `value`; the nearer end if it
/// does not take it there.
double timeWhere(const std::function<double(double s)>& function, double value, double low,
                 double high);

/// Times below this are not asked for: 10⁻⁶ of the horizon, where all fields are still finite.
double shortestTime(const ForwardProcess& process);

}  // namespace separatrix
