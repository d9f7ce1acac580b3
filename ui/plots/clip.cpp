#include "ui/plots/clip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace separatrix {
namespace {

bool placed(const QPointF& p) {
  return !std::isnan(p.x()) && !std::isnan(p.y());
}

/// The stretch [enter, leave] of the segment inside the rectangle; false if there is none.
bool clipSegment(const QPointF& a, const QPointF& b, const QRectF& rect, double& enter,
                 double& leave) {
  enter = 0;
  leave = 1;
  const QPointF d = b - a;
  const std::array<std::pair<double, double>, 4> edges{{{-d.x(), a.x() - rect.left()},
                                                        {d.x(), rect.right() - a.x()},
                                                        {-d.y(), a.y() - rect.top()},
                                                        {d.y(), rect.bottom() - a.y()}}};
  for (const auto& [slope, room] : edges) {
    if (slope == 0) {
      if (room < 0) return false;
    } else if (slope < 0) {
      enter = std::max(enter, room / slope);
    } else {
      leave = std::min(leave, room / slope);
    }
  }
  return enter <= leave;
}

/// Cuts a polygon by one half plane; `inside(p)` is the signed distance from its edge.
template <class Distance>
QPolygonF cut(const QPolygonF& polygon, Distance&& inside) {
  QPolygonF result;
  for (qsizetype i = 0; i < polygon.size(); ++i) {
    const QPointF& a = polygon[i];
    const QPointF& b = polygon[(i + 1) % polygon.size()];
    const double da = inside(a), db = inside(b);
    if (da >= 0) result.append(a);
    if ((da < 0) != (db < 0)) result.append(a + (b - a) * (da / (da - db)));
  }
  return result;
}

}  // namespace

std::vector<QPolygonF> clipPolyline(const QPolygonF& line, const QRectF& rect, double tolerance) {
  std::vector<QPolygonF> pieces;
  QPolygonF piece;
  const auto finish = [&] {
    if (piece.size() > 1) pieces.push_back(std::move(piece));
    piece = {};
  };
  for (qsizetype i = 0; i + 1 < line.size(); ++i) {
    const QPointF &a = line[i], &b = line[i + 1];
    double enter = 0, leave = 1;
    if (!placed(a) || !placed(b) || !clipSegment(a, b, rect, enter, leave)) {
      finish();
      continue;
    }
    if (enter > 0) finish();
    if (piece.isEmpty()) piece.append(a + (b - a) * enter);
    const QPointF end = a + (b - a) * leave;
    const QPointF step = end - piece.last();
    const bool lastOfLine = i + 2 == line.size() || leave < 1 || !placed(line[i + 2]);
    if (lastOfLine || std::hypot(step.x(), step.y()) >= tolerance) piece.append(end);
    if (leave < 1) finish();
  }
  finish();
  return pieces;
}

QPolygonF clipPolygon(const QPolygonF& polygon, const QRectF& rect) {
  QPolygonF result = cut(polygon, [&](const QPointF& p) { return p.x() - rect.left(); });
  result = cut(result, [&](const QPointF& p) { return rect.right() - p.x(); });
  result = cut(result, [&](const QPointF& p) { return p.y() - rect.top(); });
  return cut(result, [&](const QPointF& p) { return rect.bottom() - p.y(); });
}

}  // namespace separatrix
