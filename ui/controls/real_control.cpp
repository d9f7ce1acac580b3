#include "ui/controls/real_control.hpp"

#include "ui/controls/jump_slider.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/quiet_children.hpp"
#include "ui/controls/spec_problem.hpp"

#include <QHBoxLayout>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kPositions = 1000;
constexpr double kStepsInRange = 100;
constexpr int kLogarithmicDigits = 4;

}  // namespace

RealControl::RealControl(const ParameterSpec& spec, QWidget* parent)
    : QWidget(parent),
      m_spec(spec),
      m_slider(new JumpSlider(this)),
      m_box(new NumberBox(spec, this)) {
  const bool integral = spec.kind == ParameterKind::integer;
  m_low = std::max(spec.softMinimum, spec.minimum);
  m_high = std::min(spec.softMaximum, spec.maximum);
  m_logarithmic = spec.logarithmic && m_low > 0;
  const double span = m_high - m_low;
  const bool slides = span > 0 && std::isfinite(span) && !(integral && span < 2);
  m_slider->setVisible(slides);
  const bool stepwise = integral && !m_logarithmic && span <= kPositions;
  m_slider->setRange(0, stepwise && slides ? static_cast<int>(span) : kPositions);
  if (!m_logarithmic && slides) m_box->setStep(niceStep(span / kStepsInRange));
  if (integral && !slides) m_box->setStep(1);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_slider, 1);
  row->addWidget(m_box, slides ? 0 : 1);
  setFocusProxy(m_box);
  const QString name = specTitle(spec);
  m_box->setAccessibleName(name);
  m_slider->setAccessibleName(tr("%1, slider").arg(name));

  connect(m_slider, &QSlider::valueChanged, this,
          [this](int position) { change(sliderValue(position)); });
  connect(m_slider, &JumpSlider::stepRequested, m_box, &NumberBox::nudge);
  connect(m_slider, &JumpSlider::gestureEnded, this, &RealControl::finish);
  connect(m_box, &NumberBox::edited, this, &RealControl::change);
  connect(m_box, &NumberBox::gestureEnded, this, &RealControl::finish);
  setValue(m_box->value());
}

RealControl::~RealControl() {
  quietChildren(this);
}

bool RealControl::isActive() const {
  return m_slider->isSliderDown() || m_box->isActive();
}

void RealControl::setValue(double value) {
  if (m_slider->isSliderDown()) return;
  m_value = value;
  if (!m_gesture) m_committed = value;
  m_box->setValue(value);
  const QSignalBlocker blocker(m_slider);
  m_slider->setValue(sliderPosition(value));
}

double RealControl::sliderValue(int position) const {
  const int last = m_slider->maximum();
  if (position >= last) return m_high;
  if (position <= 0 && m_box->problemOf(m_low).isEmpty()) return m_low;
  const double u = std::max(position, 1) / static_cast<double>(last);
  double value = m_low + u * (m_high - m_low);
  if (m_logarithmic) {
    value = roundedTo(m_low * std::pow(m_high / m_low, u), kLogarithmicDigits);
  } else {
    const double grain = niceStep((m_high - m_low) / last);
    value = roundedTo(std::round(value / grain) * grain, 12);
  }
  if (m_spec.kind == ParameterKind::integer) value = std::round(value);
  return std::clamp(value, m_low, m_high);
}

int RealControl::sliderPosition(double value) const {
  if (!(m_high > m_low)) return 0;
  const double inside = std::clamp(value, m_low, m_high);
  const double u = m_logarithmic ? std::log(inside / m_low) / std::log(m_high / m_low)
                                 : (inside - m_low) / (m_high - m_low);
  return static_cast<int>(std::lround(u * m_slider->maximum()));
}

void RealControl::change(double value) {
  if (value == m_value) return;
  m_gesture = true;
  m_value = value;
  m_box->setValue(value);
  if (!m_slider->isSliderDown()) {
    const QSignalBlocker blocker(m_slider);
    m_slider->setValue(sliderPosition(value));
  }
  emit edited(value);
}

void RealControl::finish() {
  if (!m_gesture || m_slider->isSliderDown()) return;
  m_gesture = false;
  const bool changed = m_value != m_committed;
  m_committed = m_value;
  if (changed) emit committed(m_value);
}

}  // namespace separatrix
