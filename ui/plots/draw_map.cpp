#include "ui/plots/clip.hpp"
#include "ui/plots/contours.hpp"
#include "ui/plots/draw.hpp"
#include "ui/plots/map_image.hpp"
#include "ui/plots/math_text.hpp"

#include <QLinearGradient>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kVectorRatio = 2;  // pixels of the image per pixel of a vector file

/// Light where the map is dark and dark where it is light: a contour lies on one colour. Opaque,
/// so that pieces may meet, and because Qt writes a translucent line to PDF as its outline.
QPen contourPen(const MapItem& item, double level, const Scenery& s) {
  const QColor below = colourOf(item, level, s.theme());
  const bool light = contrastRatio(below, Qt::white) > contrastRatio(below, Qt::black);
  const QColor colour = light ? mixed(Qt::white, below, 0.62) : mixed(Qt::black, below, 0.58);
  return QPen(colour, 0.9 * s.style.unit, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin);
}

/// Piece by piece: the time that Qt takes for a wide line grows faster than its length.
void drawInPieces(QPainter& painter, const QPolygonF& line) {
  constexpr qsizetype most = 16;
  for (qsizetype first = 0; first + 1 < line.size(); first += most) {
    const auto count = static_cast<int>(std::min(most + 1, line.size() - first));
    painter.drawPolyline(line.constData() + first, count);
  }
}

void drawContours(QPainter& painter, const MapItem& item, const Scenery& s) {
  painter.setBrush(Qt::NoBrush);
  for (const Contour& contour : contours(item.grid, item.values, item.levels)) {
    QPolygonF points;
    for (const QPointF& point : contour.points) {
      points.append({s.frame.x.toPixel(point.x()), s.frame.left.toPixel(point.y())});
    }
    painter.setPen(contourPen(item, contour.level, s));
    for (const QPolygonF& part : clipPolyline(points, s.frame.area, 1.5)) {
      if (s.style.vector) {
        painter.drawPolyline(part);
      } else {
        drawInPieces(painter, part);
      }
    }
  }
}

/// The colours and the contours as they are on the screen.
QImage wholeImage(const MapItem& item, const Scenery& s) {
  QImage image = mapImage(item, s.frame, s.style.pixelRatio, s.theme());
  if (item.levels.empty()) return image;
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(s.style.pixelRatio, s.style.pixelRatio);
  painter.translate(-s.frame.area.topLeft());
  drawContours(painter, item, s);
  return image;
}

void drawVectorMap(QPainter& painter, const MapItem& item, const Scenery& s) {
  painter.save();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(s.frame.area, mapImage(item, s.frame, kVectorRatio, s.theme()));
  painter.restore();
  drawContours(painter, item, s);
}

void drawBar(QPainter& painter, const MapItem& item, const Scenery& s) {
  const QRectF& bar = s.frame.colourBar;
  const std::vector<std::uint32_t> table = colourTable(item.style.palette, s.theme());
  QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
  constexpr int stops = 38;
  for (int i = 0; i <= stops; ++i) {
    const std::size_t place = static_cast<std::size_t>(i) * (table.size() - 1) / stops;
    gradient.setColorAt(static_cast<double>(i) / stops, QColor(QRgb(table[place])));
  }
  painter.fillRect(bar, gradient);
  if (item.clipped) {
    const double height = 0.5 * bar.width();
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(QRgb(table.back())));
    painter.drawPolygon(
        QPolygonF({bar.topLeft(), bar.topRight(), QPointF(bar.center().x(), bar.top() - height)}));
  }
  painter.setBrush(Qt::NoBrush);
  for (const double level : item.levels) {
    const double y = s.frame.colours.toPixel(level);
    if (y < bar.top() || y > bar.bottom()) continue;
    painter.setPen(contourPen(item, level, s));
    painter.drawLine(QPointF(bar.left(), y), QPointF(bar.right(), y));
  }
}

void drawBarLabels(QPainter& painter, const MapItem& item, const Scenery& s) {
  const QRectF& bar = s.frame.colourBar;
  const double unit = s.style.unit;
  const QFont& font = s.style.tickFont;
  const double capHeight = QFontMetricsF(font, s.style.device).capHeight();
  const Ticks& ticks = s.frame.colourTicks;
  painter.setPen(QPen(s.theme().axis, unit));
  for (std::size_t i = 0; i < ticks.values.size(); ++i) {
    const double y = s.frame.colours.toPixel(ticks.values[i]);
    painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 3 * unit, y));
    drawMathText(painter, {bar.right() + 6 * unit, y + capHeight / 2}, ticks.labels[i], font);
  }
  if (ticks.exponent != 0) {
    const QString power = QStringLiteral("×10^{%1%2}")
                              .arg(ticks.exponent < 0 ? QStringLiteral("−") : QString())
                              .arg(std::abs(ticks.exponent));
    drawMathText(painter, {bar.left(), bar.top() - 7 * unit}, power, font);
  }
  const MathExtent extent = measureMathText(item.style.title, s.style.titleFont, s.style.device);
  painter.save();
  painter.setPen(s.theme().text);
  painter.translate(s.frame.colourTitle);
  painter.rotate(-90);
  drawMathText(painter, {-extent.width / 2, (extent.ascent - extent.descent) / 2}, item.style.title,
               s.style.titleFont);
  painter.restore();
}

}  // namespace

void drawMaps(QPainter& painter, const Scenery& s) {
  for (std::size_t i = 0; i < s.model.maps.size(); ++i) {
    const MapItem& item = s.model.maps[i];
    if (!item.shown()) continue;
    if (s.style.vector) {
      drawVectorMap(painter, item, s);
      continue;
    }
    const ImageKey key = ImageKey::of(item.revision, PlotAxis::left, s.frame, s.style);
    const QImage* cached = s.cache ? s.cache->maps.find(i, key) : nullptr;
    if (cached) {
      drawPixels(painter, s.frame.area, *cached, s.style.pixelRatio);
      continue;
    }
    const QImage image = wholeImage(item, s);
    drawPixels(painter, s.frame.area, image, s.style.pixelRatio);
    if (s.cache) s.cache->maps.store(i, key, image);
  }
}

void drawColourBar(QPainter& painter, const Scenery& s) {
  const int map = s.model.colourBarMap();
  if (map < 0 || s.frame.colourBar.isNull()) return;
  const MapItem& item = s.model.maps[static_cast<std::size_t>(map)];
  drawBar(painter, item, s);
  drawBarLabels(painter, item, s);
}

}  // namespace separatrix
