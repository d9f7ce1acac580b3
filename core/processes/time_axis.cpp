#include "core/processes/time_axis.hpp"

#include "core/numerics/roots.hpp"

#include <cmath>

namespace separatrix {

double shortestTime(const ForwardProcess& process) {
  return 1e-6 * process.horizon();
}

double timeWhere(const std::function<double(double s)>& function, double value, double low,
                 double high) {
  const double atLow = function(low) - value;
  const double atHigh = function(high) - value;
  if ((atLow > 0) == (atHigh > 0)) return std::abs(atLow) < std::abs(atHigh) ? low : high;
  return bracketedRoot([&](double s) { return function(s) - value; }, low, high);
}

std::vector<TimeAxis> timeAxes(const ForwardProcess& process) {
  const ForwardProcess* p = &process;
  const double horizon = process.horizon();
  const double shortest = shortestTime(process);
  const auto logSnr = [p](double s) {
    return 2 * std::log(p->signal(s)) - std::log(p->noiseVariance(s));
  };
  std::vector<TimeAxis> axes = {
      {"s", "Diffusion time", "s", [](double s) { return s; }, [](double s) { return s; }},
      {"generative", "Generative time", "T − s", [horizon](double s) { return horizon - s; },
       [horizon](double t) { return horizon - t; }},
  };
  if (process.variancePreserving())
    axes.push_back({"theta", "Signal", "θ", [p](double s) { return p->signal(s); },
                    [p, horizon](double theta) {
                      return timeWhere([p](double s) { return p->signal(s); }, theta, 0, horizon);
                    }});
  axes.push_back({"log-snr", "Log signal-to-noise ratio", "log a^2/b^2", logSnr,
                  [logSnr, shortest, horizon](double value) {
                    return timeWhere(logSnr, value, shortest, horizon);
                  }});
  return axes;
}

}  // namespace separatrix
