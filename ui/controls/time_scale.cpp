#include "ui/controls/time_scale.hpp"

#include "ui/controls/number_text.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kEndMargin = 1e-6;

TimeAxisView diffusionTime() {
  const auto same = [](double s) { return s; };
  return {QStringLiteral("s"), QStringLiteral("Diffusion time"), QStringLiteral("s"), same, same};
}

}  // namespace

TimeScale::TimeScale() : TimeScale(diffusionTime(), 0, 1) {}

TimeScale::TimeScale(TimeAxisView axis, double smallest, double horizon)
    : m_axis(std::move(axis)), m_smallest(smallest), m_horizon(horizon) {
  const double margin = kEndMargin * (horizon - smallest);
  m_noiseValue = m_axis.fromTime(horizon);
  if (!std::isfinite(m_noiseValue)) m_noiseValue = m_axis.fromTime(horizon - margin);
  m_dataValue = m_axis.fromTime(smallest);
  if (!std::isfinite(m_dataValue)) m_dataValue = m_axis.fromTime(smallest + margin);
  const double span = std::abs(m_dataValue - m_noiseValue);
  const double size = std::max(std::abs(m_dataValue), std::abs(m_noiseValue));
  if (std::isfinite(span) && span > 1e-12 * size) return;
  const auto same = [](double s) { return s; };
  m_axis.fromTime = same;
  m_axis.toTime = same;
  m_noiseValue = horizon;
  m_dataValue = smallest;
}

double TimeScale::valueAt(double s) const {
  const double value = m_axis.fromTime(s);
  if (std::isfinite(value)) return value;
  return s > 0.5 * (m_smallest + m_horizon) ? m_noiseValue : m_dataValue;
}

double TimeScale::timeOfValue(double value) const {
  if (value == m_noiseValue) return m_horizon;
  if (value == m_dataValue) return m_smallest;
  const double s = m_axis.toTime(value);
  if (std::isfinite(s)) return std::clamp(s, m_smallest, m_horizon);
  return std::abs(value - m_noiseValue) < std::abs(value - m_dataValue) ? m_horizon : m_smallest;
}

double TimeScale::fraction(double s) const {
  if (s <= m_smallest) return 1;
  if (s >= m_horizon) return 0;
  return std::clamp((valueAt(s) - m_noiseValue) / (m_dataValue - m_noiseValue), 0.0, 1.0);
}

double TimeScale::timeAt(double fraction) const {
  if (fraction <= 0) return m_horizon;
  if (fraction >= 1) return m_smallest;
  return timeOfValue(m_noiseValue + fraction * (m_dataValue - m_noiseValue));
}

double TimeScale::tidyTimeAt(double fraction, int cells) const {
  if (fraction <= 0 || fraction >= 1) return timeAt(fraction);
  const double span = m_dataValue - m_noiseValue;
  const double grain = niceStep(std::abs(span) / std::max(cells, 1));
  const double value = roundedTo(std::round((m_noiseValue + fraction * span) / grain) * grain, 12);
  const auto [low, high] = std::minmax(m_noiseValue, m_dataValue);
  return timeOfValue(std::clamp(value, low, high));
}

std::vector<double> TimeScale::ticks(int most) const {
  const auto [low, high] = std::minmax(m_noiseValue, m_dataValue);
  const double least = (high - low) / std::max(most, 1);
  double step = niceStep(least);
  for (const double factor : {2.0, 2.5, 2.0, 2.0}) {
    if (step >= least * (1 - 1e-9)) break;
    step = niceStep(step * factor);
  }
  std::vector<double> values;
  const double first = std::ceil(low / step - 1e-9);
  for (int i = 0; i <= most; ++i) {
    const double value = roundedTo((first + i) * step, 12);
    if (value > high + 1e-9 * step) break;
    values.push_back(value == 0 ? 0.0 : value);
  }
  return values;
}

}  // namespace separatrix
