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
  std::vector<float> y;                ///< path-major
  std::vector<float> lowest, highest;  ///< of all paths at each x; NaN where none is finite
  std::vector<std::uint8_t> groups;
  std::uint64_t revision = 0;  ///< changes with the data and the style
  bool visible = true;
  std::size_t count() const { return x.empty() ? 0 : y.size() / x.size(); }
};

/// Sets `lowest` and `highest`, so that fits need not look at every point.
void findEnvelope(PathsItem& item);

struct LineItem {
  VerticalLineStyle style;
  double x = 0;  ///< y of a horizontal one
  bool shown = false;
  bool horizontal = false;
};

/// A colour map, or a blend of groups where there are weights.
struct MapItem {
  MapStyle style;
  MapGrid grid;                     ///< x fastest; no cells: empty
  std::vector<double> values;       ///< of a colour map
  std::vector<float> weights;       ///< of a blend, groups × cells
  std::vector<ColourRole> palette;  ///< of a blend
  AxisRange colours;                ///< values of the first and the last colour
  std::vector<double> levels;       ///< of the contours, ascending
  bool clipped = false;             ///< some values lie above the last colour's
  std::uint64_t revision = 0;       ///< changes with the data and the style
  bool visible = true;
  bool shown() const { return visible && grid.cells() > 0; }
};

struct ProbeItem {
  ProbeOptions options;
  std::optional<QPointF> position;
  bool selected = false;
};

struct PlotModel {
  std::array<AxisState, 3> axes;
  std::vector<CurveItem> curves;
  std::vector<MarkersItem> markers;
  std::vector<ParticlesItem> particles;
  std::vector<PathsItem> paths;
  std::vector<LineItem> lines;
  std::vector<MapItem> maps;
  std::vector<PlotGhost> ghosts;
  bool ghostsFitted = false;
  ProbeItem probe;
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
  bool equalAspect = false;

  AxisState& axis(PlotAxis which) { return axes[static_cast<std::size_t>(which)]; }
  const AxisState& axis(PlotAxis which) const { return axes[static_cast<std::size_t>(which)]; }
  bool usesRightAxis() const;
  /// One unit of the bottom and of the left axis are to be equally long.
  bool keepsAspect() const;
  /// The curve that a ghost is drawn as, or null while it is not shown.
  const CurveItem* curveOf(const PlotGhost& ghost) const;
  /// Whether a map of values, or a blend of groups, is seen.
  bool showsMap(bool values) const;
  /// The map that the colour bar explains; −1: none.
  int colourBarMap() const;
};

/// True for values that a plot can place; the largest doubles would overflow on the way to pixels.
inline bool plottable(double value) {
  return value > -1e290 && value < 1e290;
}

/// The heights at `xs` of a curve whose own ascend, into `heights` (as long): NaN beyond its ends.
void heightsOnCurve(const CurveItem& curve, std::span<const float> xs, std::span<float> heights);

/// Sets the range of the colours and the levels of a map from its style and values.
void scaleColours(MapItem& item);

/// The outer edges of the cells, half a cell beyond their centres.
AxisRange cellsAlong(AxisRange centres, std::size_t count);

/// The outline of a histogram: two points a cell, at its edges. NaN stays where it was.
CurvePiece stepped(const CurvePiece& piece);

/// Sets the `shown` ranges from the fixed, the user's and the fitted ones, and the hold and lock.
/// Returns whether any changed.
bool updateRanges(PlotModel& model);

/// The range of the data against an axis with a small margin; vertical ones over what lies within
/// the horizontal range shown. Empty if there are none.
std::optional<AxisRange> fittedRange(const PlotModel& model, PlotAxis axis);

}  // namespace separatrix
