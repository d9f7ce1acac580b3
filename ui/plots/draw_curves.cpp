#include "ui/plots/clip.hpp"
#include "ui/plots/draw.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace separatrix {
namespace {

QPolygonF toPixels(const CurvePiece& piece, const AxisMap& x, const AxisMap& y) {
  QPolygonF points;
  points.reserve(static_cast<qsizetype>(piece.x.size()));
  for (std::size_t i = 0; i < piece.x.size(); ++i) {
    points.append({x.toPixel(piece.x[i]), y.toPixel(piece.y[i])});
  }
  return points;
}

/// The shade between each unbroken stretch of a curve and zero, or the edge nearest to it.
void fillUnder(QPainter& painter, const QPolygonF& points, double base, const QRectF& area,
               const QColor& colour) {
  QPolygonF stretch;
  const auto finish = [&] {
    if (stretch.size() > 1) {
      stretch.append({stretch.last().x(), base});
      stretch.append({stretch.first().x(), base});
      const QPolygonF visible = clipPolygon(stretch, area);
      painter.setPen(Qt::NoPen);
      painter.setBrush(colour);
      if (visible.size() > 2) painter.drawPolygon(visible);
    }
    stretch.clear();
  };
  for (const QPointF& point : points) {
    if (std::isnan(point.x()) || std::isnan(point.y())) {
      finish();
    } else {
      stretch.append(point);
    }
  }
  finish();
}

/// How one curve, or what it was when it was pinned, is drawn.
struct CurveInk {
  QPen pen;
  QColor shade;         ///< under it
  bool casing = false;  ///< an edge in the colour of the background, over bundles and maps
};

/// From an end of a histogram down to where its shade ends.
void drawDrop(QPainter& painter, QPointF from, double base, const QRectF& area) {
  if (std::isnan(from.x()) || std::isnan(from.y())) return;
  for (const QPolygonF& part :
       clipPolyline(QPolygonF({from, QPointF(from.x(), base)}), area, 0.25)) {
    painter.drawPolyline(part);
  }
}

void drawPiece(QPainter& painter, const CurvePiece& piece, const CurveStyle& style,
               const CurveInk& ink, const Scenery& s) {
  const AxisMap& y = s.frame.y(style.yAxis);
  const QRectF& area = s.frame.area;
  const double zero = y.scale == AxisScale::linear ? y.toPixel(0) : area.bottom();
  const double base = std::clamp(zero, area.top(), area.bottom());
  const QPolygonF points = toPixels(style.step ? stepped(piece) : piece, s.frame.x, y);
  if (style.fill) fillUnder(painter, points, base, area, ink.shade);
  painter.setBrush(Qt::NoBrush);
  for (const QPolygonF& part : clipPolyline(points, area, 0.25)) {
    if (ink.casing) {
      painter.setPen(QPen(s.theme().background, ink.pen.widthF() + 2.4 * s.style.unit,
                          Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
      painter.drawPolyline(part);
    }
    painter.setPen(ink.pen);
    painter.drawPolyline(part);
  }
  if (!style.step || !style.fill || points.isEmpty()) return;
  painter.setPen(ink.pen);
  drawDrop(painter, points.first(), base, area);
  drawDrop(painter, points.last(), base, area);
}

/// A ghost has no shade: two would mix to a third.
void drawPieces(QPainter& painter, std::span<const CurvePiece> pieces, CurveStyle style, bool ghost,
                bool casing, const Scenery& s) {
  const QColor colour = s.theme().colour(style.colour);
  const CurveInk ink{curvePen(style, ghost, s), faded(colour, s.theme().dark ? 0.22 : 0.16),
                     casing};
  style.fill = style.fill && !ghost;
  for (const CurvePiece& piece : pieces) drawPiece(painter, piece, style, ink, s);
}

}  // namespace

QPen curvePen(const CurveStyle& style, bool ghost, const Scenery& s) {
  QPen pen = s.pen(style.colour, ghost ? 0.6 * style.width : style.width, style.dash);
  if (ghost) {
    pen.setColor(mixed(pen.color(), s.theme().background, s.theme().dark ? 0.55 : 0.5));
    pen.setWidthF(std::max(pen.widthF(), s.style.unit));
  }
  return pen;
}

void drawCurves(QPainter& painter, const Scenery& s) {
  constexpr double kLeastCased = 1.1;  // thin ones, of bundles, would be all edge
  painter.setRenderHint(QPainter::Antialiasing);
  const bool casing =
      std::ranges::any_of(s.model.paths,
                          [](const PathsItem& item) { return item.visible && item.count() > 0; }) ||
      std::ranges::any_of(s.model.maps, &MapItem::shown);
  for (const PlotGhost& ghost : s.model.ghosts) {
    const CurveItem* curve = s.model.curveOf(ghost);
    if (curve) drawPieces(painter, ghost.pieces, curve->style, true, false, s);
  }
  for (const bool ghosts : {true, false}) {
    for (const CurveItem& curve : s.model.curves) {
      if (!curve.visible || curve.style.ghost != ghosts) continue;
      const bool cased = casing && !ghosts && curve.style.width >= kLeastCased;
      drawPieces(painter, curve.pieces, curve.style, ghosts, cased, s);
    }
  }
}

}  // namespace separatrix
