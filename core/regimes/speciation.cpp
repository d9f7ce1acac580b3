#include "core/regimes/speciation.hpp"

#include "core/processes/time_axis.hpp"

#include <cmath>

namespace separatrix {

std::optional<Speciation> speciation(const Target& target, const ForwardProcess& process) {
  if (!process.variancePreserving()) return std::nullopt;
  const double Lambda = target.largestVariance();
  const double signal = 1 / std::sqrt(Lambda);
  if (!(signal <= 1) || signal < process.signal(process.horizon())) return std::nullopt;
  const double s =
      timeWhere([&](double t) { return process.signal(t); }, signal, 0, process.horizon());
  return Speciation{s, Lambda};
}

}  // namespace separatrix
