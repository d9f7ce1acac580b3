#include "ui/plots/frame.hpp"

#include "ui/plots/math_text.hpp"

#include <QFontMetricsF>
#include <QPaintDevice>

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kFarAway = 1e6;  // pixels

/// The margins around the area, before the device's pixels are considered.
struct Margins {
  double left = 0, right = 0, top = 0, bottom = 0;
};

double textWidth(const QString& text, const QFont& font, const PlotStyle& style) {
  return measureMathText(text, font, style.device).width;
}

double widestLabel(const Ticks& ticks, const PlotStyle& style) {
  double widest = 0;
  for (const QString& label : ticks.labels) {
    widest = std::max(widest, textWidth(label, style.tickFont, style));
  }
  return widest;
}

Ticks ticksFor(const AxisState& axis, int count) {
  return axis.options.scale == AxisScale::logarithmic ? logarithmicTicks(axis.shown, count)
                                                      : linearTicks(axis.shown, count);
}

Ticks verticalTicks(const AxisState& axis, double height, double em) {
  if (!axis.options.ticks) return {};
  return ticksFor(axis, std::clamp(static_cast<int>(height / (2.7 * em)), 2, 9));
}

/// As many as leave a clear gap between the labels.
Ticks horizontalTicks(const AxisState& axis, double width, double em, const PlotStyle& style) {
  if (!axis.options.ticks) return {};
  int count = std::clamp(static_cast<int>(width / (4.2 * em)), 2, 11);
  Ticks ticks = ticksFor(axis, count);
  while (count > 2 && ticks.values.size() > 1) {
    const double span = axis.shown.upper - axis.shown.lower;
    const double spacing = width * (ticks.values[1] - ticks.values[0]) / span;
    const bool logarithmic = axis.options.scale == AxisScale::logarithmic;
    if (logarithmic || spacing >= widestLabel(ticks, style) + 0.9 * em) break;
    ticks = ticksFor(axis, --count);
  }
  return ticks;
}

std::vector<LegendEntry> legendEntries(const PlotModel& model) {
  std::vector<LegendEntry> entries;
  if (!model.legendVisible) return entries;
  const auto collect = [&](const auto& items, LegendEntry::Kind kind) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].visible && !items[i].style.name.isEmpty()) entries.push_back({kind, i, {}});
    }
  };
  collect(model.curves, LegendEntry::Kind::curve);
  QStringList pins;
  for (std::size_t i = 0; i < model.ghosts.size(); ++i) {
    const PlotGhost& ghost = model.ghosts[i];
    if (ghost.name.isEmpty() || pins.contains(ghost.name) || !model.curveOf(ghost)) continue;
    pins << ghost.name;
    entries.push_back({LegendEntry::Kind::ghost, i, {}});
  }
  collect(model.markers, LegendEntry::Kind::marker);
  collect(model.particles, LegendEntry::Kind::particles);
  collect(model.paths, LegendEntry::Kind::paths);
  return entries;
}

/// Places the entries in rows above the area, beside the note; returns the number of rows.
int flowLegend(std::vector<LegendEntry>& entries, const PlotModel& model, const PlotStyle& style,
               double left, double right) {
  if (entries.empty()) return 0;
  const LegendMetrics metrics = LegendMetrics::of(style);
  const double note =
      model.note.isEmpty() ? 0 : textWidth(model.note, style.tickFont, style) + metrics.spacing;
  // The note takes the first row for itself where not even one entry fits beside it.
  const double firstWidth = entries.front().iconWidth(metrics.icon) + metrics.gap +
                            textWidth(legendName(model, entries.front()), style.tickFont, style);
  int row = note > 0 && left + firstWidth > right - note ? 1 : 0;
  double x = left;
  for (LegendEntry& entry : entries) {
    const double width = entry.iconWidth(metrics.icon) + metrics.gap +
                         textWidth(legendName(model, entry), style.tickFont, style);
    if (x > left && x + width > right - (row == 0 ? note : 0)) {
      ++row;
      x = left;
    }
    entry.position = {x, (row + 0.5) * metrics.row};
    x += width + metrics.spacing;
  }
  return row + 1;
}

/// How many points of the curves lie in a rectangle, as seen on the screen.
int pointsIn(const QRectF& box, const PlotModel& model, const Frame& frame) {
  int count = 0;
  for (const CurveItem& curve : model.curves) {
    if (!curve.visible) continue;
    for (const CurvePiece& piece : curve.pieces) {
      const std::size_t stride = std::max<std::size_t>(1, piece.x.size() / 200);
      for (std::size_t i = 0; i < piece.x.size(); i += stride) {
        const QPointF point(frame.x.toPixel(piece.x[i]),
                            frame.y(curve.style.yAxis).toPixel(piece.y[i]));
        count += box.contains(point) ? 1 : 0;
      }
    }
  }
  return count;
}

/// Stacks the entries in the corner of the area that covers the least of the curves.
void placeLegendInside(Frame& frame, const PlotModel& model, const PlotStyle& style) {
  const LegendMetrics metrics = LegendMetrics::of(style);
  const double pad = 6 * style.unit;
  double width = 0;
  for (const LegendEntry& entry : frame.legend) {
    width = std::max(width, textWidth(legendName(model, entry), style.tickFont, style));
  }
  const QSizeF size(metrics.icon + metrics.gap + width + 2 * pad,
                    metrics.row * static_cast<double>(frame.legend.size()) + 1.2 * pad);
  const QRectF inner = frame.area.adjusted(pad, pad, -pad, -pad);
  int fewest = std::numeric_limits<int>::max();
  for (const QPointF corner :
       {QPointF(inner.right() - size.width(), inner.top()), inner.topLeft(),
        QPointF(inner.right() - size.width(), inner.bottom() - size.height()),
        QPointF(inner.left(), inner.bottom() - size.height())}) {
    const int covered = pointsIn(QRectF(corner, size), model, frame);
    if (covered >= fewest) continue;
    fewest = covered;
    frame.legendBox = QRectF(corner, size);
  }
  double y = frame.legendBox.top() + 0.6 * pad + 0.5 * metrics.row;
  for (LegendEntry& entry : frame.legend) {
    entry.position = {frame.legendBox.left() + pad, y};
    y += metrics.row;
  }
}

/// The axes that go into a layout, with the ranges that it shows.
struct ShownAxes {
  AxisState bottom, left, right;
};

void mapAxes(Frame& frame, const ShownAxes& axes) {
  const auto map = [](const AxisState& axis, double low, double high) {
    AxisMap result{axis.shown, axis.options.scale, low, high};
    if (axis.options.reversed) std::swap(result.atLower, result.atUpper);
    return result;
  };
  frame.x = map(axes.bottom, frame.area.left(), frame.area.right());
  frame.left = map(axes.left, frame.area.bottom(), frame.area.top());
  frame.right = map(axes.right, frame.area.bottom(), frame.area.top());
}

/// Widens one of the model's ranges until a unit of both is equally long in the area.
void equaliseAspect(ShownAxes& axes, const PlotModel& model, QSizeF area) {
  AxisRange& x = axes.bottom.shown;
  AxisRange& y = axes.left.shown;
  x = model.axis(PlotAxis::bottom).shown;
  y = model.axis(PlotAxis::left).shown;
  const auto widen = [](AxisRange& range, double width) {
    const double middle = (range.lower + range.upper) / 2;
    range = {middle - width / 2, middle + width / 2};
  };
  const double unit =
      std::max((x.upper - x.lower) / area.width(), (y.upper - y.lower) / area.height());
  constexpr double same = 1e-9;  // ranges that fit already are left to the bit
  if (unit * area.width() > (1 + same) * (x.upper - x.lower)) widen(x, unit * area.width());
  if (unit * area.height() > (1 + same) * (y.upper - y.lower)) widen(y, unit * area.height());
}

double titleHeight(const AxisState& axis, const PlotStyle& style) {
  if (axis.options.title.isEmpty()) return 0;
  return measureMathText(axis.options.title, style.titleFont, style.device).height();
}

/// The room that a vertical axis takes: ticks, labels (never less than a common width, so that the
/// area does not jump while time runs), title.
double verticalAxisWidth(const AxisState& axis, const Ticks& ticks, const PlotStyle& style) {
  const double labels =
      std::max(widestLabel(ticks, style), textWidth(QStringLiteral("0.00"), style.tickFont, style));
  const double title = titleHeight(axis, style);
  return (title > 0 ? title + 5 * style.unit : 2 * style.unit) + labels + 9 * style.unit;
}

void placeTitles(Frame& frame, const PlotModel& model, const PlotStyle& style, double barWidth) {
  const double edge = 2 * style.unit;
  const QRectF& area = frame.area;
  frame.bottomTitle = {area.center().x(), frame.outer.bottom() - edge -
                                              titleHeight(model.axis(PlotAxis::bottom), style) / 2};
  frame.leftTitle = {frame.outer.left() + edge + titleHeight(model.axis(PlotAxis::left), style) / 2,
                     area.center().y()};
  frame.rightTitle = {
      frame.outer.right() - barWidth - edge - titleHeight(model.axis(PlotAxis::right), style) / 2,
      area.center().y()};
}

}  // namespace

PlotStyle PlotStyle::make(const Theme& theme, const QFont& font, double pixels,
                          QPaintDevice* device) {
  PlotStyle style;
  style.theme = &theme;
  style.device = device;
  style.unit = pixels / 12;
  style.titleFont = font;
  style.tickFont = font;
  // Point sizes, because pixel sizes are whole numbers.
  const double points = pixels * 72.0 / device->logicalDpiY();
  style.titleFont.setPointSizeF(points);
  style.tickFont.setPointSizeF(points * 0.92);
  return style;
}

double AxisMap::toPixel(double value) const {
  double t = 0;
  if (scale == AxisScale::logarithmic) {
    if (!(value > 0)) return std::numeric_limits<double>::quiet_NaN();
    t = std::log(value / range.lower) / std::log(range.upper / range.lower);
  } else {
    t = (value - range.lower) / (range.upper - range.lower);
  }
  if (std::isnan(t)) return t;
  return std::clamp(atLower + t * (atUpper - atLower), -kFarAway, kFarAway);
}

void AxisMap::toPixels(std::span<const float> values, std::span<float> pixels) const {
  if (scale == AxisScale::logarithmic) {
    for (std::size_t i = 0; i < values.size(); ++i)
      pixels[i] = static_cast<float>(toPixel(static_cast<double>(values[i])));
    return;
  }
  const double slope = (atUpper - atLower) / (range.upper - range.lower);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double at = atLower + (static_cast<double>(values[i]) - range.lower) * slope;
    pixels[i] = static_cast<float>(std::clamp(at, -kFarAway, kFarAway));
  }
}

double AxisMap::toData(double pixel) const {
  const double t = (pixel - atLower) / (atUpper - atLower);
  if (scale == AxisScale::logarithmic) {
    return range.lower * std::pow(range.upper / range.lower, t);
  }
  return range.lower + t * (range.upper - range.lower);
}

LegendMetrics LegendMetrics::of(const PlotStyle& style) {
  const double row = QFontMetricsF(style.tickFont, style.device).height() * 1.25;
  return {22 * style.unit, 6 * style.unit, 16 * style.unit, row};
}

QString legendName(const PlotModel& model, const LegendEntry& entry) {
  switch (entry.kind) {
    case LegendEntry::Kind::curve:
      return model.curves[entry.index].style.name;
    case LegendEntry::Kind::ghost:
      return model.ghosts[entry.index].name;
    case LegendEntry::Kind::marker:
      return model.markers[entry.index].style.name;
    case LegendEntry::Kind::particles:
      return model.particles[entry.index].style.name;
    case LegendEntry::Kind::paths:
      return model.paths[entry.index].style.name;
  }
  return {};
}

namespace {

constexpr double kBarWidth = 11, kBarGap = 12;  // of the colour bar, in units

Ticks colourTicks(const MapItem& map, double height, double em) {
  return linearTicks(map.colours, std::clamp(static_cast<int>(height / (2.7 * em)), 2, 7));
}

/// The room that the colour bar takes.
double colourBarWidth(const MapItem& map, const Ticks& ticks, const PlotStyle& style) {
  const double labels =
      std::max(widestLabel(ticks, style), textWidth(QStringLiteral("0.00"), style.tickFont, style));
  const double title = measureMathText(map.style.title, style.titleFont, style.device).height();
  return (kBarGap + kBarWidth + 14) * style.unit + labels + title;
}

/// Between the area (and its right axis) and the right edge.
void placeColourBar(Frame& frame, const MapItem& map, double width, const PlotStyle& style) {
  const QRectF& area = frame.area;
  const double left = frame.outer.right() - width + kBarGap * style.unit;
  frame.colourBar = QRectF(left, area.top(), kBarWidth * style.unit, area.height());
  frame.colours = {map.colours, AxisScale::linear, area.bottom(), area.top()};
  const double title = measureMathText(map.style.title, style.titleFont, style.device).height();
  frame.colourTitle = {frame.outer.right() - 3 * style.unit - title / 2, area.center().y()};
}

double bottomMargin(const AxisState& axis, const PlotStyle& style) {
  const double title = titleHeight(axis, style);
  const double labels = QFontMetricsF(style.tickFont, style.device).height();
  return 8 * style.unit + labels + (title > 0 ? title + 4 * style.unit : 3 * style.unit);
}

/// The height of the area before its header is known.
double roughHeight(const Frame& frame, const ShownAxes& axes, const PlotStyle& style) {
  const double em = QFontMetricsF(style.tickFont, style.device).height();
  return std::max(frame.outer.height() - bottomMargin(axes.bottom, style) - 2 * em, em);
}

/// The margins that axes, legend and colour bar take; lays out the legend above.
Margins marginsAround(Frame& frame, const PlotModel& model, const ShownAxes& axes, double barWidth,
                      const PlotStyle& style) {
  const double em = QFontMetricsF(style.tickFont, style.device).height();
  const double unit = style.unit;
  const double height = roughHeight(frame, axes, style);
  Margins margins;
  margins.bottom = bottomMargin(axes.bottom, style);
  frame.leftTicks = verticalTicks(axes.left, height, em);
  margins.left = verticalAxisWidth(axes.left, frame.leftTicks, style) + 2 * unit;
  margins.right = barWidth > 0 ? barWidth : 1.1 * em;
  if (frame.hasRight) {
    frame.rightTicks = verticalTicks(axes.right, height, em);
    margins.right = verticalAxisWidth(axes.right, frame.rightTicks, style) + 2 * unit + barWidth;
  }
  frame.legend = legendEntries(model);
  int rows = 0;
  if (model.legendPlacement == LegendPlacement::above) {
    rows =
        flowLegend(frame.legend, model, style, margins.left, frame.outer.width() - margins.right);
  }
  const bool powers = frame.leftTicks.exponent != 0 || frame.rightTicks.exponent != 0 ||
                      frame.colourTicks.exponent != 0;
  if (rows == 0 && (!model.note.isEmpty() || powers)) rows = 1;
  const double row = LegendMetrics::of(style).row;
  margins.top = 0.55 * em + (rows > 0 ? rows * row + 2 * unit : 0);
  frame.headerBaseline = row / 2;
  return margins;
}

}  // namespace

Frame layOutFrame(const PlotModel& model, const PlotStyle& style, QSizeF size) {
  Frame frame;
  frame.outer = QRectF(QPointF(0, 0), size);
  frame.hasRight = model.usesRightAxis();
  ShownAxes axes{model.axis(PlotAxis::bottom), model.axis(PlotAxis::left),
                 model.axis(PlotAxis::right)};
  const double em = QFontMetricsF(style.tickFont, style.device).height();
  const int barMap = model.colourBarMap();
  double barWidth = 0;
  if (barMap >= 0) {
    const MapItem& map = model.maps[static_cast<std::size_t>(barMap)];
    frame.colourTicks = colourTicks(map, std::max(size.height() - 4 * em, em), em);
    barWidth = colourBarWidth(map, frame.colourTicks, style);
  }
  const auto snap = [&](double v) { return std::round(v * style.pixelRatio) / style.pixelRatio; };
  // Widening a range may widen the labels of its ticks, and they take from the area.
  for (int pass = 0; pass < (model.keepsAspect() ? 2 : 1); ++pass) {
    const Margins margins = marginsAround(frame, model, axes, barWidth, style);
    frame.area = QRectF(QPointF(snap(margins.left), snap(margins.top)),
                        QPointF(snap(std::max(size.width() - margins.right, margins.left + em)),
                                snap(std::max(size.height() - margins.bottom, margins.top + em))));
    if (model.keepsAspect()) equaliseAspect(axes, model, frame.area.size());
  }
  frame.xTicks = horizontalTicks(axes.bottom, frame.area.width(), em, style);
  frame.leftTicks = verticalTicks(axes.left, roughHeight(frame, axes, style), em);
  mapAxes(frame, axes);
  placeTitles(frame, model, style, barWidth);
  if (barMap >= 0) {
    placeColourBar(frame, model.maps[static_cast<std::size_t>(barMap)], barWidth, style);
  }
  if (model.legendPlacement == LegendPlacement::inside && !frame.legend.empty()) {
    placeLegendInside(frame, model, style);
  }
  return frame;
}

}  // namespace separatrix
