#include "ui/controls/timeline.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/controls/number_text.hpp"
#include "ui/controls/quiet_children.hpp"
#include "ui/controls/symbolic_icon.hpp"
#include "ui/controls/time_scale.hpp"
#include "ui/controls/timeline_track.hpp"
#include "ui/plots/math_text.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <utility>

namespace separatrix {
namespace {

using std::chrono::nanoseconds;
using Seconds = std::chrono::duration<double>;

constexpr double kFullRunSeconds = 8;
constexpr int kFrameMs = 16;
constexpr nanoseconds kLongestFrame = std::chrono::milliseconds(250);
constexpr int kShiftFactor = 10;

nanoseconds monotonicNow() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

}  // namespace

Timeline::Timeline(QWidget* parent)
    : QWidget(parent),
      m_clock(monotonicNow),
      m_axes{TimeScale().axis()},
      m_track(new TimelineTrack(this)),
      m_frames(new QTimer(this)) {
  setLayoutDirection(Qt::LeftToRight);
  setFocusProxy(m_track);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(this);
  row->setSizeConstraint(QLayout::SetNoConstraint);
  buildTransport(row);
  row->addWidget(m_track, 1);
  buildReadout(row);
  connectTrack();
  m_frames->setTimerType(Qt::PreciseTimer);
  m_frames->setInterval(kFrameMs);
  connect(m_frames, &QTimer::timeout, this, &Timeline::advance);
  setAxes(m_axes);
}

Timeline::~Timeline() {
  quietChildren(this);
}

void Timeline::connectTrack() {
  connect(m_track, &TimelineTrack::edited, this, [this](double s) { moveTo(s, false); });
  connect(m_track, &TimelineTrack::committed, this, &Timeline::timeCommitted);
  connect(m_track, &TimelineTrack::focusLost, this, &Timeline::endKeySteps);
  connect(m_box, &NumberBox::edited, this,
          [this](double value) { moveTo(m_track->scale().timeOfValue(value), false); });
  connect(m_box, &NumberBox::gestureEnded, this, [this] {
    showTime();
    emit timeCommitted(m_time);
  });
}

void Timeline::setRange(double smallest, double horizon) {
  if (!(smallest >= 0) || !(horizon > smallest) || !std::isfinite(horizon))
    throw InvalidInput("timeline", "the range of time must be 0 ≤ smallest < horizon");
  m_smallest = smallest;
  m_horizon = horizon;
  m_time = std::clamp(m_time, smallest, horizon);
  setAxes(m_axes);
}

void Timeline::setAxes(std::vector<TimeAxisView> axes) {
  if (axes.empty()) throw InvalidInput("timeline", "there must be an axis");
  const QString chosen = axis();
  m_axes = std::move(axes);
  const QSignalBlocker blocker(m_axisBox);
  m_axisBox->clear();
  for (const TimeAxisView& each : m_axes) m_axisBox->addItem(each.title, each.id);
  m_axisBox->setEnabled(m_axes.size() > 1);
  m_axisBox->setCurrentIndex(std::max(0, m_axisBox->findData(chosen)));
  showAxis();
}

QString Timeline::axis() const {
  return m_axisBox->currentData().toString();
}

void Timeline::setAxis(const QString& id) {
  const int index = m_axisBox->findData(id);
  if (index < 0) return;
  m_axisBox->setCurrentIndex(index);
  showAxis();
}

void Timeline::chooseAxis(int index) {
  showAxis();
  emit axisChanged(m_axes[static_cast<std::size_t>(index)].id);
}

void Timeline::showAxis() {
  const auto index = static_cast<std::size_t>(m_axisBox->currentIndex());
  TimeScale scale(m_axes[index], m_smallest, m_horizon);
  const auto [low, high] = std::minmax({scale.noiseValue(), scale.dataValue()});
  m_box->setLimits(low, high);
  m_box->setStep(niceStep((high - low) / m_stepCount));
  m_box->setAccessibleName(m_axes[index].title);
  m_symbol->setText(richText(m_axes[index].symbol) + QStringLiteral(" ="));
  m_track->setScale(std::move(scale));
  m_playFraction = m_track->scale().fraction(m_time);
  showTime();
  fitContents();
}

void Timeline::showTime() {
  m_track->setTime(m_time);
  m_box->setValue(m_track->scale().valueAt(m_time));
}

void Timeline::setTime(double s) {
  s = std::clamp(s, m_smallest, m_horizon);
  if (isDragging() || s == m_time) return;
  m_time = s;
  m_playFraction = m_track->scale().fraction(s);
  showTime();
}

void Timeline::moveTo(double s, bool commit) {
  s = std::clamp(s, m_smallest, m_horizon);
  const bool moved = s != m_time;
  m_time = s;
  m_playFraction = m_track->scale().fraction(s);
  showTime();
  if (moved) emit timeEdited(s);
  if (moved && commit) emit timeCommitted(s);
}

void Timeline::moveByFraction(double fraction, bool commit) {
  const double now = m_track->scale().fraction(m_time);
  moveTo(m_track->scale().timeAt(now + fraction), commit);
}

void Timeline::setMarks(std::vector<TimeMark> marks) {
  m_track->setMarks(std::move(marks));
}
void Timeline::setBands(std::vector<TimeBand> bands) {
  m_track->setBands(std::move(bands));
}

void Timeline::setStepCount(int count) {
  m_stepCount = std::max(count, 1);
  showAxis();
}

bool Timeline::isLooping() const {
  return m_loopButton->isChecked();
}
void Timeline::setLooping(bool looping) {
  m_loopButton->setChecked(looping);
}
bool Timeline::isDragging() const {
  return m_track->isDragging();
}

double Timeline::speed() const {
  return m_speedBox->currentData().toDouble();
}

void Timeline::setSpeed(double factor) {
  const auto distance = [&](int index) {
    return std::abs(std::log(m_speedBox->itemData(index).toDouble() / std::max(factor, 1e-3)));
  };
  int nearest = 0;
  for (int i = 1; i < m_speedBox->count(); ++i)
    if (distance(i) < distance(nearest)) nearest = i;
  m_speedBox->setCurrentIndex(nearest);
}

void Timeline::slower() {
  changeSpeed(-1);
}
void Timeline::faster() {
  changeSpeed(1);
}

void Timeline::changeSpeed(int direction) {
  const int index = m_speedBox->currentIndex() + direction;
  if (index < 0 || index >= m_speedBox->count()) return;
  m_speedBox->setCurrentIndex(index);
  emit speedChanged(speed());
}

void Timeline::setClock(Clock clock) {
  m_clock = std::move(clock);
  m_lastFrame = m_clock();
}

void Timeline::play() {
  if (m_playing) return;
  if (m_track->scale().fraction(m_time) >= 1) moveTo(m_horizon, false);
  m_playFraction = m_track->scale().fraction(m_time);
  m_lastFrame = m_clock();
  setPlaying(true);
}

void Timeline::pause() {
  if (!m_playing) return;
  setPlaying(false);
  emit timeCommitted(m_time);
}

void Timeline::togglePlay() {
  if (m_playing)
    pause();
  else
    play();
}

void Timeline::setPlaying(bool playing) {
  m_playing = playing;
  if (playing)
    m_frames->start();
  else
    m_frames->stop();
  const QString text = playing ? tr("Pause") : tr("Play");
  m_playButton->setIcon(symbolicIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
  m_playButton->setToolTip(tr("%1 (Space)").arg(text));
  m_playButton->setAccessibleName(text);
  emit playingChanged(playing);
}

void Timeline::advance() {
  if (!m_playing) return;
  const nanoseconds now = m_clock();
  const nanoseconds elapsed = std::clamp(now - m_lastFrame, nanoseconds(0), kLongestFrame);
  m_lastFrame = now;
  if (isDragging() || m_box->isActive()) return;
  double next = m_playFraction + Seconds(elapsed).count() * speed() / kFullRunSeconds;
  if (next >= 1 && isLooping() && m_playFraction >= 1) next = std::fmod(next, 1.0);
  next = std::min(next, 1.0);
  moveTo(m_track->scale().timeAt(next), false);
  m_playFraction = next;
  if (next >= 1 && !isLooping()) pause();
}

void Timeline::stepForward(int count) {
  pause();
  moveByFraction(static_cast<double>(count) / m_stepCount, !m_keyStart);
}
void Timeline::stepBackward(int count) {
  stepForward(-count);
}
void Timeline::toStart() {
  moveTo(m_horizon, !m_keyStart);
}
void Timeline::toEnd() {
  moveTo(m_smallest, !m_keyStart);
}

bool Timeline::handleKey(const QKeyEvent& event) {
  const int count = event.modifiers() & Qt::ShiftModifier ? kShiftFactor : 1;
  switch (event.key()) {
    case Qt::Key_Right:
    case Qt::Key_Left:
    case Qt::Key_Home:
    case Qt::Key_End:
      if (!m_keyStart) m_keyStart = m_time;
      break;
    case Qt::Key_Space:
      if (!event.isAutoRepeat()) togglePlay();
      return true;
    case Qt::Key_BracketLeft:
      slower();
      return true;
    case Qt::Key_BracketRight:
      faster();
      return true;
    default:
      return false;
  }
  if (event.key() == Qt::Key_Home) toStart();
  if (event.key() == Qt::Key_End) toEnd();
  if (event.key() == Qt::Key_Left) stepBackward(count);
  if (event.key() == Qt::Key_Right) stepForward(count);
  return true;
}

void Timeline::keyPressEvent(QKeyEvent* event) {
  const bool modified = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier);
  if (modified || !handleKey(*event)) QWidget::keyPressEvent(event);
}

void Timeline::keyReleaseEvent(QKeyEvent* event) {
  if (!event->isAutoRepeat()) endKeySteps();
  QWidget::keyReleaseEvent(event);
}

void Timeline::endKeySteps() {
  if (!m_keyStart) return;
  const bool moved = *m_keyStart != m_time;
  m_keyStart.reset();
  if (moved) emit timeCommitted(m_time);
}

void Timeline::resizeEvent(QResizeEvent* event) {
  fitContents();
  QWidget::resizeEvent(event);
}

void Timeline::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange) return;
  if (m_speedBox == nullptr) return;
  updateGeometry();
  fitContents();
}

}  // namespace separatrix
