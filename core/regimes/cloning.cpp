#include "core/regimes/cloning.hpp"

#include "core/regimes/line_mixture.hpp"

#include <algorithm>
#include <map>

namespace separatrix {

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
  const auto line = componentsOnLine(target);
  if (!line) return;
  m_line = *line;
  m_class = classesOf(m_line);
}

std::optional<double> CloningCurve::operator()(const Channel& channel) const {
  if (m_line.count() == 0) return std::nullopt;
  Vec sums(1 + *std::max_element(m_class.begin(), m_class.end()));
  return averageOverLine(m_line, channel, [&](const Vec& weights) {
    sums.setZero();
    for (Index k = 0; k < weights.size(); ++k)
      sums[m_class[static_cast<std::size_t>(k)]] += weights[k];
    return sums.squaredNorm();
  });
}

}  // namespace separatrix
