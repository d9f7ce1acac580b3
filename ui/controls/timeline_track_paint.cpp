#include "ui/controls/number_text.hpp"
#include "ui/controls/timeline_track.hpp"
#include "ui/plots/math_text.hpp"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kRadius = 3;
constexpr double kBandOpacity = 0.32;
constexpr int kFewestLetters = 5;        ///< of an elided label worth showing
constexpr double kTickLabelSpace = 2.6;  ///< of a typical label's width

QColor blended(const QColor& top, const QColor& below, double part) {
  const auto mix = [&](double a, double b) {
    return static_cast<float>(part * a + (1 - part) * b);
  };
  return QColor::fromRgbF(mix(top.redF(), below.redF()), mix(top.greenF(), below.greenF()),
                          mix(top.blueF(), below.blueF()));
}

QColor muted(const QPalette& palette) {
  return blended(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.68);
}

QColor outline(const QPalette& palette) {
  return blended(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35);
}

/// On the device's pixels, so that hairlines stay sharp.
double crisp(double x) {
  return std::floor(x) + 0.5;
}

}  // namespace

bool TimelineTrack::showsCaptions() const {
  return width() > QFontMetricsF(font()).averageCharWidth() * 56;
}

double TimelineTrack::captionWidth() const {
  const QFontMetricsF metrics(font());
  return std::max(metrics.horizontalAdvance(tr("noise")), metrics.horizontalAdvance(tr("data"))) +
         metrics.averageCharWidth() * 2;
}

void TimelineTrack::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintBands(painter);
  paintTicks(painter);
  paintCaptions(painter);
  paintMarks(painter);
  paintHandle(painter);
}

QRectF TimelineTrack::widestGap(const QRectF& part) const {
  std::vector<double> edges{part.left(), part.right()};
  for (const PlacedMark& mark : placedMarks())
    if (mark.x > part.left() && mark.x < part.right()) edges.push_back(mark.x);
  std::sort(edges.begin(), edges.end());
  QRectF widest(part.left(), part.top(), 0, part.height());
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (edges[i] - edges[i - 1] <= widest.width()) continue;
    widest.setLeft(edges[i - 1]);
    widest.setRight(edges[i]);
  }
  return widest;
}

void TimelineTrack::paintBands(QPainter& painter) const {
  const QRectF area = groove();
  QPainterPath shape;
  shape.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawPath(shape);
  painter.save();
  painter.setClipPath(shape);
  const QFontMetricsF metrics(font());
  for (const TimeBand& band : m_bands) {
    const double left = xOf(std::max(band.from, band.to));
    const double right = xOf(std::min(band.from, band.to));
    const QRectF part(left, area.top(), right - left, area.height());
    painter.fillRect(part, blended(band.color, palette().color(QPalette::Base), kBandOpacity));
    const QRectF clear = widestGap(part);
    const double room = clear.width() - metrics.averageCharWidth();
    const QString text = metrics.elidedText(band.label, Qt::ElideRight, room);
    if (text.size() < std::min<qsizetype>(band.label.size(), kFewestLetters)) continue;
    painter.setPen(palette().color(QPalette::Text));
    painter.setFont(font());
    painter.drawText(clear, Qt::AlignCenter, text);
    painter.setPen(Qt::NoPen);
  }
  painter.restore();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(outline(palette()), 1));
  painter.drawPath(shape);
}

void TimelineTrack::paintTicks(QPainter& painter) const {
  const QRectF area = groove();
  const QFontMetricsF metrics(font());
  painter.setFont(font());
  painter.setPen(QPen(muted(palette()), 1));
  const double typical = metrics.horizontalAdvance(QStringLiteral("0.00"));
  const int most = std::max(2, static_cast<int>(area.width() / (typical * kTickLabelSpace)));
  double used = -1e9;
  std::vector<std::pair<double, QString>> labels;
  for (const double value : m_scale.ticks(most))
    labels.emplace_back(xOf(m_scale.timeOfValue(value)), shortNumber(value));
  std::sort(labels.begin(), labels.end());
  for (const auto& [x, text] : labels) {
    painter.drawLine(QPointF(crisp(x), area.bottom()), QPointF(crisp(x), area.bottom() + 3));
    const double width = metrics.horizontalAdvance(text);
    const double left = std::clamp(x - width / 2, 0.0, std::max(this->width() - width, 0.0));
    if (left < used) continue;
    painter.drawText(QPointF(left, area.bottom() + 3 + metrics.ascent()), text);
    used = left + width + metrics.averageCharWidth();
  }
}

void TimelineTrack::paintCaptions(QPainter& painter) const {
  if (!showsCaptions()) return;
  const QRectF area = groove();
  const double gap = QFontMetricsF(font()).averageCharWidth();
  painter.setFont(font());
  painter.setPen(muted(palette()));
  painter.drawText(QRectF(0, area.top(), area.left() - gap, area.height()),
                   Qt::AlignRight | Qt::AlignVCenter, tr("noise"));
  painter.drawText(QRectF(area.right() + gap, area.top(), width() - area.right(), area.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, tr("data"));
}

void TimelineTrack::paintMarks(QPainter& painter) const {
  const QRectF area = groove();
  const QFontMetricsF metrics(font());
  const double foot = area.top() - metrics.height() * 0.3;
  const QColor ink = palette().color(QPalette::WindowText);
  for (const PlacedMark& mark : placedMarks()) {
    QPainterPath leader(QPointF(crisp(mark.x), area.bottom()));
    leader.lineTo(crisp(mark.x), area.top() - 1);
    leader.lineTo(std::abs(mark.center - mark.x) < 1 ? crisp(mark.x) : mark.center, foot);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1));
    painter.drawPath(leader);
    const QString& label = m_marks[mark.index].label;
    const QPointF origin(mark.center - measureMathText(label, font()).width / 2,
                         foot - metrics.descent() * 1.1);
    drawMathText(painter, origin, label, font());
  }
}

void TimelineTrack::paintHandle(QPainter& painter) const {
  const QRectF area = groove();
  const double line = QFontMetricsF(font()).height();
  const double x = std::round(xOf(m_time));
  const double half = std::round(line * 0.34);
  const QRectF knob(x - half, area.top() - 3.5, 2 * half, area.height() + 7);
  const bool usable = isEnabled();
  const QColor accent =
      usable ? palette().color(QPalette::Active, QPalette::Highlight) : outline(palette());
  if (hasFocus()) {
    painter.setPen(Qt::NoPen);
    QColor halo = accent;
    halo.setAlphaF(0.35F);
    painter.setBrush(halo);
    painter.drawRoundedRect(knob.adjusted(-3, -3, 3, 3), kRadius + 3, kRadius + 3);
  }
  painter.setPen(QPen(palette().color(QPalette::Window), 1));
  painter.setBrush(accent);
  painter.drawRoundedRect(knob, kRadius, kRadius);
  const QColor grip = palette().color(QPalette::Active, QPalette::HighlightedText);
  painter.setPen(QPen(grip, 1.5, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(QPointF(x, area.center().y() - line * 0.25),
                   QPointF(x, area.center().y() + line * 0.25));
}

}  // namespace separatrix
