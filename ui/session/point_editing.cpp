#include "ui/session/point_editing.hpp"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kWheelMilliseconds = 400;  // between steps of one edit

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

std::vector<double> PointEditing::weights() const {
  const Json& values = m_session.scene().target.values.json();
  if (points().size() == 0 || !values.contains("weights")) return {};
  const Json& weights = values.at("weights");
  if (!weights.is_array() || weights.size() != static_cast<std::size_t>(points().cols())) return {};
  return weights.get<std::vector<double>>();
}

void PointEditing::scaleWeight(int index, double steps) {
  constexpr double kStep = 1.1;
  std::vector<double> all = weights();
  if (all.empty()) all.assign(static_cast<std::size_t>(points().cols()), 1);
  double& weight = all.at(static_cast<std::size_t>(index));
  weight = std::clamp(weight * std::pow(kStep, steps), 1e-6, 1e6);
  Json changes = Json::object();
  changes["weights"] = Json::array();
  for (const double each : all) changes["weights"].push_back(canonicalNumber(each));
  m_session.editFor(kWheelMilliseconds);
  m_session.editEntries("target", changes, QObject::tr("Weight of point %1").arg(index + 1));
}

}  // namespace separatrix
