#include "core/study/analysis.hpp"

#include "core/runtime/errors.hpp"

namespace separatrix {

Result::~Result() = default;

std::optional<Json> Result::record() const {
  return std::nullopt;
}

std::string Result::remark() const {
  return {};
}

std::optional<NumericArray> Result::array() const {
  return std::nullopt;
}

ParameterSpec timeSpec() {
  return ParameterSpec::of(ParameterKind::real, "time")
      .labelled("Time", "s", "Diffusion time; 0 is data, the horizon is noise.")
      .within(0, 1e4)
      .needed();
}

std::string inputsKey(const Analysis& analysis, const Problem& problem, const Request& request) {
  const Scene& scene = problem.scene();
  Json inputs = sceneToJson(scene);
  const bool drifts = analysis.usesPotential && scene.potential == PotentialKind::drift;
  if (drifts) inputs["stochasticity"] = stochasticityOf(scene.ensemble);
  if (!analysis.usesPotential) inputs.erase("potential");
  if (!analysis.usesEnsemble) inputs.erase("ensemble");
  for (const DataFile& file : problem.dataFiles()) inputs["files"].push_back(file.sha256);
  inputs["analysis"] = analysis.id;
  inputs["request"] = request.json();
  return inputs.dump();
}

void requireDimension(const Problem& problem, Index dimension, const std::string& what) {
  const Index actual = problem.target().dimension();
  if (actual == dimension) return;
  throw Failure(what + " works for data in " + std::to_string(dimension) + " dimension" +
                (dimension == 1 ? "" : "s") + " so far; this scene has " + std::to_string(actual));
}

void requireFewComponents(const Problem& problem, Index most, const std::string& what) {
  const Components* parts = problem.target().components();
  if (parts == nullptr || parts->count() <= most) return;
  throw Failure(what + " works for up to " + std::to_string(most) + " points; this scene has " +
                std::to_string(parts->count()) + "; take fewer, of a file with target.limit");
}

}  // namespace separatrix
