#include "ui/plots/clip.hpp"
#include "ui/plots/draw.hpp"
#include "ui/plots/math_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

constexpr double kHandleRadius = 5.5;

QPolygonF star(QPointF centre, double radius) {
  QPolygonF points;
  for (int i = 0; i < 10; ++i) {
    const double r = i % 2 == 0 ? radius : 0.45 * radius;
    const double angle = std::numbers::pi * (i / 5.0 - 0.5);
    points.append(centre + QPointF(r * std::cos(angle), r * std::sin(angle)));
  }
  return points;
}

QPolygonF diamond(QPointF c, double r) {
  return QPolygonF({c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)});
}

bool clearOf(const QRectF& rect, const std::vector<QRectF>& taken) {
  return std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(rect); });
}

/// Points along the visible curves, some pixels apart.
std::vector<QPointF> curveTrace(const Scenery& s) {
  const double step = 3 * s.style.unit;
  std::vector<QPointF> trace;
  for (const CurveItem& curve : s.model.curves) {
    if (!curve.visible) continue;
    const AxisMap& y = s.frame.y(curve.style.yAxis);
    for (const CurvePiece& piece : curve.pieces) {
      QPolygonF line;
      for (std::size_t i = 0; i < piece.x.size(); ++i) {
        line.append({s.frame.x.toPixel(piece.x[i]), y.toPixel(piece.y[i])});
      }
      for (const QPolygonF& part : clipPolyline(line, s.frame.area, step)) {
        for (qsizetype i = 0; i + 1 < part.size(); ++i) {
          const QPointF d = part[i + 1] - part[i];
          const int count = std::max(1, static_cast<int>(std::hypot(d.x(), d.y()) / step));
          for (int k = 0; k < count; ++k) trace.push_back(part[i] + d * (double(k) / count));
        }
      }
    }
  }
  return trace;
}

/// Beside the marker, where it covers the least of the curves and nothing else.
QRectF placeLabel(QPointF at, QSizeF size, double gap, const QRectF& area,
                  const std::vector<QRectF>& taken, const std::vector<QPointF>& trace) {
  const double w = size.width(), h = size.height(), d = 0.7 * gap;
  const std::array<QPointF, 8> corners{
      QPointF(gap, -h / 2), QPointF(-gap - w, -h / 2), QPointF(-w / 2, -gap - h),
      QPointF(-w / 2, gap), QPointF(d, -d - h),        QPointF(-d - w, -d - h),
      QPointF(d, d),        QPointF(-d - w, d)};
  QRectF best;
  auto fewest = std::numeric_limits<std::ptrdiff_t>::max();
  for (const QPointF& corner : corners) {
    const QRectF rect(at + corner, size);
    if (!area.contains(rect) || !clearOf(rect, taken)) continue;
    const auto covered =
        std::ranges::count_if(trace, [&](const QPointF& p) { return rect.contains(p); });
    if (covered >= fewest) continue;
    fewest = covered;
    best = rect;
  }
  if (!best.isNull()) return best;
  QRectF rect(at + corners.front(), size);
  rect.moveRight(std::min(rect.right(), area.right()));
  rect.moveLeft(std::max(rect.left(), area.left()));
  rect.moveBottom(std::min(rect.bottom(), area.bottom()));
  rect.moveTop(std::max(rect.top(), area.top()));
  return rect;
}

bool inside(const QRectF& area, QPointF at) {
  return area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(at);
}

void drawHandles(QPainter& painter, const Scenery& s) {
  const double unit = s.style.unit;
  const QColor colour = s.theme().colour(s.model.handleOptions.colour);
  for (int i = 0; i < static_cast<int>(s.model.handles.size()); ++i) {
    const QPointF at = handlePixel(s.model, s.frame, s.style.unit, i);
    if (!inside(s.frame.area, at)) continue;
    const bool hovered = s.style.interactive && s.interaction.hoveredHandle == i;
    const bool selected = s.style.interactive && s.model.selectedHandle == i;
    const double radius = (kHandleRadius + (hovered ? 1.2 : 0)) * unit;
    if (selected) {
      painter.setBrush(faded(s.theme().accent, 0.25));
      painter.setPen(QPen(s.theme().accent, 1.5 * unit));
      painter.drawEllipse(at, radius + 3.5 * unit, radius + 3.5 * unit);
    }
    if (s.model.handleOptions.onAxis) {
      painter.setPen(QPen(colour, 2 * unit));
      painter.drawLine(at, QPointF(at.x(), s.frame.area.bottom()));
    }
    painter.setBrush(colour);
    painter.setPen(QPen(s.theme().background, 1.6 * unit));
    painter.drawEllipse(at, radius, radius);
  }
}

void drawLines(QPainter& painter, const Scenery& s) {
  const QRectF& area = s.frame.area;
  const double unit = s.style.unit;
  const std::vector<QRectF> labels = lineLabelRects(s);
  for (std::size_t i = 0; i < s.model.lines.size(); ++i) {
    const LineItem& line = s.model.lines[i];
    if (!line.shown) continue;
    const double x = s.frame.x.toPixel(line.x);
    if (!(x >= area.left() - 0.5 && x <= area.right() + 0.5)) continue;
    const bool hovered = s.style.interactive && s.interaction.hoveredLine == static_cast<int>(i);
    const QColor colour = s.theme().colour(line.style.colour);
    painter.setPen(
        s.pen(line.style.colour, line.style.width + (hovered ? 0.8 : 0), line.style.dash));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    if (line.style.draggable && s.style.interactive) {
      const double w = (hovered ? 5.5 : 4.5) * unit;
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      painter.drawPolygon(
          QPolygonF({{x - w, area.top() - w}, {x + w, area.top() - w}, {x, area.top() + w}}));
    }
    if (!labels[i].isNull()) drawLabel(painter, labels[i], line.style.label, colour, s);
  }
}

void drawCrosshair(QPainter& painter, const Scenery& s) {
  if (!s.interaction.crosshair || !s.style.interactive) return;
  const QPointF at = *s.interaction.crosshair;
  const QRectF& area = s.frame.area;
  if (!area.contains(at)) return;
  QPen pen(faded(s.theme().muted, 0.6), s.style.unit);
  pen.setDashPattern({2, 3});
  painter.setPen(pen);
  painter.drawLine(QPointF(at.x(), area.top()), QPointF(at.x(), area.bottom()));
  painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()));
}

}  // namespace

QPointF handlePixel(const PlotModel& model, const Frame& frame, double unit, int index) {
  const QPointF& handle = model.handles[static_cast<std::size_t>(index)];
  const double y =
      model.handleOptions.onAxis ? frame.area.bottom() - 11 * unit : frame.left.toPixel(handle.y());
  return {frame.x.toPixel(handle.x()), y};
}

QSizeF labelSize(const QString& label, const PlotStyle& style) {
  const MathExtent extent = measureMathText(label, style.tickFont, style.device);
  return {extent.width + 6 * style.unit, extent.height() + 2 * style.unit};
}

void drawLabel(QPainter& painter, const QRectF& rect, const QString& label, const QColor& colour,
               const Scenery& s) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(faded(s.theme().background, 0.8));
  painter.drawRoundedRect(rect, 3 * s.style.unit, 3 * s.style.unit);
  const MathExtent extent = measureMathText(label, s.style.tickFont, s.style.device);
  painter.setPen(mixed(colour, s.theme().text, 0.6));
  drawMathText(painter, {rect.left() + 3 * s.style.unit, rect.top() + s.style.unit + extent.ascent},
               label, s.style.tickFont);
}

std::vector<QRectF> lineLabelRects(const Scenery& s) {
  const QRectF& area = s.frame.area;
  const double unit = s.style.unit;
  const bool bandsLabelled = std::ranges::any_of(
      s.model.bands, [](const PlotBand& band) { return !band.label.isEmpty(); });
  const double first = area.top() + (bandsLabelled ? 20 : 4) * unit;
  std::vector<QRectF> rects;
  for (const LineItem& line : s.model.lines) {
    const double x = s.frame.x.toPixel(line.x);
    if (!line.shown || line.style.label.isEmpty() || !(x >= area.left() && x <= area.right())) {
      rects.emplace_back();
      continue;
    }
    const QSizeF size = labelSize(line.style.label, s.style);
    QRectF rect(QPointF(x + 4 * unit, first), size);
    if (rect.right() > area.right()) rect.moveRight(x - 4 * unit);
    while (!clearOf(rect, rects) && rect.bottom() + size.height() < area.bottom()) {
      rect.translate(0, size.height() + unit);
    }
    rects.push_back(rect);
  }
  return rects;
}

void drawMarker(QPainter& painter, QPointF at, const MarkerStyle& marker, const Scenery& s) {
  const double unit = s.style.unit, r = marker.size * unit / 2;
  const QColor colour = s.theme().colour(marker.colour);
  painter.setBrush(colour);
  painter.setPen(QPen(s.theme().background, 1.2 * unit));
  switch (marker.shape) {
    case MarkerShape::disc:
      painter.drawEllipse(at, r, r);
      break;
    case MarkerShape::circle:
      painter.setBrush(s.theme().background);
      painter.setPen(QPen(colour, 1.8 * unit));
      painter.drawEllipse(at, r - 0.9 * unit, r - 0.9 * unit);
      break;
    case MarkerShape::square:
      painter.drawRect(QRectF(at - QPointF(0.89 * r, 0.89 * r), QSizeF(1.78 * r, 1.78 * r)));
      break;
    case MarkerShape::diamond:
      painter.drawPolygon(diamond(at, 1.25 * r));
      break;
    case MarkerShape::star:
      painter.drawPolygon(star(at, 1.45 * r));
      break;
    case MarkerShape::cross:
      painter.setPen(QPen(colour, 1.8 * unit, Qt::SolidLine, Qt::RoundCap));
      painter.drawLine(at - QPointF(r, r) * 0.8, at + QPointF(r, r) * 0.8);
      painter.drawLine(at + QPointF(-r, r) * 0.8, at + QPointF(r, -r) * 0.8);
      break;
  }
}

void drawMarkers(QPainter& painter, const Scenery& s) {
  std::vector<QRectF> taken;
  for (const QRectF& rect : lineLabelRects(s)) {
    if (!rect.isNull()) taken.push_back(rect);
  }
  if (!s.frame.legendBox.isNull()) taken.push_back(s.frame.legendBox);
  struct Labelled {
    QPointF at;
    const MarkerStyle* style;
    QString text;
  };
  std::vector<Labelled> labelled;
  for (const MarkersItem& item : s.model.markers) {
    if (!item.visible) continue;
    for (const PlotMarker& marker : item.markers) {
      const QPointF at(s.frame.x.toPixel(marker.position.x()),
                       s.frame.y(item.style.yAxis).toPixel(marker.position.y()));
      if (!inside(s.frame.area, at)) continue;
      drawMarker(painter, at, item.style, s);
      const double r = item.style.size * s.style.unit / 2;
      taken.emplace_back(at - QPointF(r, r), QSizeF(2 * r, 2 * r));
      if (!marker.label.isEmpty()) labelled.push_back({at, &item.style, marker.label});
    }
  }
  const std::vector<QPointF> trace = labelled.empty() ? std::vector<QPointF>() : curveTrace(s);
  for (const Labelled& marker : labelled) {
    const double gap = (0.75 * marker.style->size + 2) * s.style.unit;
    const QRectF rect =
        placeLabel(marker.at, labelSize(marker.text, s.style), gap, s.frame.area, taken, trace);
    drawLabel(painter, rect, marker.text, s.theme().colour(marker.style->colour), s);
    taken.push_back(rect);
  }
}

void drawPoints(QPainter& painter, const Scenery& s, RenderReport& report) {
  painter.setRenderHint(QPainter::Antialiasing);
  drawParticles(painter, s, report);
  drawMarkers(painter, s);
}

void drawOverlay(QPainter& painter, const Scenery& s) {
  painter.setRenderHint(QPainter::Antialiasing);
  drawCrosshair(painter, s);
  drawBandLabels(painter, s);
  drawLines(painter, s);
  drawHandles(painter, s);
}

}  // namespace separatrix
