#include "core/study/published.hpp"

#include "core/regimes/two_classes.hpp"
#include "core/runtime/embedded_resources.hpp"
#include "core/runtime/errors.hpp"

#include <cmath>
#include <string>

namespace separatrix {
namespace {

constexpr double kPairs = 10000;  // of each φ in [B Fig 2]

const Json& biroli2024() {
  static const Json values = [] {
    for (const EmbeddedResource& each : embeddedPublished())
      if (each.name == "biroli-2024") return parseJson(std::string(each.text), "published");
    return Json();
  }();
  return values;
}

/// d of the paper's model; none where the problem is another.
std::optional<Index> dimensionOfModel(const Problem& problem) {
  const Scene& scene = problem.scene();
  if (scene.process.kind != "vp-constant" || scene.process.values.real("beta") != 2) return {};
  try {
    const TwoClasses model = twoClassesOf(problem.target(), "");
    if (std::abs(model.muTilde - 1) > 1e-12 || model.sigma2 != 1) return {};
    return problem.target().dimension();
  } catch (const Failure&) {
    return {};
  }
}

const Json* entryOf(const char* figure, Index dimension) {
  for (const Json& entry : biroli2024().at(figure))
    if (entry.at("dimension").get<Index>() == dimension) return &entry;
  return nullptr;
}

}  // namespace

std::optional<PublishedPoints> publishedCloning(const Problem& problem) {
  const auto dimension = dimensionOfModel(problem);
  const Json* entry = dimension ? entryOf("cloning", *dimension) : nullptr;
  if (entry == nullptr) return {};
  PublishedPoints out{entry->at("t"), entry->at("phi"), {}};
  for (const double phi : out.values)
    out.standardErrors.push_back(std::sqrt(std::max(0.0, phi * (1 - phi)) / kPairs));
  return out;
}

std::optional<PublishedPoints> publishedExcessEntropy(const Problem& problem, Index points) {
  const auto dimension = dimensionOfModel(problem);
  const Json* entry = dimension ? entryOf("excess_entropy", *dimension) : nullptr;
  if (entry == nullptr || entry->at("points").get<Index>() != points) return {};
  return PublishedPoints{entry->at("t"), entry->at("f_over_alpha"), entry->at("standard_error")};
}

}  // namespace separatrix
