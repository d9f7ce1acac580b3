#include "core/regimes/collapse.hpp"

#include "core/processes/time_axis.hpp"

#include <cmath>

namespace separatrix {

std::optional<double> collapseTime(const Target& target, const ForwardProcess& process,
                                   double points) {
  const Components* parts = target.components();
  if (parts == nullptr) return std::nullopt;
  const double sigma2 = parts->weights.dot(parts->variances);
  const double excess = std::expm1(2 * std::log(points) / static_cast<double>(target.dimension()));
  if (!(sigma2 > 0) || !(excess > 0)) return std::nullopt;
  const auto logRatio = [&](double s) {
    const Channel at = process.channel(s);
    return std::log(at.signal * at.signal * sigma2 / at.noiseVariance);
  };
  const double low = shortestTime(process), high = process.horizon(), wanted = std::log(excess);
  if (wanted > logRatio(low) || wanted < logRatio(high)) return std::nullopt;
  return timeWhere(logRatio, wanted, low, high);
}

}  // namespace separatrix
