#include "ui/controls/number_box.hpp"
#include "ui/controls/symbolic_icon.hpp"
#include "ui/controls/timeline.hpp"
#include "ui/controls/timeline_track.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace separatrix {
namespace {

struct Speed {
  double factor;
  const char* title;
};
constexpr std::array kSpeeds{Speed{0.25, "¼×"}, Speed{0.5, "½×"}, Speed{1, "1×"}, Speed{2, "2×"},
                             Speed{4, "4×"}};
constexpr int kNormalSpeed = 2;

}  // namespace

QToolButton* Timeline::addButton(QHBoxLayout* row, const QString& icon, const QString& text,
                                 const QString& keys) {
  auto* button = new QToolButton(this);
  button->setIcon(symbolicIcon(icon));
  button->setAutoRaise(true);
  button->setToolTip(keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys));
  button->setAccessibleName(text);
  button->setWhatsThis(button->toolTip());
  button->setFocusPolicy(Qt::TabFocus);
  row->addWidget(button);
  return button;
}

void Timeline::buildTransport(QHBoxLayout* row) {
  row->setSpacing(std::max(2, fontMetrics().height() / 8));
  m_startButton = addButton(row, QStringLiteral("to-start"), tr("To the noise"), tr("Home"));
  m_backButton = addButton(row, QStringLiteral("step-back"), tr("Step towards the noise"), tr("←"));
  m_playButton = addButton(row, QStringLiteral("play"), tr("Play"), tr("Space"));
  m_forwardButton =
      addButton(row, QStringLiteral("step-forward"), tr("Step towards the data"), tr("→"));
  m_endButton = addButton(row, QStringLiteral("to-end"), tr("To the data"), tr("End"));
  m_loopButton = addButton(row, QStringLiteral("loop"), tr("Play again from the noise"), {});
  m_loopButton->setCheckable(true);
  m_backButton->setAutoRepeat(true);
  m_forwardButton->setAutoRepeat(true);
  row->addSpacing(fontMetrics().averageCharWidth());
  connect(m_startButton, &QToolButton::clicked, this, &Timeline::toStart);
  connect(m_backButton, &QToolButton::clicked, this, [this] { stepBackward(); });
  connect(m_playButton, &QToolButton::clicked, this, &Timeline::togglePlay);
  connect(m_forwardButton, &QToolButton::clicked, this, [this] { stepForward(); });
  connect(m_endButton, &QToolButton::clicked, this, &Timeline::toEnd);
  connect(m_loopButton, &QToolButton::clicked, this, &Timeline::loopingChanged);
}

void Timeline::buildReadout(QHBoxLayout* row) {
  m_axisBox = new QComboBox(this);
  m_axisBox->setToolTip(tr("What the timeline counts in"));
  m_axisBox->setAccessibleName(tr("Axis of the timeline"));
  m_symbol = new QLabel(this);
  m_symbol->setTextFormat(Qt::RichText);
  m_box = new NumberBox(ParameterSpec::real("time", 1), this);
  m_box->setClamping(true);
  m_speedBox = new QComboBox(this);
  for (const Speed& speed : kSpeeds)
    m_speedBox->addItem(QString::fromUtf8(speed.title), speed.factor);
  m_speedBox->setCurrentIndex(kNormalSpeed);
  m_speedBox->setToolTip(tr("Speed of playing ([ slower, ] faster)"));
  m_speedBox->setAccessibleName(tr("Speed"));
  setWhatsThis(
      tr("Diffusion time: noise at the left, data at the right. Drag the handle or play; "
         "marks are critical times, shades the dynamical regimes: I before the classes of "
         "the data part, II after, III where trajectories are bound to single data points "
         "(Biroli et al. 2024)."));
  row->addSpacing(fontMetrics().averageCharWidth());
  row->addWidget(m_axisBox);
  row->addWidget(m_symbol);
  row->addWidget(m_box);
  row->addWidget(m_speedBox);
  connect(m_axisBox, &QComboBox::activated, this, &Timeline::chooseAxis);
  connect(m_speedBox, &QComboBox::activated, this, [this] { emit speedChanged(speed()); });
}

QSize Timeline::sizeHint() const {
  return {fontMetrics().averageCharWidth() * 130, minimumSizeHint().height()};
}

QSize Timeline::minimumSizeHint() const {
  const QMargins margins = layout()->contentsMargins();
  const int row = std::max(m_track->sizeHint().height(), m_box->sizeHint().height());
  const int width = m_track->minimumSizeHint().width() + m_playButton->sizeHint().width() +
                    m_box->sizeHint().width() + 3 * layout()->spacing();
  return {width + margins.left() + margins.right(), row + margins.top() + margins.bottom()};
}

void Timeline::fitContents() {
  struct Group {
    std::vector<QWidget*> widgets;
    int track;  ///< characters that the track should keep before the group may stay
  };
  const std::array<Group, 6> leastNeededFirst{{{{m_speedBox}, 66},
                                               {{m_loopButton}, 60},
                                               {{m_axisBox}, 50},
                                               {{m_startButton, m_endButton}, 40},
                                               {{m_backButton, m_forwardButton}, 28},
                                               {{m_symbol}, 20}}};
  const int character = fontMetrics().averageCharWidth();
  const int gap = layout()->spacing();
  int taken = minimumSizeHint().width() - m_track->minimumSizeHint().width() + 2 * character;
  for (const Group& group : leastNeededFirst)
    for (const QWidget* widget : group.widgets) taken += widget->sizeHint().width() + gap;
  for (const Group& group : leastNeededFirst) {
    const bool fits = taken + group.track * character <= width();
    for (QWidget* widget : group.widgets) {
      widget->setVisible(fits);
      if (!fits) taken -= widget->sizeHint().width() + gap;
    }
  }
}

}  // namespace separatrix
