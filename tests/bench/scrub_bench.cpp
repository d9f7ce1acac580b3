#include "core/study/analysis.hpp"
#include "core/study/document.hpp"

#include <benchmark/benchmark.h>

// What one position of the time slider, or one position of a dragged point, asks of the core.

namespace separatrix {
namespace {

ProblemPtr twoDeltas() {
  static const ProblemPtr problem =
      prepare(documentFromJson(findDocument(presets(), "two-deltas")->json).scene);
  return problem;
}

void analysis(benchmark::State& state, const char* id, const Json& request) {
  const Analysis& chosen = findAnalysis(id);
  const Request values = validate(chosen.parameters, request, "");
  for (auto _ : state) benchmark::DoNotOptimize(chosen.run(*twoDeltas(), values, {}));
}

BENCHMARK_CAPTURE(analysis, potential, "potential", Json{{"time", 0.25}})->UseRealTime();
BENCHMARK_CAPTURE(analysis, fixedPoints, "fixed-points", Json{{"time", 0.25}})->UseRealTime();
BENCHMARK_CAPTURE(analysis, bifurcation, "bifurcation", Json::object())->UseRealTime();
BENCHMARK_CAPTURE(analysis, driftField, "drift-field", Json::object())->UseRealTime();
BENCHMARK_CAPTURE(analysis, criticalTimes, "critical-times", Json::object())->UseRealTime();
BENCHMARK_CAPTURE(analysis, trajectories, "trajectories", Json::object())->UseRealTime();

}  // namespace
}  // namespace separatrix
