#pragma once

#include "core/parameters/parameter_spec.hpp"

#include <QAbstractSpinBox>
#include <QTimer>

namespace separatrix {

/// A spin box for one double or whole number within the hard limits of a spec. It shows up to six
/// significant digits and keeps every digit of the value; its tool tip has them all. A text that is
/// no number or out of range is refused with a message: Return leaves it to be corrected, Escape
/// and leaving the box bring back the value. Steps follow the magnitude; Shift makes ten of one.
class NumberBox : public QAbstractSpinBox {
  Q_OBJECT
  Q_PROPERTY(double value READ value WRITE setValue)
  Q_PROPERTY(double minimum READ minimum)
  Q_PROPERTY(double maximum READ maximum)

public:
  explicit NumberBox(const ParameterSpec& spec, QWidget* parent = nullptr);

  double value() const { return m_value; }
  double minimum() const { return m_spec.minimum; }
  double maximum() const { return m_spec.maximum; }
  /// Emits nothing; a text that is being typed stays.
  void setValue(double value);

  /// Replaces the hard limits; the value stays.
  void setLimits(double minimum, double maximum);
  /// Typed numbers beyond the limits become the nearest limit instead of being refused.
  void setClamping(bool clamping) { m_clamping = clamping; }
  /// The size of one step; 0: a tenth of the value's power of ten.
  void setStep(double step) { m_step = step; }
  /// How many digits the box is wide; 7 at first.
  void setDigits(int digits);
  /// `count` steps, as part of a gesture that someone else ends.
  void nudge(int count);

  /// Being typed in or stepped.
  bool isActive() const { return m_typed || m_held; }
  /// Why `value` cannot be taken; empty if it can.
  QString problemOf(double value) const;

  void stepBy(int steps) override;
  QValidator::State validate(QString& input, int& position) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

signals:
  void edited(double value);
  /// The end of typing, of a step or of a run of steps that emitted `edited`.
  void gestureEnded();
  void refused(const QString& message);

protected:
  StepEnabled stepEnabled() const override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

private:
  void showValue();
  void showProblem(const QString& message);
  bool finishTyping();
  void endSteps();
  double stepped(int direction) const;

  ParameterSpec m_spec;
  double m_value = 0;
  double m_step = 0;
  int m_digits = 7;
  bool m_clamping = false;
  bool m_typed = false;
  bool m_held = false;
  bool m_moved = false;
  bool m_wrong = false;
  int m_factor = 1;
  QTimer m_wheelRest;
};

}  // namespace separatrix
