#include "core/study/problem.hpp"

#include "core/datasets/file_loader.hpp"
#include "core/runtime/errors.hpp"

#include <mutex>

namespace separatrix {

struct Problem::LazyDirections {
  std::once_flag once;
  PrincipalDirections directions;
};

const PrincipalDirections& Problem::principalDirections() const {
  constexpr Index kKept = 16;
  std::call_once(m_directions->once, [this] {
    m_directions->directions = separatrix::principalDirections(*m_target, kKept);
  });
  return m_directions->directions;
}

namespace {

template <class Kind, class... Loader>
auto makeFrom(const std::vector<Kind>& catalog, const Variant& variant, Loader&... files) {
  for (const Kind& kind : catalog)
    if (kind.id == variant.kind) return kind.make(variant.values, files...);
  throw InvalidInput("kind", "\"" + variant.kind + "\" is not known");
}

}  // namespace

ProblemPtr prepare(const Scene& scene, const Resources& resources, const ProblemPtr& previous) {
  auto problem = std::make_shared<Problem>();
  if (previous && previous->scene().target == scene.target) {
    *problem = *previous;
  } else {
    FileLoader files(resources);
    problem->m_target = makeFrom(targetCatalog(), scene.target, files);
    problem->m_dataFiles = files.files();
    problem->m_remarks = files.remarks();
    problem->m_directions = std::make_shared<Problem::LazyDirections>();
  }
  problem->m_scene = scene;
  problem->m_process = makeFrom(processCatalog(), scene.process);
  return problem;
}

}  // namespace separatrix
