#include "ui/session/edit_text.hpp"

#include "core/models/score_model.hpp"
#include "core/processes/catalog.hpp"
#include "core/targets/catalog.hpp"

#include <QCoreApplication>

namespace separatrix {
namespace {

QString translated(const char* text) {
  return QCoreApplication::translate("separatrix::editText", text);
}

template <class Kind>
QString titleOf(const std::vector<Kind>& catalog, const Json& id) {
  for (const Kind& kind : catalog)
    if (id == Json(kind.id)) return QString::fromStdString(kind.title);
  return QString::fromStdString(shown(id));
}

template <class Kind>
const ParameterSpecs* specsIn(const std::vector<Kind>& catalog, const std::string& id) {
  for (const Kind& kind : catalog)
    if (kind.id == id) return &kind.parameters;
  return nullptr;
}

const ParameterSpecs* specsOf(const Scene& scene, const std::string& section) {
  if (section == "target") return specsIn(targetCatalog(), scene.target.kind);
  if (section == "process") return specsIn(processCatalog(), scene.process.kind);
  if (section == "model") return &modelParameters();
  return section == "ensemble" ? &ensembleParameters() : nullptr;
}

QString kindText(const std::string& section, const Json& id) {
  if (section == "target") return translated("Data: %1").arg(titleOf(targetCatalog(), id));
  return translated("Noise: %1").arg(titleOf(processCatalog(), id));
}

}  // namespace

QString editText(const Scene& scene, const std::string& section, const Json& changes) {
  if (section.empty() && changes.contains("potential")) {
    for (const PotentialInfo& info : potentialCatalog())
      if (changes.at("potential") == Json(info.id))
        return translated("Potential: %1").arg(QString::fromStdString(info.title));
  }
  if (changes.contains("kind")) return kindText(section, changes.at("kind"));
  const ParameterSpecs* specs = specsOf(scene, section);
  if (specs == nullptr || changes.empty()) return translated("Edit");
  const auto first = changes.items().begin();
  const ParameterSpec* spec = findSpec(*specs, first.key());
  if (spec == nullptr) return translated("Edit");
  const QString label = QString::fromStdString(spec->label);
  const bool plain = changes.size() == 1 && !first.value().is_structured();
  if (!plain) return label;
  const QString value = first.value().is_string()
                            ? QString::fromStdString(first.value().get<std::string>())
                            : QString::fromStdString(shown(first.value()));
  return first.value().is_null() ? translated("%1: automatic").arg(label)
                                 : QStringLiteral("%1: %2").arg(label, value);
}

}  // namespace separatrix
