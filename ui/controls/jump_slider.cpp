#include "ui/controls/jump_slider.hpp"

#include "ui/controls/keep_keys.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QWheelEvent>

namespace separatrix {
namespace {

constexpr int kWheelRestMs = 300;
constexpr int kShiftFactor = 10;

}  // namespace

JumpSlider::JumpSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setFocusPolicy(Qt::StrongFocus);
  keepKeys(this, {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End,
                  Qt::Key_PageUp, Qt::Key_PageDown});
  m_wheelRest.setSingleShot(true);
  m_wheelRest.setInterval(kWheelRestMs);
  connect(&m_wheelRest, &QTimer::timeout, this, &JumpSlider::gestureEnded);
}

int JumpSlider::positionAt(int x) const {
  QStyleOptionSlider option;
  initStyleOption(&option);
  const QRect groove =
      style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
  const QRect handle =
      style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
  const int span = groove.width() - handle.width();
  const int offset = x - groove.left() - handle.width() / 2;
  return QStyle::sliderValueFromPosition(minimum(), maximum(), offset, span, option.upsideDown);
}

void JumpSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    event->ignore();
    return;
  }
  QStyleOptionSlider option;
  initStyleOption(&option);
  const QRect handle =
      style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
  const QPoint at = event->position().toPoint();
  m_grip = handle.contains(at) ? at.x() - handle.center().x() : 0;
  setSliderDown(true);
  if (!handle.contains(at)) setSliderPosition(positionAt(at.x()));
  event->accept();
}

void JumpSlider::mouseMoveEvent(QMouseEvent* event) {
  if (!isSliderDown()) {
    event->ignore();
    return;
  }
  setSliderPosition(positionAt(event->position().toPoint().x() - m_grip));
}

void JumpSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !isSliderDown()) {
    event->ignore();
    return;
  }
  setSliderDown(false);
  emit gestureEnded();
}

void JumpSlider::keyPressEvent(QKeyEvent* event) {
  const int factor = event->modifiers() & Qt::ShiftModifier ? kShiftFactor : 1;
  const int forward = isRightToLeft() ? -1 : 1;
  switch (event->key()) {
    case Qt::Key_Left:
      emit stepRequested(-forward * factor);
      return;
    case Qt::Key_Right:
      emit stepRequested(forward * factor);
      return;
    case Qt::Key_Up:
      emit stepRequested(factor);
      return;
    case Qt::Key_Down:
      emit stepRequested(-factor);
      return;
    case Qt::Key_PageUp:
      emit stepRequested(kShiftFactor);
      return;
    case Qt::Key_PageDown:
      emit stepRequested(-kShiftFactor);
      return;
    case Qt::Key_Home:
      setValue(minimum());
      return;
    case Qt::Key_End:
      setValue(maximum());
      return;
    default:
      event->ignore();
  }
}

void JumpSlider::keyReleaseEvent(QKeyEvent* event) {
  if (event->isAutoRepeat()) return;
  emit gestureEnded();
  event->ignore();
}

void JumpSlider::wheelEvent(QWheelEvent* event) {
  if (!hasFocus()) {
    event->ignore();
    return;
  }
  const QPoint angle = event->angleDelta();
  const int delta = angle.y() != 0 ? angle.y() : angle.x();
  event->accept();
  if (delta == 0) return;
  const int factor = event->modifiers() & Qt::ShiftModifier ? kShiftFactor : 1;
  emit stepRequested(delta > 0 ? factor : -factor);
  m_wheelRest.start();
}

void JumpSlider::focusOutEvent(QFocusEvent* event) {
  m_wheelRest.stop();
  if (!isSliderDown()) emit gestureEnded();
  QSlider::focusOutEvent(event);
}

QSize JumpSlider::sizeHint() const {
  return {fontMetrics().averageCharWidth() * 16, QSlider::sizeHint().height()};
}

QSize JumpSlider::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 12, QSlider::minimumSizeHint().height()};
}

}  // namespace separatrix
