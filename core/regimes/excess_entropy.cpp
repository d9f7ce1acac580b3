#include "core/regimes/excess_entropy.hpp"

#include "core/regimes/line_mixture.hpp"

#include <cmath>

namespace separatrix {
namespace {

double entropyOf(const Vec& weights) {
  double out = 0;
  for (const double w : weights)
    if (w > 0) out -= w * std::log(w);
  return out;
}

}  // namespace

ExcessEntropyCurve::ExcessEntropyCurve(const Target& target)
    : m_dimension(static_cast<double>(target.dimension())) {
  const Components* parts = target.components();
  if (parts == nullptr || !(parts->variances[0] > 0)) return;
  if ((parts->variances.array() != parts->variances[0]).any()) return;
  m_variance = parts->variances[0];
  m_line = componentsOnLine(target);
}

std::optional<double> ExcessEntropyCurve::leading(const Channel& channel, double points) const {
  if (!m_variance) return std::nullopt;
  const double within = channel.signal * channel.signal * *m_variance;
  return std::log(points) / m_dimension - 0.5 * std::log1p(within / channel.noiseVariance);
}

std::optional<double> ExcessEntropyCurve::exact(const Channel& channel, double points) const {
  if (!m_line) return std::nullopt;
  const double known = entropyOf(m_line->weights) - averageOverLine(*m_line, channel, entropyOf);
  return *leading(channel, points) - known / m_dimension;
}

}  // namespace separatrix
