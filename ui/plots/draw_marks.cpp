#include "ui/plots/clip.hpp"
#include "ui/plots/draw.hpp"
#include "ui/plots/math_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace separatrix {
namespace {

constexpr double kHandleRadius = 4.7, kLeastHandle = 2.6, kLargestHandle = 12;  // of the colour
constexpr double kHandleEdge = 1.6;

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
    const double radius = handleRadius(s.model, unit, i) + (hovered ? 1.2 * unit : 0);
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
    painter.setPen(QPen(s.theme().background, kHandleEdge * unit));
    painter.drawEllipse(at, radius, radius);
  }
}

/// The end that a draggable line is seen to be held by, pointing along it into the area.
void drawGrip(QPainter& painter, QPointF at, QPointF along, double w, const QColor& colour) {
  const QPointF across(-along.y(), along.x());
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPolygon(
      QPolygonF({at - (along - across) * w, at - (along + across) * w, at + along * w}));
}

void drawLines(QPainter& painter, const Scenery& s) {
  const QRectF area = s.frame.area.adjusted(-0.5, -0.5, 0.5, 0.5);
  const double unit = s.style.unit;
  const std::vector<QRectF> labels = lineLabelRects(s);
  for (std::size_t i = 0; i < s.model.lines.size(); ++i) {
    const LineItem& line = s.model.lines[i];
    if (!line.shown) continue;
    const double at = line.horizontal ? s.frame.left.toPixel(line.x) : s.frame.x.toPixel(line.x);
    const QPointF held =
        line.horizontal ? QPointF(s.frame.area.right(), at) : QPointF(at, s.frame.area.top());
    const QPointF end =
        line.horizontal ? QPointF(s.frame.area.left(), at) : QPointF(at, s.frame.area.bottom());
    if (!area.contains(held)) continue;
    const bool hovered = s.style.interactive && s.interaction.hoveredLine == static_cast<int>(i);
    const QColor colour = s.theme().colour(line.style.colour);
    painter.setPen(
        s.pen(line.style.colour, line.style.width + (hovered ? 0.8 : 0), line.style.dash));
    painter.drawLine(held, end);
    if (line.style.draggable && s.style.interactive) {
      drawGrip(painter, held, line.horizontal ? QPointF(-1, 0) : QPointF(0, 1),
               (hovered ? 5.5 : 4.5) * unit, colour);
    }
  }
  // Over all lines, which would strike them through.
  for (std::size_t i = 0; i < s.model.lines.size(); ++i) {
    const VerticalLineStyle& style = s.model.lines[i].style;
    if (!labels[i].isNull())
      drawLabel(painter, labels[i], style.label, s.theme().colour(style.colour), s);
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

double handleRadius(const PlotModel& model, double unit, int index) {
  const std::vector<double>& sizes = model.handleOptions.sizes;
  double scale = 1;
  if (!sizes.empty()) {
    const double sum = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    const double share = sizes[static_cast<std::size_t>(index)] *
                         static_cast<double>(sizes.size()) / (sum > 0 ? sum : 1);
    scale = std::sqrt(std::max(share, 0.0));
  }
  return (std::clamp(kHandleRadius * scale, kLeastHandle, kLargestHandle) + kHandleEdge / 2) * unit;
}

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
    const QSizeF size = labelSize(line.style.label, s.style);
    const double x =
        line.horizontal ? area.right() - size.width() - 8 * unit : s.frame.x.toPixel(line.x);
    const double y = line.horizontal ? s.frame.left.toPixel(line.x) : area.top();
    const bool within =
        x >= area.left() && x <= area.right() && y >= area.top() && y <= area.bottom();
    if (!line.shown || line.style.label.isEmpty() || !within) {
      rects.emplace_back();
      continue;
    }
    if (line.horizontal) {
      const bool below = y - size.height() - 2 * unit < area.top();
      rects.emplace_back(QPointF(x, below ? y + 2 * unit : y - size.height() - 2 * unit), size);
      continue;
    }
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
  const double unit = s.style.unit;
  const double r = (marker.ghost ? 0.75 : 1) * marker.size * unit / 2;
  const QColor role = s.theme().colour(marker.colour);
  const QColor colour = marker.ghost ? mixed(role, s.theme().background, 0.5) : role;
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

void drawMarkers(QPainter& painter, const Scenery& s, bool ghosts) {
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
    if (!item.visible || item.style.ghost != ghosts) continue;
    for (const PlotMarker& marker : item.markers) {
      const QPointF at(s.frame.x.toPixel(marker.position.x()),
                       s.frame.y(item.style.yAxis).toPixel(marker.position.y()));
      if (!inside(s.frame.area, at)) continue;
      drawMarker(painter, at, item.style, s);
      const double r = item.style.size * s.style.unit / 2;
      taken.emplace_back(at - QPointF(r, r), QSizeF(2 * r, 2 * r));
      if (!marker.label.isEmpty() && !ghosts) labelled.push_back({at, &item.style, marker.label});
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
  drawMarkers(painter, s, true);
  drawParticles(painter, s, report);
  drawMarkers(painter, s, false);
}

void drawOverlay(QPainter& painter, const Scenery& s) {
  painter.setRenderHint(QPainter::Antialiasing);
  drawCrosshair(painter, s);
  drawBandLabels(painter, s);
  drawLines(painter, s);
  drawHandles(painter, s);
  drawProbe(painter, s);
}

}  // namespace separatrix
