#include "core/regimes/cloning.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/targets/span_of_means.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kMostComponents = 256;

/// Σ_c P(c|x)² at one x of the line.
double sameClass(const Components& line, const std::vector<int>& classes, const Channel& channel,
                 double x) {
  Vec weights(line.count());
  for (Index k = 0; k < weights.size(); ++k) {
    const double a = channel.signal;
    const double V = a * a * line.variances[k] + channel.noiseVariance;
    const double beyond = x - a * line.means(0, k);
    weights[k] = std::log(line.weights[k]) - 0.5 * std::log(V) - beyond * beyond / (2 * V);
  }
  softmaxInPlace(weights);
  Vec sums = Vec::Zero(1 + *std::max_element(classes.begin(), classes.end()));
  for (Index k = 0; k < weights.size(); ++k)
    sums[classes[static_cast<std::size_t>(k)]] += weights[k];
  return sums.squaredNorm();
}

}  // namespace

std::vector<int> classesOf(const Components& parts) {
  std::vector<int> out;
  std::map<int, int> numbers;
  for (Index k = 0; k < parts.count(); ++k) {
    const int label =
        parts.labels.empty() ? static_cast<int>(k) : parts.labels[static_cast<std::size_t>(k)];
    out.push_back(numbers.try_emplace(label, static_cast<int>(numbers.size())).first->second);
  }
  return out;
}

CloningCurve::CloningCurve(const Target& target) {
  const Components* parts = target.components();
  if (parts == nullptr || parts->count() > kMostComponents) return;
  m_class = classesOf(*parts);
  if (target.dimension() == 1) {
    m_line = *parts;
  } else if (const auto span = spanOfMeans(target); span && span->target->dimension() == 1) {
    m_line = *span->target->components();
  }
}

/// φ = Σ_k w_k E_z Σ_c P(c|x)² with x = a μ_k + √V_k z. The trapezium rule converges as
/// exp(−2πy/h) with y the distance of the integrand's poles from the real axis. They are where two
/// components are as likely, as far as π over the slope of their log-odds, which is below 20 or so
/// wherever the normal density is not negligible.
std::optional<double> CloningCurve::operator()(const Channel& channel) const {
  if (m_line.count() == 0) return std::nullopt;
  constexpr double kReach = 9, kStep = 0.02;
  const auto last = static_cast<int>(kReach / kStep);
  double sum = 0;
  for (Index k = 0; k < m_line.count(); ++k) {
    const double a = channel.signal;
    const double deviation = std::sqrt(a * a * m_line.variances[k] + channel.noiseVariance);
    double mean = 0;
    for (int i = -last; i <= last; ++i) {
      const double z = kStep * i;
      mean += std::exp(-0.5 * z * z) *
              sameClass(m_line, m_class, channel, a * m_line.means(0, k) + deviation * z);
    }
    sum += m_line.weights[k] * mean * kStep / std::sqrt(2 * std::numbers::pi);
  }
  return sum;
}

}  // namespace separatrix
