#include "ui/views/compare_option.hpp"

#include <QCoreApplication>

namespace separatrix {
namespace {

const char* const kOption = "compare";

QString translated(const char* text) {
  return QCoreApplication::translate("CompareOption", text);
}

}  // namespace

void addCompareOption(ViewOptions& options) {
  std::vector<ViewOptions::Item> items{{"none", translated("Alone")}};
  for (const PotentialInfo& info : potentialCatalog())
    items.push_back({QString::fromStdString(info.id),
                     translated("With %1").arg(QString::fromStdString(info.title))});
  options.addChoice(kOption, std::move(items),
                    {translated("Compared with"),
                     translated("A second potential, drawn in grey beside that of the scene: which "
                                "one is meant changes the shape of the wells and the time at which "
                                "they part.")});
}

std::optional<PotentialKind> comparedPotential(const ViewOptions& options) {
  const std::string chosen = options.choice(kOption).toStdString();
  for (const PotentialInfo& info : potentialCatalog())
    if (info.id == chosen) return info.kind;
  return {};
}

std::optional<Demand> comparedDemand(const ViewOptions& options, Demand demand) {
  const auto kind = comparedPotential(options);
  if (!kind) return {};
  const std::string& id = potentialInfo(*kind).id;
  demand.name = demand.key() + "-of-" + id;
  demand.overrides = {"potential=" + id};
  return demand;
}

QString comparedName(const ViewOptions& options) {
  const auto kind = comparedPotential(options);
  return kind ? QString::fromStdString(potentialInfo(*kind).title) : QString();
}

}  // namespace separatrix
