#pragma once

#include "ui/plots/plot_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What a plot holds, free of widgets and painting; internal to ui/plots.
namespace separatrix {

struct AxisState {
  AxisOptions options;
  std::optional<AxisRange> fixed;  ///< by Plot::setRange
  std::optional<AxisRange> user;   ///< by zoom or pan
  AxisRange shown;
  bool everFitted = false;
};

struct CurveItem {
  CurveStyle style;
  std::vector<CurvePiece> pieces;  ///< NaN for anything not finite
  bool visible = true;
};

struct MarkersItem {
  MarkerStyle style;
  std::vector<PlotMarker> markers;  ///< finite
  bool visible = true;
};

struct ParticlesItem {
  ParticleStyle style;
  std::vector<float> x, y;  ///< y is empty while they ride on a curve
  std::vector<std::uint8_t> groups;
  std::optional<CurveId> curve;
  bool visible = true;
};

struct PathsItem {
  PathStyle style;
  std::vector<double> x;
  std::vector<float> y;  ///< path-major
  std::vector<std::uint8_t> groups;
  std::uint64_t revision = 0;  ///< changes with the data and the style
  bool visible = true;
  std::size_t count() const { return x.empty() ? 0 : y.size() / x.size(); }
};

struct LineItem {
  VerticalLineStyle style;
  double x = 0;
  bool shown = false;
};

struct PlotModel {
  std::array<AxisState, 3> axes;
  std::vector<CurveItem> curves;
  std::vector<MarkersItem> markers;
  std::vector<ParticlesItem> particles;
  std::vector<PathsItem> paths;
  std::vector<LineItem> lines;
  std::vector<PlotBand> bands;
  std::vector<FieldArrow> field;
  std::vector<QPointF> handles;
  HandleOptions handleOptions;
  int selectedHandle = -1;
  bool legendVisible = true;
  LegendPlacement legendPlacement = LegendPlacement::above;
  QString message;
  QString note;
  bool held = false;
  bool locked = false;

  AxisState& axis(PlotAxis which) { return axes[static_cast<std::size_t>(which)]; }
  const AxisState& axis(PlotAxis which) const { return axes[static_cast<std::size_t>(which)]; }
  bool usesRightAxis() const;
};

/// True for values that a plot can place; the largest doubles would overflow on the way to pixels.
inline bool plottable(double value) {
  return value > -1e290 && value < 1e290;
}

/// The heights at `xs` of a curve whose own ascend, into `heights` (as long): NaN beyond its ends.
void heightsOnCurve(const CurveItem& curve, std::span<const float> xs, std::span<float> heights);

/// Sets the `shown` ranges from the fixed, the user's and the fitted ones, and the hold and lock.
/// Returns whether any changed.
bool updateRanges(PlotModel& model);

/// The range of the data against an axis with a small margin; vertical ones over what lies within
/// the horizontal range shown. Empty if there are none.
std::optional<AxisRange> fittedRange(const PlotModel& model, PlotAxis axis);

}  // namespace separatrix
