#include "ui/controls/timeline_track.hpp"

#include "ui/controls/number_text.hpp"
#include "ui/controls/timeline_accessible.hpp"
#include "ui/plots/math_text.hpp"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kSnapPart = 0.4;  ///< of the font's height: how near a click must be to a mark

}  // namespace

TimelineTrack::TimelineTrack(QWidget* parent) : QWidget(parent) {
  installTimelineAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setLayoutDirection(Qt::LeftToRight);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Diffusion time, from noise to data"));
}

void TimelineTrack::setScale(TimeScale scale) {
  m_scale = std::move(scale);
  update();
}

void TimelineTrack::setTime(double s) {
  if (s == m_time) return;
  m_time = s;
  update();
  if (!QAccessible::isActive()) return;
  QAccessibleValueChangeEvent changed(this, m_scale.valueAt(s));
  QAccessible::updateAccessibility(&changed);
}

void TimelineTrack::setMarks(std::vector<TimeMark> marks) {
  m_marks = std::move(marks);
  std::sort(m_marks.begin(), m_marks.end(),
            [](const TimeMark& a, const TimeMark& b) { return a.position > b.position; });
  update();
}

void TimelineTrack::setBands(std::vector<TimeBand> bands) {
  m_bands = std::move(bands);
  update();
}

QString TimelineTrack::valueText() const {
  return QStringLiteral("%1 = %2").arg(plainText(m_scale.axis().symbol),
                                       shortNumber(m_scale.valueAt(m_time)));
}

QSize TimelineTrack::sizeHint() const {
  const int line = fontMetrics().height();
  return {fontMetrics().averageCharWidth() * 80, qRound(line * 3.9)};
}

QSize TimelineTrack::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 16, sizeHint().height()};
}

QRectF TimelineTrack::groove() const {
  const QFontMetricsF metrics(font());
  const double side = std::max(metrics.height() * 0.6, showsCaptions() ? captionWidth() : 0.0);
  const double top = (height() - metrics.height() * 3.9) / 2 + metrics.height() * 1.4;
  return {side, top, std::max(width() - 2 * side, 1.0), metrics.height() * 1.15};
}

double TimelineTrack::xOf(double s) const {
  const QRectF area = groove();
  return area.left() + m_scale.fraction(s) * area.width();
}

double TimelineTrack::timeUnder(const QPointF& at) const {
  const QRectF area = groove();
  const double fraction = (at.x() - area.left()) / area.width();
  return m_scale.tidyTimeAt(fraction, static_cast<int>(area.width()));
}

std::vector<TimelineTrack::PlacedMark> TimelineTrack::placedMarks() const {
  const double gap = QFontMetricsF(font()).averageCharWidth();
  std::vector<PlacedMark> placed, unlabelled;
  for (std::size_t i = 0; i < m_marks.size(); ++i) {
    if (m_marks[i].position < m_scale.smallest() || m_marks[i].position > m_scale.horizon())
      continue;
    const double x = xOf(m_marks[i].position);
    if (m_marks[i].label.isEmpty())
      unlabelled.push_back({i, x, x, 0});
    else
      placed.push_back({i, x, x, measureMathText(m_marks[i].label, font()).width + gap});
  }
  // Labels that would touch form a row centred on the mean of their marks; rows merge likewise.
  struct Row {
    std::size_t first, count;
    double center, width;
  };
  std::vector<Row> rows;
  for (std::size_t k = 0; k < placed.size(); ++k) {
    Row row{k, 1, placed[k].x, placed[k].width};
    const auto inside = [&](Row& r) {
      r.center = std::clamp(r.center, r.width / 2, std::max(width() - r.width / 2, r.width / 2));
    };
    inside(row);
    while (!rows.empty() &&
           rows.back().center + rows.back().width / 2 > row.center - row.width / 2) {
      const Row& left = rows.back();
      const auto total = static_cast<double>(left.count + row.count);
      row = {left.first, left.count + row.count,
             (left.center * static_cast<double>(left.count) +
              row.center * static_cast<double>(row.count)) /
                 total,
             left.width + row.width};
      inside(row);
      rows.pop_back();
    }
    rows.push_back(row);
  }
  for (const Row& row : rows) {
    double x = row.center - row.width / 2;
    for (std::size_t k = row.first; k < row.first + row.count; ++k) {
      placed[k].center = x + placed[k].width / 2;
      x += placed[k].width;
    }
  }
  placed.insert(placed.end(), unlabelled.begin(), unlabelled.end());
  return placed;
}

std::optional<std::size_t> TimelineTrack::markNear(const QPointF& at) const {
  const double line = QFontMetricsF(font()).height();
  const bool onLabels = at.y() < groove().top() - line * 0.25;
  std::optional<std::size_t> nearest;
  double best = kSnapPart * line;
  for (const PlacedMark& mark : placedMarks()) {
    const double distance = onLabels
                                ? std::max(0.0, std::abs(at.x() - mark.center) - mark.width / 2)
                                : std::abs(at.x() - mark.x);
    if (distance > best || (nearest && distance == best)) continue;
    best = distance;
    nearest = mark.index;
  }
  return nearest;
}

QString TimelineTrack::toolTipAt(const QPointF& at) const {
  if (const auto mark = markNear(at)) {
    const TimeMark& found = m_marks[*mark];
    return QStringLiteral("%1<br>%2 = %3")
        .arg(found.toolTip.isEmpty() ? richText(found.label) : found.toolTip.toHtmlEscaped(),
             richText(m_scale.axis().symbol), shortNumber(m_scale.valueAt(found.position)));
  }
  if (!groove().contains(at)) return {};
  const double s = timeUnder(at);
  for (const TimeBand& band : m_bands)
    if (s >= std::min(band.from, band.to) && s <= std::max(band.from, band.to)) return band.label;
  return {};
}

void TimelineTrack::moveTo(double s) {
  if (s == m_time) return;
  m_moved = true;
  setTime(s);
  emit edited(s);
}

void TimelineTrack::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    event->ignore();
    return;
  }
  const QPointF at = event->position();
  const double reach = QFontMetricsF(font()).height() * 0.4;
  const double handle = xOf(m_time);
  const bool onHandle = std::abs(at.x() - handle) <= reach && at.y() >= groove().top() - reach;
  m_dragging = true;
  m_moved = false;
  m_grip = onHandle ? at.x() - handle : 0;
  if (onHandle) return;
  const auto mark = markNear(at);
  moveTo(mark ? m_marks[*mark].position : timeUnder(at));
  if (mark) m_grip = at.x() - xOf(m_time);
}

void TimelineTrack::mouseMoveEvent(QMouseEvent* event) {
  if (!m_dragging) return;
  moveTo(timeUnder(event->position() - QPointF(m_grip, 0)));
}

void TimelineTrack::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !m_dragging) return;
  m_dragging = false;
  update();
  if (m_moved) emit committed(m_time);
}

void TimelineTrack::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  emit focusLost();
}

bool TimelineTrack::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = toolTipAt(help->pos());
    if (text.isEmpty())
      QToolTip::hideText();
    else
      QToolTip::showText(help->globalPos(), text, this);
    return true;
  }
  return QWidget::event(event);
}

void TimelineTrack::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) updateGeometry();
  update();
}

}  // namespace separatrix
