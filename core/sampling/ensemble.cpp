#include "core/sampling/ensemble.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

Index Ensemble::nearestSaved(double s) const {
  const auto nearest = std::min_element(
      m_times.begin(), m_times.end(),
      [s](double a, double b) { return std::abs(a - s) < std::abs(b - s); });
  return nearest - m_times.begin();
}

}  // namespace separatrix
