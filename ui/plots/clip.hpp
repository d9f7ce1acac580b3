#pragma once

#include <QPolygonF>
#include <QRectF>

#include <vector>

/// Geometric clipping: Qt's SVG writer ignores a painter's clip.
namespace separatrix {

/// The parts of a polyline inside the rectangle. A point with a NaN breaks the line. Points closer
/// than `tolerance` to the last one kept are dropped.
std::vector<QPolygonF> clipPolyline(const QPolygonF& line, const QRectF& rect, double tolerance);

/// The part of a polygon inside the rectangle.
QPolygonF clipPolygon(const QPolygonF& polygon, const QRectF& rect);

}  // namespace separatrix
