#include "core/study/problem.hpp"

#include "core/datasets/file_loader.hpp"
#include "core/runtime/errors.hpp"

namespace separatrix {
namespace {

template <class Kind, class... Loader>
auto makeFrom(const std::vector<Kind>& catalog, const Variant& variant, Loader&... files) {
  for (const Kind& kind : catalog)
    if (kind.id == variant.kind) return kind.make(variant.values, files...);
  throw InvalidInput("kind", "\"" + variant.kind + "\" is not known");
}

}  // namespace

ProblemPtr prepare(const Scene& scene, const Resources& resources) {
  auto problem = std::make_shared<Problem>();
  problem->m_scene = scene;
  FileLoader files(resources);
  problem->m_target = makeFrom(targetCatalog(), scene.target, files);
  problem->m_process = makeFrom(processCatalog(), scene.process);
  problem->m_dataFiles = files.files();
  problem->m_remarks = files.remarks();
  return problem;
}

}  // namespace separatrix
