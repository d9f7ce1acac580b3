#include "core/study/problem.hpp"

#include "core/datasets/file_loader.hpp"
#include "core/models/model_target.hpp"
#include "core/runtime/errors.hpp"

#include <cmath>
#include <mutex>

namespace separatrix {

struct Problem::LazyDirections {
  std::once_flag once;
  PrincipalDirections directions;
};

const PrincipalDirections& Problem::principalDirections() const {
  constexpr Index kKept = 16;
  std::call_once(m_directions->once, [this] {
    m_directions->directions = separatrix::principalDirections(*m_data, kKept);
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

/// What a person must know of noise that the model has not seen.
std::vector<std::string> rangeRemarks(const ScoreModel& model, const ForwardProcess& process) {
  constexpr double kEarly = 1e-3;  // of the horizon: where samplers take their last steps
  constexpr double kSlack = 1.05;
  const auto [least, most] = model.noiseRange();
  const auto relative = [&](double s) {
    const Channel c = process.channel(s);
    return std::sqrt(c.noiseVariance) / c.signal;
  };
  const double early = relative(kEarly * process.horizon()), late = relative(process.horizon());
  if (early * kSlack >= least && late <= kSlack * most) return {};
  return {"model.schedule: the model knows noise b/a from " + numberText(least) + " to " +
          numberText(most) + ", the scene has it up to " + numberText(late) +
          "; beyond its ends the model is asked at them"};
}

}  // namespace

void Problem::prepareData(const Resources& resources) {
  FileLoader files(resources);
  m_data = makeFrom(targetCatalog(), m_scene.target, files);
  m_withData = {files.files(), files.remarks()};
  m_directions = std::make_shared<LazyDirections>();
}

void Problem::prepareModel(const Resources& resources, const Problem* previous) {
  const bool same = previous != nullptr && previous->m_scene.model == m_scene.model;
  if (same && previous->m_data == m_data && previous->m_scene.process == m_scene.process) return;
  FileLoader files(resources);
  m_model = makeScoreModel(m_scene.model, files, m_process, m_data->dimension(),
                           same ? previous->m_model.get() : nullptr);
  m_modelled = m_model ? makeModelTarget(m_data, m_model) : nullptr;
  m_withModel = {same ? previous->m_withModel.files : files.files(), files.remarks()};
  if (!m_model) return;
  for (const std::string& remark : rangeRemarks(*m_model, *m_process))
    m_withModel.remarks.push_back(remark);
}

ProblemPtr prepare(const Scene& scene, const Resources& resources, const ProblemPtr& previous) {
  auto problem = std::make_shared<Problem>();
  const bool sameData = previous && previous->m_scene.target == scene.target;
  if (sameData) *problem = *previous;
  problem->m_scene = scene;
  if (!sameData) problem->prepareData(resources);
  problem->m_process = makeFrom(processCatalog(), scene.process);
  problem->prepareModel(resources, previous.get());
  problem->m_files = problem->m_withData.files;
  problem->m_remarks = problem->m_withData.remarks;
  for (const DataFile& file : problem->m_withModel.files) problem->m_files.push_back(file);
  for (const std::string& remark : problem->m_withModel.remarks)
    problem->m_remarks.push_back(remark);
  return problem;
}

}  // namespace separatrix
