#pragma once

#include "ui/plots/plot_model.hpp"
#include "ui/plots/ticks.hpp"

#include <QFont>
#include <QRectF>

class QPaintDevice;

/// Where everything in a plot goes; internal to ui/plots.
namespace separatrix {

/// How a plot is painted. All lengths elsewhere are multiples of `unit`.
struct PlotStyle {
  const Theme* theme = nullptr;
  QFont titleFont, tickFont;
  QPaintDevice* device = nullptr;  ///< that fonts are measured for
  double unit = 1;                 ///< the font's pixel size / 12
  double pixelRatio = 1;           ///< device pixels per pixel
  bool vector = false;
  bool interactive = true;  ///< show hover and selection
  std::size_t maxParticles = 2000;
  std::size_t maxPaths = 200;

  /// Fonts of `pixels` height on `device`, and the lengths that go with them.
  static PlotStyle make(const Theme& theme, const QFont& font, double pixels, QPaintDevice* device);
};

/// Data ↔ pixels along one axis.
struct AxisMap {
  AxisRange range;
  AxisScale scale = AxisScale::linear;
  double atLower = 0, atUpper = 1;  ///< pixel of range.lower and range.upper
  bool operator==(const AxisMap&) const = default;

  /// Clamped to ±10⁶ pixels so that painting never overflows; NaN for what cannot be placed.
  double toPixel(double value) const;
  /// The same of many values; they may be in place. What is no number, or not positive on a
  /// logarithmic axis, stays none.
  void toPixels(std::span<const float> values, std::span<float> pixels) const;
  double toData(double pixel) const;
};

/// A legend entry laid out.
struct LegendEntry {
  enum class Kind { curve, ghost, marker, particles, paths };
  Kind kind = Kind::curve;
  std::size_t index = 0;  ///< in the model's list of its kind; of a pin, its first ghost
  QPointF position;       ///< left end, vertical centre
  double iconWidth(double full) const {
    return kind == Kind::marker || kind == Kind::particles ? 0.6 * full : full;
  }
};

struct Frame {
  QRectF outer;
  QRectF area;  ///< inside the axes
  AxisMap x, left, right;
  Ticks xTicks, leftTicks, rightTicks;
  bool hasRight = false;
  QPointF bottomTitle, leftTitle, rightTitle;  ///< centres
  double headerBaseline = 0;                   ///< of the note's row
  QRectF colourBar;                            ///< null where no map has one
  AxisMap colours;                             ///< values along it
  Ticks colourTicks;
  QPointF colourTitle;  ///< centre
  std::vector<LegendEntry> legend;
  QRectF legendBox;  ///< of a legend inside; else null

  const AxisMap& y(PlotAxis axis) const { return axis == PlotAxis::right ? right : left; }
};

/// Where the aspect is equal, the maps have wider ranges than the model shows.
Frame layOutFrame(const PlotModel& model, const PlotStyle& style, QSizeF size);

/// Lengths of a legend entry, shared by layout and painting.
struct LegendMetrics {
  double icon, gap, spacing, row;
  static LegendMetrics of(const PlotStyle& style);
};
QString legendName(const PlotModel& model, const LegendEntry& entry);

}  // namespace separatrix
