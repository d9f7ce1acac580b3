#include "core/study/log_time.hpp"

#include "core/regimes/speciation.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

double logTime(const ForwardProcess& process, double s) {
  return -std::log(process.signal(s));
}

TimeAxis logTimeAxis(const ForwardProcess& process) {
  const auto fromTime = [&process](double s) { return logTime(process, s); };
  return {"log-time", "−log a", "t", fromTime, [&process, fromTime](double t) {
            return timeWhere(fromTime, t, shortestTime(process), process.horizon());
          }};
}

void requireLogTime(const Problem& problem, const std::string& what) {
  if (!problem.process().variancePreserving())
    throw InvalidInput("process.kind", "the times of " + what +
                                           " are −log a, and this process keeps a = 1; use one "
                                           "that preserves variance");
}

double diffusionTimeAt(const ForwardProcess& process, double t, double end) {
  const double horizon = process.horizon();
  const double largest = logTime(process, horizon);
  const double least = logTime(process, std::max(end, shortestTime(process)));
  // The last digits of −log a are not a matter to refuse.
  if (!(t > least) || t > largest * (1 + 1e-12))
    throw InvalidInput("times", numberText(t) + " is out of range; t = −log a must be above " +
                                    numberText(least) + " and at most " +
                                    (std::isfinite(largest) ? numberText(largest) : "infinity") +
                                    ", its value at the horizon");
  return timeWhere([&](double s) { return logTime(process, s); }, t, 0, horizon);
}

GridAxis automaticLogTimes(const Problem& problem, Index count) {
  const ForwardProcess& process = problem.process();
  const auto found = speciation(problem.target(), process);
  const double wanted = std::max(2.0, found ? 2 * logTime(process, found->s) : 0);
  const double largest = std::min(wanted, logTime(process, process.horizon()));
  const auto steps = static_cast<double>(count + 1);
  return {largest / steps, largest * static_cast<double>(count) / steps, count};
}

LogTimes logTimesOf(const Problem& problem, const Request& request, Index count, double end,
                    const RunControl& control) {
  constexpr double kBytesOfTime = 1e4;  // generous: 400 000 times would take days
  const GridAxis axis = axisValue(request, "times").value_or(automaticLogTimes(problem, count));
  requireMemory("times", kBytesOfTime * static_cast<double>(axis.count),
                std::to_string(axis.count) + " times", "ask for fewer");
  LogTimes out{valuesOf(axis), {}};
  for (const double t : out.t) {
    control.checkpoint();
    out.s.push_back(diffusionTimeAt(problem.process(), t, end));
  }
  return out;
}

}  // namespace separatrix
