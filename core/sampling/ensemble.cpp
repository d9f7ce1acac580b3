#include "core/sampling/ensemble.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

double stochasticityOf(const EnsembleSpec& spec) {
  return findSampler(spec.sampler).stochasticity(spec.stochasticity);
}

std::vector<float> Ensemble::coordinateAt(Index i, double s) const {
  const bool descending = m_times.front() > m_times.back();
  const auto later = std::partition_point(m_times.begin(), m_times.end(),
                                          [&](double t) { return descending ? t > s : t < s; });
  const Index right = std::min<Index>(later - m_times.begin(), saved() - 1);
  const Index left = std::max<Index>(right - 1, 0);
  const double leftTime = m_times[static_cast<std::size_t>(left)];
  const double span = m_times[static_cast<std::size_t>(right)] - leftTime;
  const auto u = static_cast<float>(span == 0 ? 0 : std::clamp((s - leftTime) / span, 0.0, 1.0));
  const auto a = state(left);
  const auto b = state(right);
  std::vector<float> out(static_cast<std::size_t>(m_particles));
  for (Index p = 0; p < m_particles; ++p)
    out[static_cast<std::size_t>(p)] = (1 - u) * a(i, p) + u * b(i, p);
  return out;
}

}  // namespace separatrix
