#include "core/study/empirical_points.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/noise.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr Index kDefaultPoints = 20000;
constexpr Index kTile = 256;

bool arePoints(const Target& target) {
  return target.components() != nullptr && target.components()->variances.isZero(0);
}

/// Which component each point most likely comes from; empty without components.
std::vector<int> classesOfDraws(const Problem& problem, const BatchF& points,
                                const RunControl& control) {
  const Target& target = problem.target();
  if (target.components() == nullptr) return {};
  const Channel data = problem.process().channel(shortestTime(problem.process()));
  std::vector<int> out(static_cast<std::size_t>(points.cols()));
  parallelFor((points.cols() + kTile - 1) / kTile, [&](Index tile) {
    for (Index p = tile * kTile; p < std::min(points.cols(), (tile + 1) * kTile); ++p) {
      control.checkpoint();
      Index best = 0;
      target.componentPosterior(points.col(p).cast<double>(), data).maxCoeff(&best);
      out[static_cast<std::size_t>(p)] = static_cast<int>(best);
    }
  });
  return out;
}

}  // namespace

ParameterSpec pointsSpec() {
  return ParameterSpec::of(ParameterKind::integer, "points")
      .labelled("Data points", "n",
                "How many are drawn from the target; automatic: 20 000, or the target's own.")
      .within(2, 1e9)
      .slider(100, 100000, true)
      .orNull();
}

Index numberOfPoints(const Problem& problem, const Request& request) {
  const Target& target = problem.target();
  const bool automatic = request.isNull("points");
  if (!arePoints(target)) return automatic ? kDefaultPoints : request.integer("points");
  const Index own = target.components()->count();
  if (!automatic && request.integer("points") != own)
    throw InvalidInput(
        "points", "the data are " + std::to_string(own) + " points themselves; leave it automatic");
  return own;
}

Components empiricalPoints(const Problem& problem, const Request& request,
                           const RunControl& control) {
  const Index n = numberOfPoints(problem, request);
  const Target& target = problem.target();
  const auto dimension = static_cast<double>(target.dimension());
  requireMemory(
      "points", static_cast<double>(n) * (28 * dimension + 500),
      std::to_string(n) + " points in " + std::to_string(target.dimension()) + " dimensions",
      "ask for fewer");
  if (arePoints(target)) return *target.components();
  BatchF draws(target.dimension(), n);
  target.sample(Noise(problem.scene().ensemble.seed), 0, draws);
  control.checkpoint();
  return {draws.cast<double>(), Vec::Constant(n, 1 / static_cast<double>(n)), Vec::Zero(n),
          classesOfDraws(problem, draws, control)};
}

}  // namespace separatrix
