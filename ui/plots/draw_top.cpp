#include "ui/plots/draw.hpp"
#include "ui/plots/math_text.hpp"

#include <algorithm>

namespace separatrix {
namespace {

void drawPaletteDots(QPainter& painter, const QRectF& icon, const std::vector<ColourRole>& palette,
                     const Scenery& s) {
  const double radius = 2 * s.style.unit;
  painter.setPen(Qt::NoPen);
  for (std::size_t i = 0; i < 3; ++i) {
    const ColourRole role = palette.empty() ? ColourRole::particle : palette[i % palette.size()];
    const double dy = (i == 1 ? -2.4 : 1.6) * s.style.unit;
    const double dx = (static_cast<double>(i) - 1) * 4 * s.style.unit;
    painter.setBrush(s.theme().colour(role));
    painter.drawEllipse(icon.center() + QPointF(dx, dy), radius, radius);
  }
}

void drawPaletteLines(QPainter& painter, const QRectF& icon, const std::vector<ColourRole>& palette,
                      const Scenery& s) {
  const auto count = std::clamp<std::size_t>(palette.size(), 1, 3);
  for (std::size_t i = 0; i < count; ++i) {
    const ColourRole role = palette.empty() ? ColourRole::muted : palette[i];
    const double y =
        icon.top() + icon.height() * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    painter.setPen(s.pen(role, 1.2));
    painter.drawLine(QPointF(icon.left(), y), QPointF(icon.right(), y));
  }
}

void drawCurveIcon(QPainter& painter, const QRectF& icon, const CurveStyle& style,
                   const Scenery& s) {
  if (style.fill) {
    painter.fillRect(QRectF(icon.left(), icon.center().y(), icon.width(), icon.height() / 2),
                     faded(s.theme().colour(style.colour), 0.2));
  }
  painter.setPen(curvePen(style, style.ghost, s));
  painter.drawLine(QPointF(icon.left(), icon.center().y()),
                   QPointF(icon.right(), icon.center().y()));
}

/// One stroke for each colour that was pinned under this name, at most three.
void drawGhostIcon(QPainter& painter, const QRectF& icon, const QString& name, const Scenery& s) {
  std::vector<QPen> pens;
  for (const PlotGhost& ghost : s.model.ghosts) {
    const CurveItem* curve = ghost.name == name ? s.model.curveOf(ghost) : nullptr;
    if (curve && pens.size() < 3) pens.push_back(curvePen(curve->style, true, s));
  }
  for (std::size_t i = 0; i < pens.size(); ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(pens.size());
    const double y = icon.top() + icon.height() * share;
    painter.setPen(pens[i]);
    painter.drawLine(QPointF(icon.left(), y), QPointF(icon.right(), y));
  }
}

void drawIcon(QPainter& painter, const QRectF& icon, const LegendEntry& entry, const Scenery& s) {
  switch (entry.kind) {
    case LegendEntry::Kind::curve:
      drawCurveIcon(painter, icon, s.model.curves[entry.index].style, s);
      break;
    case LegendEntry::Kind::ghost:
      drawGhostIcon(painter, icon, s.model.ghosts[entry.index].name, s);
      break;
    case LegendEntry::Kind::marker:
      drawMarker(painter, icon.center(), s.model.markers[entry.index].style, s);
      break;
    case LegendEntry::Kind::particles:
      drawPaletteDots(painter, icon, s.model.particles[entry.index].style.palette, s);
      break;
    case LegendEntry::Kind::paths:
      drawPaletteLines(painter, icon, s.model.paths[entry.index].style.palette, s);
      break;
  }
}

void drawLegend(QPainter& painter, const Scenery& s) {
  if (s.frame.legend.empty()) return;
  const LegendMetrics metrics = LegendMetrics::of(s.style);
  const double unit = s.style.unit;
  if (!s.frame.legendBox.isNull()) {
    painter.setPen(QPen(s.theme().grid, unit));
    painter.setBrush(faded(s.theme().background, 0.85));
    painter.drawRoundedRect(s.frame.legendBox, 4 * unit, 4 * unit);
  }
  const double capHeight = QFontMetricsF(s.style.tickFont, s.style.device).capHeight();
  for (const LegendEntry& entry : s.frame.legend) {
    const double width = s.frame.legendBox.isNull() ? entry.iconWidth(metrics.icon) : metrics.icon;
    const QRectF icon(entry.position - QPointF(0, 5 * unit), QSizeF(width, 10 * unit));
    drawIcon(painter, icon, entry, s);
    painter.setPen(s.theme().text);
    drawMathText(painter, {icon.right() + metrics.gap, entry.position.y() + capHeight / 2},
                 legendName(s.model, entry), s.style.tickFont);
  }
}

void drawNote(QPainter& painter, const Scenery& s, const QString& remark) {
  const QFont& font = s.style.tickFont;
  painter.setPen(s.theme().muted);
  if (!s.model.note.isEmpty()) {
    const MathExtent extent = measureMathText(s.model.note, font, s.style.device);
    const double capHeight = QFontMetricsF(font, s.style.device).capHeight();
    drawMathText(painter,
                 {s.frame.area.right() - extent.width, s.frame.headerBaseline + capHeight / 2},
                 s.model.note, font);
  }
  if (remark.isEmpty()) return;
  const QSizeF size = labelSize(remark, s.style);
  const QRectF rect(s.frame.area.bottomRight() -
                        QPointF(size.width() + 2 * s.style.unit, size.height() + 2 * s.style.unit),
                    size);
  drawLabel(painter, rect, remark, s.theme().muted, s);
}

void drawMessage(QPainter& painter, const Scenery& s) {
  if (s.model.message.isEmpty()) return;
  const QRectF& area = s.frame.area;
  painter.fillRect(area, faded(s.theme().background, 0.6));
  QFont font = s.style.titleFont;
  font.setPointSizeF(font.pointSizeF() * 1.1);
  painter.setFont(font);
  const double pad = 10 * s.style.unit;
  const QRectF room = area.adjusted(2 * pad, pad, -2 * pad, -pad);
  constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
  const QRectF text = painter.boundingRect(room, flags, s.model.message);
  painter.setPen(QPen(s.theme().grid, s.style.unit));
  painter.setBrush(faded(s.theme().background, 0.92));
  painter.drawRoundedRect(text.adjusted(-pad, -0.6 * pad, pad, 0.6 * pad), 0.6 * pad, 0.6 * pad);
  painter.setPen(s.theme().muted);
  painter.drawText(room, flags, s.model.message);
}

}  // namespace

void drawTop(QPainter& painter, const Scenery& s, const QString& remark) {
  painter.setRenderHint(QPainter::Antialiasing);
  drawLegend(painter, s);
  drawNote(painter, s, remark);
  drawMessage(painter, s);
}

}  // namespace separatrix
