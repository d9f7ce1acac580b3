#include "ui/controls/timeline_accessible.hpp"

#include "ui/controls/timeline_track.hpp"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>

namespace separatrix {
namespace {

class TrackAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
  explicit TrackAccessible(TimelineTrack* track)
      : QAccessibleWidget(track, QAccessible::Slider), m_track(track) {}

  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }
  QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Value ? m_track->valueText() : QAccessibleWidget::text(kind);
  }

  QVariant currentValue() const override { return scale().valueAt(m_track->time()); }
  void setCurrentValue(const QVariant& value) override {
    const double s = scale().timeOfValue(value.toDouble());
    emit m_track->edited(s);
    emit m_track->committed(s);
  }
  QVariant maximumValue() const override {
    return std::max(scale().noiseValue(), scale().dataValue());
  }
  QVariant minimumValue() const override {
    return std::min(scale().noiseValue(), scale().dataValue());
  }
  QVariant minimumStepSize() const override { return 0.0; }

private:
  const TimeScale& scale() const { return m_track->scale(); }

  TimelineTrack* m_track;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
  auto* track = qobject_cast<TimelineTrack*>(object);
  return track != nullptr ? new TrackAccessible(track) : nullptr;
}

}  // namespace

void installTimelineAccessibility() {
  [[maybe_unused]] static const bool once = [] {
    QAccessible::installFactory(makeInterface);
    return true;
  }();
}

}  // namespace separatrix
