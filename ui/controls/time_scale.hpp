#pragma once

#include "ui/controls/timeline.hpp"

#include <vector>

namespace separatrix {

/// The timeline's geometry: diffusion time to a fraction of the track, 0 at the noise (horizon) and
/// 1 at the data (smallest), even in the chosen axis. Where the axis has no finite value at an end,
/// or does not vary at all, the scale stops a millionth short of it, or is even in s.
class TimeScale {
public:
  TimeScale();
  TimeScale(TimeAxisView axis, double smallest, double horizon);

  const TimeAxisView& axis() const { return m_axis; }
  double smallest() const { return m_smallest; }
  double horizon() const { return m_horizon; }

  double fraction(double s) const;
  double timeAt(double fraction) const;
  /// The axis' value at s, finite.
  double valueAt(double s) const;
  double timeOfValue(double value) const;
  /// Values at the two ends; either may be the larger.
  double noiseValue() const { return m_noiseValue; }
  double dataValue() const { return m_dataValue; }

  /// The time nearest to `fraction` whose value is round to about 1/`cells` of the track.
  double tidyTimeAt(double fraction, int cells) const;

  /// Round values in the track, at most `most`.
  std::vector<double> ticks(int most) const;

private:
  TimeAxisView m_axis;
  double m_smallest = 0;
  double m_horizon = 1;
  double m_noiseValue = 1;
  double m_dataValue = 0;
};

}  // namespace separatrix
