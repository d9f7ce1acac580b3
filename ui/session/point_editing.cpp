#include "ui/session/point_editing.hpp"

#include <QObject>

namespace separatrix {
namespace {

const TargetKind* targetKind(const Scene& scene) {
  for (const TargetKind& kind : targetCatalog())
    if (kind.id == scene.target.kind) return &kind;
  return nullptr;
}

const ParameterSpec* pointSpec(const Scene& scene) {
  const TargetKind* kind = targetKind(scene);
  if (kind == nullptr) return nullptr;
  for (const ParameterSpec& spec : kind->parameters)
    if (spec.kind == ParameterKind::pointTable) return &spec;
  return nullptr;
}

Json pointJson(const Vec& x) {
  Json out = Json::array();
  for (const double coordinate : x) out.push_back(canonicalNumber(coordinate));
  return out;
}

}  // namespace

Mat PointEditing::points() const {
  const ParameterSpec* spec = pointSpec(m_session.scene());
  return spec == nullptr ? Mat() : m_session.scene().target.values.points(spec->name);
}

void PointEditing::apply(const QString& text, const std::function<void(Json& points)>& onPoints,
                         const std::function<void(Json& attribute)>& onAttributes) {
  const Scene& scene = m_session.scene();
  const ParameterSpec* points = pointSpec(scene);
  if (points == nullptr) return;
  Json changes = Json::object();
  changes[points->name] = scene.target.values.json().at(points->name);
  onPoints(changes[points->name]);
  for (const ParameterSpec& spec : targetKind(scene)->parameters) {
    Json value = scene.target.values.json().at(spec.name);
    if (spec.kind != ParameterKind::vector || !value.is_array()) continue;
    onAttributes(value);
    changes[spec.name] = value;
  }
  m_session.editEntries("target", changes, text);
}

void PointEditing::move(int index, const Vec& to) {
  apply(
      QObject::tr("Move point"),
      [&](Json& points) { points[static_cast<std::size_t>(index)] = pointJson(to); }, [](Json&) {});
}

void PointEditing::add(const Vec& at) {
  apply(
      QObject::tr("Place point"), [&](Json& points) { points.push_back(pointJson(at)); },
      [](Json& attribute) {
        const Json last = attribute.back();
        attribute.push_back(last);
      });
}

void PointEditing::remove(int index) {
  if (points().cols() < 2) return;
  const auto erase = [index](Json& list) { list.erase(static_cast<std::size_t>(index)); };
  apply(QObject::tr("Delete point"), erase, erase);
}

}  // namespace separatrix
