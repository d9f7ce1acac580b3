#pragma once

#include "ui/session/demand.hpp"
#include "ui/views/view_options.hpp"

#include <optional>

namespace separatrix {

/// The choice of a second potential to draw beside that of the scene.
void addCompareOption(ViewOptions& options);
/// None, or what was chosen.
std::optional<PotentialKind> comparedPotential(const ViewOptions& options);

/// The same demand with another potential; none where none was chosen.
std::optional<Demand> comparedDemand(const ViewOptions& options, Demand demand);

/// The result of `key` with the chosen potential; null where there is none.
template <class R>
std::shared_ptr<const R> comparedResult(const Session& session, const ViewOptions& options,
                                        const std::string& key) {
  const auto demand = comparedDemand(options, Demand{key});
  return demand ? session.result<R>(demand->key()) : nullptr;
}

/// What it is called in a legend; empty where none was chosen.
QString comparedName(const ViewOptions& options);

}  // namespace separatrix
