#include "core/sampling/time_grid.hpp"

#include "core/parameters/json.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kLastOfHorizon = 1e-4;

/// Calls `time(i)` for each of the times between the two ends.
template <class Time>
std::vector<double> gridOf(double noisy, double data, Index steps, const RunControl& control,
                           const Time& time) {
  constexpr Index kAtOnce = 1024;
  std::vector<double> out(static_cast<std::size_t>(steps + 1));
  parallelFor((steps + kAtOnce) / kAtOnce, [&](Index block) {
    control.checkpoint();
    for (Index i = block * kAtOnce; i <= std::min(steps, (block + 1) * kAtOnce - 1); ++i)
      out[static_cast<std::size_t>(i)] = time(static_cast<double>(i) / static_cast<double>(steps));
  });
  out.front() = noisy;
  out.back() = data;
  return out;
}

void requireWholeNumbers(double noisy, double data, Index steps) {
  if (noisy != std::floor(noisy) || data != std::floor(data))
    throw InvalidInput("ensemble.time_grid", "integers needs ends at whole numbers, not " +
                                                 numberText(noisy) + " and " + numberText(data) +
                                                 "; use uniform, or the process ddpm");
  if (noisy - data < static_cast<double>(steps))
    throw InvalidInput("ensemble.steps", std::to_string(steps) + " are more than the " +
                                             numberText(noisy - data) +
                                             " that the time grid integers has room for");
}

}  // namespace

std::vector<double> timeGrid(const ForwardProcess& process, TimeGridKind kind, double noisy,
                             double data, Index steps, const RunControl& control) {
  const auto between = [&](double u) { return noisy + u * (data - noisy); };
  if (kind == TimeGridKind::uniform) return gridOf(noisy, data, steps, control, between);
  if (kind == TimeGridKind::integers) {
    requireWholeNumbers(noisy, data, steps);
    return gridOf(noisy, data, steps, control, [&](double u) { return std::round(between(u)); });
  }
  const auto logSnr = [&](double s) {
    return 2 * std::log(process.signal(s)) - std::log(process.noiseVariance(s));
  };
  const double last = std::max(data, std::min(kLastOfHorizon * process.horizon(), 0.1 * noisy));
  const double first = logSnr(noisy), range = logSnr(last) - first;
  return gridOf(noisy, data, steps, control,
                [&](double u) { return timeWhere(logSnr, first + u * range, last, noisy); });
}

}  // namespace separatrix
