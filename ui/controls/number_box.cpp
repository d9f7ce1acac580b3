#include "ui/controls/number_box.hpp"

#include "ui/controls/number_text.hpp"
#include "ui/controls/problem_style.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QStyle>
#include <QStyleOptionSpinBox>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace separatrix {
namespace {

constexpr int kWheelRestMs = 300;
constexpr int kTidyDigits = 12;
constexpr int kShiftFactor = 10;

}  // namespace

NumberBox::NumberBox(const ParameterSpec& spec, QWidget* parent)
    : QAbstractSpinBox(parent), m_spec(spec) {
  m_spec.nullable = false;
  m_value = startingValue(m_spec);
  setLocale(QLocale::c());
  setFocusPolicy(Qt::StrongFocus);
  setAccelerated(true);
  lineEdit()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  lineEdit()->setLayoutDirection(Qt::LeftToRight);
  connect(lineEdit(), &QLineEdit::textEdited, this, [this](const QString& text) {
    m_typed = true;
    const auto number = parseNumber(text);
    showProblem(number && !m_clamping ? problemOf(*number) : QString());
  });
  m_wheelRest.setSingleShot(true);
  m_wheelRest.setInterval(kWheelRestMs);
  connect(&m_wheelRest, &QTimer::timeout, this, &NumberBox::endSteps);
  showValue();
}

QString NumberBox::problemOf(double value) const {
  return specProblem(m_spec, value);
}

void NumberBox::setLimits(double minimum, double maximum) {
  m_spec.minimum = minimum;
  m_spec.maximum = maximum;
}

void NumberBox::setValue(double value) {
  m_value = value;
  if (!m_typed) showValue();
}

void NumberBox::showValue() {
  m_typed = false;
  const QString text = shortNumber(m_value);
  if (lineEdit()->text() != text) lineEdit()->setText(text);
  showProblem(QString());
  updateGeometry();
}

void NumberBox::showProblem(const QString& message) {
  const bool wrong = !message.isEmpty();
  if (wrong != m_wrong) markProblem(this, wrong);
  m_wrong = wrong;
  const QString exact = exactNumber(m_value);
  const bool hidden = exact != shortNumber(m_value);
  setToolTip(wrong ? message : hidden ? exact : QString());
}

bool NumberBox::finishTyping() {
  if (!m_typed) return true;
  const QString text = lineEdit()->text();
  if (text == shortNumber(m_value)) {
    showValue();
    return true;
  }
  auto number = parseNumber(text);
  if (number && m_clamping) number = std::clamp(*number, m_spec.minimum, m_spec.maximum);
  const QString problem =
      number ? problemOf(*number) : tr("“%1” is not a number").arg(text.trimmed());
  if (!problem.isEmpty()) {
    showProblem(problem);
    tellProblem(this, problem);
    emit refused(problem);
    return false;
  }
  m_typed = false;
  m_value = *number;
  showValue();
  emit edited(m_value);
  emit gestureEnded();
  return true;
}

double NumberBox::stepped(int direction) const {
  const bool integral = m_spec.kind == ParameterKind::integer;
  const double size = std::abs(m_value);
  const auto adaptive = [&] {
    if (size == 0) return m_step > 0 ? m_step : 0.01;
    double power = std::pow(10.0, std::floor(std::log10(size) + 1e-12));
    const bool shrinking = (direction < 0) == (m_value > 0);
    if (shrinking && size < power * (1 + 1e-9)) power /= 10;
    return power / 10;
  };
  const auto moved = [&](double step) {
    if (integral) step = std::max(1.0, std::round(step));
    const double next = m_value + direction * step;
    return std::abs(next) < step * 1e-9 ? 0.0 : roundedTo(next, integral ? 16 : kTidyDigits);
  };
  const double next = moved(m_step > 0 ? m_step : adaptive());
  if (problemOf(next).isEmpty()) return next;
  if (next > m_spec.maximum) return m_spec.maximum;
  if (!m_spec.aboveMinimum) return std::max(next, m_spec.minimum);
  const double smaller = moved(adaptive());
  return problemOf(smaller).isEmpty() ? smaller : m_value;
}

void NumberBox::setDigits(int digits) {
  m_digits = digits;
  updateGeometry();
}

void NumberBox::nudge(int count) {
  if (!finishTyping()) showValue();
  const double before = m_value;
  for (int i = 0; i < std::abs(count); ++i) m_value = stepped(count < 0 ? -1 : 1);
  showValue();
  if (m_value == before) return;
  m_moved = true;
  emit edited(m_value);
}

void NumberBox::stepBy(int steps) {
  nudge(steps * m_factor);
  if (!m_held) endSteps();
}

void NumberBox::endSteps() {
  m_held = false;
  m_factor = 1;
  m_wheelRest.stop();
  if (std::exchange(m_moved, false)) emit gestureEnded();
}

QValidator::State NumberBox::validate(QString&, int&) const {
  return QValidator::Acceptable;
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  StepEnabled enabled = StepNone;
  if (isReadOnly()) return enabled;
  if (m_value < m_spec.maximum) enabled |= StepUpEnabled;
  if (m_value > m_spec.minimum) enabled |= StepDownEnabled;
  return enabled;
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
  const int factor = event->modifiers() & Qt::ShiftModifier ? kShiftFactor : 1;
  switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
      const bool up = event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp;
      const bool page = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown;
      m_held = true;
      nudge((up ? 1 : -1) * (page ? kShiftFactor : factor));
      selectAll();
      return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (finishTyping()) selectAll();
      return;
    case Qt::Key_Escape:
      if (!m_typed) break;
      showValue();
      selectAll();
      return;
    default:
      break;
  }
  QAbstractSpinBox::keyPressEvent(event);
}

void NumberBox::keyReleaseEvent(QKeyEvent* event) {
  if (m_held && !event->isAutoRepeat()) endSteps();
  QAbstractSpinBox::keyReleaseEvent(event);
}

void NumberBox::mousePressEvent(QMouseEvent* event) {
  m_held = event->button() == Qt::LeftButton;
  m_factor = event->modifiers() & Qt::ShiftModifier ? kShiftFactor : 1;
  QAbstractSpinBox::mousePressEvent(event);
}

void NumberBox::mouseReleaseEvent(QMouseEvent* event) {
  QAbstractSpinBox::mouseReleaseEvent(event);
  endSteps();
}

void NumberBox::wheelEvent(QWheelEvent* event) {
  if (!hasFocus()) {
    event->ignore();
    return;
  }
  const QPoint angle = event->angleDelta();
  const int delta = angle.y() != 0 ? angle.y() : angle.x();  // Shift turns the wheel sideways
  event->accept();
  if (delta == 0) return;
  m_held = true;
  nudge((delta > 0 ? 1 : -1) * (event->modifiers() & Qt::ShiftModifier ? kShiftFactor : 1));
  m_wheelRest.start();
}

void NumberBox::focusOutEvent(QFocusEvent* event) {
  endSteps();
  if (!finishTyping()) showValue();
  QAbstractSpinBox::focusOutEvent(event);
}

void NumberBox::changeEvent(QEvent* event) {
  QAbstractSpinBox::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateGeometry();
}

QSize NumberBox::sizeHint() const {
  QStyleOptionSpinBox option;
  initStyleOption(&option);
  const QString widest = QStringLiteral("−.") + QString(m_digits, QLatin1Char('0'));
  const int text = fontMetrics().horizontalAdvance(widest) + fontMetrics().averageCharWidth();
  const QSize content(text, lineEdit()->sizeHint().height());
  return style()->sizeFromContents(QStyle::CT_SpinBox, &option, content, this);
}

QSize NumberBox::minimumSizeHint() const {
  const int spare = m_digits > 4 ? fontMetrics().horizontalAdvance(QStringLiteral("00")) : 0;
  return sizeHint() - QSize(spare, 0);
}

}  // namespace separatrix
