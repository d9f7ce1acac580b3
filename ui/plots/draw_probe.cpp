#include "ui/plots/draw.hpp"
#include "ui/plots/math_text.hpp"

#include <QStringList>

#include <algorithm>
#include <array>

namespace separatrix {
namespace {

constexpr double kRing = 6.5, kHair = 5;  // the ring's radius, and how far the hairs reach beyond

QSizeF textSize(const QStringList& lines, const PlotStyle& style) {
  QSizeF size;
  for (const QString& line : lines) {
    const QSizeF own = labelSize(line, style);
    size = {std::max(size.width(), own.width()), size.height() + own.height()};
  }
  return size;
}

/// Beside the ring at the first corner where it fits, else pushed into the area.
QRectF textRect(QPointF at, QSizeF size, double gap, const QRectF& area) {
  const double w = size.width(), h = size.height();
  const std::array<QPointF, 4> corners{QPointF(gap, -gap - h), QPointF(-gap - w, -gap - h),
                                       QPointF(gap, gap), QPointF(-gap - w, gap)};
  for (const QPointF& corner : corners) {
    const QRectF rect(at + corner, size);
    if (area.contains(rect)) return rect;
  }
  QRectF rect(at + corners.front(), size);
  rect.moveRight(std::min(rect.right(), area.right()));
  rect.moveLeft(std::max(rect.left(), area.left()));
  rect.moveBottom(std::min(rect.bottom(), area.bottom()));
  rect.moveTop(std::max(rect.top(), area.top()));
  return rect;
}

void drawRing(QPainter& painter, QPointF at, bool hovered, const Scenery& s) {
  const double unit = s.style.unit;
  const double r = (kRing + (hovered ? 1 : 0)) * unit, end = r + kHair * unit;
  const QColor colour = s.theme().colour(s.model.probe.options.colour);
  painter.setBrush(Qt::NoBrush);
  // First the casing, in the background's colour.
  for (const auto& [ink, width] :
       {std::pair(faded(s.theme().background, 0.9), 4.4), std::pair(colour, 2.0)}) {
    painter.setPen(QPen(ink, width * unit, Qt::SolidLine, Qt::FlatCap));
    painter.drawEllipse(at, r, r);
    for (const QPointF along : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)}) {
      painter.drawLine(at + along * (0.45 * r), at + along * end);
    }
  }
}

}  // namespace

void drawProbe(QPainter& painter, const Scenery& s) {
  const ProbeItem& probe = s.model.probe;
  if (!probe.position) return;
  const double unit = s.style.unit;
  const QRectF& area = s.frame.area;
  const QPointF at(s.frame.x.toPixel(probe.position->x()),
                   s.frame.left.toPixel(probe.position->y()));
  if (!area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(at)) return;
  if (probe.selected && s.style.interactive) {
    painter.setPen(QPen(s.theme().accent, 1.5 * unit));
    painter.setBrush(faded(s.theme().accent, 0.2));
    painter.drawEllipse(at, (kRing + kHair) * unit, (kRing + kHair) * unit);
  }
  drawRing(painter, at, s.style.interactive && s.interaction.hoveredProbe, s);
  if (probe.options.text.isEmpty()) return;
  const QStringList lines = probe.options.text.split(u'\n');
  const QRectF rect = textRect(at, textSize(lines, s.style), (kRing + 0.6 * kHair) * unit, area);
  painter.setPen(QPen(s.theme().grid, unit));
  painter.setBrush(faded(s.theme().background, 0.88));
  painter.drawRoundedRect(rect, 3 * unit, 3 * unit);
  painter.setPen(s.theme().text);
  double top = rect.top();
  for (const QString& line : lines) {
    const MathExtent extent = measureMathText(line, s.style.tickFont, s.style.device);
    drawMathText(painter, {rect.left() + 3 * unit, top + unit + extent.ascent}, line,
                 s.style.tickFont);
    top += labelSize(line, s.style).height();
  }
}

}  // namespace separatrix
