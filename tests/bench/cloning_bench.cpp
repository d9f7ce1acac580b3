#include "core/study/analysis.hpp"
#include "core/study/problem.hpp"

#include <benchmark/benchmark.h>

// [B] Fig 2 whole: d = 256, 1024, 4096 and 16384, 19 times, 10 000 pairs, 1000 steps, on all cores.

namespace separatrix {
namespace {

void speciationFigure(benchmark::State& state) {
  const Analysis& cloning = findAnalysis("cloning");
  const Request request =
      validate(cloning.parameters, {{"times", {{1, 10, 19}}}, {"pairs", 10000}}, "");
  for (auto _ : state)
    for (const int dimension : {256, 1024, 4096, 16384}) {
      const Json scene = {
          {"separatrix", 1},
          {"target",
           {{"kind", "two-gaussians"}, {"dimension", dimension}, {"mu_tilde", 1}, {"sigma2", 1}}},
          {"process", {{"kind", "vp-constant"}, {"beta", 2}, {"horizon", 10}}}};
      benchmark::DoNotOptimize(cloning.run(*prepare(sceneFromJson(scene)), request, {}));
    }
}

BENCHMARK(speciationFigure)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace separatrix
