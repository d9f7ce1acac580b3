#pragma once

#include <QSlider>
#include <QTimer>

namespace separatrix {

/// A horizontal slider that a click takes to the pointer. Keys and the wheel (with the focus only)
/// ask for steps instead of moving it, so that its owner can step in the value's own units.
class JumpSlider : public QSlider {
  Q_OBJECT

public:
  explicit JumpSlider(QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  void stepRequested(int count);
  void gestureEnded();

protected:
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

private:
  int positionAt(int x) const;

  int m_grip = 0;  ///< from the handle's centre to where it was taken
  QTimer m_wheelRest;
};

}  // namespace separatrix
