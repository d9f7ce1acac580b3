#include "core/study/problem.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {
namespace {

template <class Kind>
auto makeFrom(const std::vector<Kind>& catalog, const Variant& variant) {
  for (const Kind& kind : catalog)
    if (kind.id == variant.kind) return kind.make(variant.values);
  throw InvalidInput("kind", "\"" + variant.kind + "\" is not known");
}

}  // namespace

ProblemPtr prepare(const Scene& scene) {
  auto problem = std::make_shared<Problem>();
  problem->m_scene = scene;
  problem->m_target = makeFrom(targetCatalog(), scene.target);
  problem->m_process = makeFrom(processCatalog(), scene.process);
  return problem;
}

}  // namespace separatrix
