#include "core/regimes/line_mixture.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/targets/span_of_means.hpp"

#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kMostComponents = 256;

Vec posteriorWeights(const Components& line, const Channel& channel, double x) {
  Vec weights(line.count());
  for (Index k = 0; k < weights.size(); ++k) {
    const double a = channel.signal;
    const double V = a * a * line.variances[k] + channel.noiseVariance;
    const double beyond = x - a * line.means(0, k);
    weights[k] = std::log(line.weights[k]) - 0.5 * std::log(V) - beyond * beyond / (2 * V);
  }
  softmaxInPlace(weights);
  return weights;
}

}  // namespace

std::optional<Components> componentsOnLine(const Target& target) {
  const Components* parts = target.components();
  if (parts == nullptr || parts->count() > kMostComponents) return std::nullopt;
  if (target.dimension() == 1) return *parts;
  const auto span = spanOfMeans(target);
  if (!span || span->target->dimension() != 1) return std::nullopt;
  return *span->target->components();
}

/// Σ_k w_k E_z of the value at x = a μ_k + √V_k z. The trapezium rule converges as exp(−2πy/h) with
/// y the distance of the integrand's poles from the real axis. They are where two components are as
/// likely, as far as π over the slope of their log-odds, which is below 20 or so wherever the
/// normal density is not negligible.
double averageOverLine(const Components& line, const Channel& channel,
                       const std::function<double(const Vec& weights)>& value) {
  constexpr double kReach = 9, kStep = 0.02;
  const auto last = static_cast<int>(kReach / kStep);
  double sum = 0;
  for (Index k = 0; k < line.count(); ++k) {
    const double a = channel.signal;
    const double deviation = std::sqrt(a * a * line.variances[k] + channel.noiseVariance);
    double mean = 0;
    for (int i = -last; i <= last; ++i) {
      const double z = kStep * i;
      const Vec weights = posteriorWeights(line, channel, a * line.means(0, k) + deviation * z);
      mean += std::exp(-0.5 * z * z) * value(weights);
    }
    sum += line.weights[k] * mean * kStep / std::sqrt(2 * std::numbers::pi);
  }
  return sum;
}

}  // namespace separatrix
