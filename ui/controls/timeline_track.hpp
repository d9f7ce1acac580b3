#pragma once

#include "ui/controls/time_scale.hpp"

#include <QWidget>

#include <optional>
#include <vector>

namespace separatrix {

/// The painted track of the timeline: bands, marks, ticks and the handle. A click jumps there, or
/// onto a mark nearby; a drag follows the pointer. It never runs right to left: noise stays left.
class TimelineTrack : public QWidget {
  Q_OBJECT

public:
  explicit TimelineTrack(QWidget* parent = nullptr);

  void setScale(TimeScale scale);
  const TimeScale& scale() const { return m_scale; }
  void setTime(double s);
  double time() const { return m_time; }
  void setMarks(std::vector<TimeMark> marks);
  void setBands(std::vector<TimeBand> bands);
  bool isDragging() const { return m_dragging; }

  /// "s = 0.5", as it is read out.
  QString valueText() const;
  /// Where time s is drawn.
  double xOf(double s) const;
  /// The groove that time is read along.
  QRectF groove() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  void edited(double s);
  void committed(double s);
  void focusLost();

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  struct PlacedMark {
    std::size_t index = 0;
    double x = 0;       ///< of the mark
    double center = 0;  ///< of its label, moved aside where labels would touch
    double width = 0;
  };

  std::vector<PlacedMark> placedMarks() const;
  std::optional<std::size_t> markNear(const QPointF& at) const;
  QString toolTipAt(const QPointF& at) const;
  bool showsCaptions() const;
  double captionWidth() const;
  void moveTo(double s);
  double timeUnder(const QPointF& at) const;
  QRectF widestGap(const QRectF& part) const;
  void paintBands(QPainter& painter) const;
  void paintTicks(QPainter& painter) const;
  void paintMarks(QPainter& painter) const;
  void paintHandle(QPainter& painter) const;
  void paintCaptions(QPainter& painter) const;

  TimeScale m_scale;
  double m_time = 1;
  bool m_dragging = false;
  bool m_moved = false;
  double m_grip = 0;
  std::vector<TimeMark> m_marks;
  std::vector<TimeBand> m_bands;
};

}  // namespace separatrix
