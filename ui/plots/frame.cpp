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
  return ticksFor(axis, std::clamp(static_cast<int>(height / (2.7 * em)), 2, 9));
}

/// As many as leave a clear gap between the labels.
Ticks horizontalTicks(const AxisState& axis, double width, double em, const PlotStyle& style) {
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

void mapAxes(Frame& frame, const PlotModel& model) {
  const auto map = [&](PlotAxis which, double low, double high) {
    const AxisState& axis = model.axis(which);
    AxisMap result{axis.shown, axis.options.scale, low, high};
    if (axis.options.reversed) std::swap(result.atLower, result.atUpper);
    return result;
  };
  frame.x = map(PlotAxis::bottom, frame.area.left(), frame.area.right());
  frame.left = map(PlotAxis::left, frame.area.bottom(), frame.area.top());
  frame.right = map(PlotAxis::right, frame.area.bottom(), frame.area.top());
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

void placeTitles(Frame& frame, const PlotModel& model, const PlotStyle& style) {
  const double edge = 2 * style.unit;
  const QRectF& area = frame.area;
  frame.bottomTitle = {area.center().x(), frame.outer.bottom() - edge -
                                              titleHeight(model.axis(PlotAxis::bottom), style) / 2};
  frame.leftTitle = {frame.outer.left() + edge + titleHeight(model.axis(PlotAxis::left), style) / 2,
                     area.center().y()};
  frame.rightTitle = {
      frame.outer.right() - edge - titleHeight(model.axis(PlotAxis::right), style) / 2,
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
    case LegendEntry::Kind::marker:
      return model.markers[entry.index].style.name;
    case LegendEntry::Kind::particles:
      return model.particles[entry.index].style.name;
    case LegendEntry::Kind::paths:
      return model.paths[entry.index].style.name;
  }
  return {};
}

Frame layOutFrame(const PlotModel& model, const PlotStyle& style, QSizeF size) {
  Frame frame;
  frame.outer = QRectF(QPointF(0, 0), size);
  frame.hasRight = model.usesRightAxis();
  const AxisState& bottom = model.axis(PlotAxis::bottom);
  const AxisState& left = model.axis(PlotAxis::left);
  const AxisState& right = model.axis(PlotAxis::right);
  const double em = QFontMetricsF(style.tickFont, style.device).height();
  const double unit = style.unit;

  Margins margins;
  const double xTitle = titleHeight(bottom, style);
  margins.bottom = 8 * unit + em + (xTitle > 0 ? xTitle + 4 * unit : 3 * unit);
  const double roughHeight = std::max(size.height() - margins.bottom - 2 * em, em);
  frame.leftTicks = verticalTicks(left, roughHeight, em);
  margins.left = verticalAxisWidth(left, frame.leftTicks, style) + 2 * unit;
  margins.right = 1.1 * em;
  if (frame.hasRight) {
    frame.rightTicks = verticalTicks(right, roughHeight, em);
    margins.right = verticalAxisWidth(right, frame.rightTicks, style) + 2 * unit;
  }
  frame.legend = legendEntries(model);
  int rows = 0;
  if (model.legendPlacement == LegendPlacement::above) {
    rows = flowLegend(frame.legend, model, style, margins.left, size.width() - margins.right);
  }
  const bool powers = frame.leftTicks.exponent != 0 || frame.rightTicks.exponent != 0;
  if (rows == 0 && (!model.note.isEmpty() || powers)) rows = 1;
  const double row = LegendMetrics::of(style).row;
  margins.top = 0.55 * em + (rows > 0 ? rows * row + 2 * unit : 0);
  frame.headerBaseline = row / 2;

  const auto snap = [&](double v) { return std::round(v * style.pixelRatio) / style.pixelRatio; };
  frame.area = QRectF(QPointF(snap(margins.left), snap(margins.top)),
                      QPointF(snap(std::max(size.width() - margins.right, margins.left + em)),
                              snap(std::max(size.height() - margins.bottom, margins.top + em))));
  frame.xTicks = horizontalTicks(bottom, frame.area.width(), em, style);
  frame.leftTicks = verticalTicks(left, roughHeight, em);
  mapAxes(frame, model);
  placeTitles(frame, model, style);
  if (model.legendPlacement == LegendPlacement::inside && !frame.legend.empty()) {
    placeLegendInside(frame, model, style);
  }
  return frame;
}

}  // namespace separatrix
