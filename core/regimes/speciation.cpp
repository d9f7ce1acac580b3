#include "core/regimes/speciation.hpp"

#include "core/processes/time_axis.hpp"

#include <cmath>

namespace separatrix {

double decidedVariance(const ForwardProcess& process, double s) {
  const double a = process.signal(s);
  return 1 / (a * a);
}

std::optional<double> decisionTime(const ForwardProcess& process, double variance) {
  if (!process.variancePreserving()) return std::nullopt;
  const double signal = 1 / std::sqrt(variance);
  if (!(signal <= 1) || signal < process.signal(process.horizon())) return std::nullopt;
  return timeWhere([&](double t) { return process.signal(t); }, signal, 0, process.horizon());
}

double landauEigenvalue(const ForwardProcess& process, double s, double variance) {
  const double a = process.signal(s);
  return 1 - a * a * variance;
}

std::optional<Speciation> speciation(const Target& target, const ForwardProcess& process) {
  if (!process.variancePreserving()) return std::nullopt;
  const double Lambda = target.largestVariance();
  const auto s = decisionTime(process, Lambda);
  if (!s) return std::nullopt;
  return Speciation{*s, Lambda};
}

}  // namespace separatrix
