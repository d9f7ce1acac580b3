#include "core/runtime/noise.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/document.hpp"
#include "core/study/problem.hpp"

#include <benchmark/benchmark.h>

// What a particle-step costs beside the one normal that it needs, on equal threads: the figure to
// read is the ratio of items per second of the two.

namespace separatrix {
namespace {

constexpr Index kParticles = 16384;
constexpr Index kSteps = 100;

void normalsAlone(benchmark::State& state) {
  const ThreadLimit limit(static_cast<int>(state.range(0)));
  const Noise noise(1);
  constexpr Index kTile = 512;
  for (auto _ : state)
    parallelFor(kParticles / kTile, [&](Index tile) {
      std::vector<float> z(kTile);
      for (Index step = 0; step < kSteps; ++step)
        noise.normals(NoisePurpose::diffusion, step, 0, tile * kTile, kTile, z.data());
      benchmark::DoNotOptimize(z.data());
    });
  state.SetItemsProcessed(state.iterations() * kParticles * kSteps);
}

void eulerMaruyama(benchmark::State& state) {
  const ThreadLimit limit(static_cast<int>(state.range(0)));
  const ProblemPtr problem =
      prepare(documentFromJson(findDocument(presets(), "two-deltas")->json).scene);
  EnsembleSpec spec;
  spec.particles = kParticles;
  spec.steps = kSteps;
  spec.saveEvery = kSteps;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        integrate(problem->target(), problem->process(), spec, Direction::reverse, {}));
  state.SetItemsProcessed(state.iterations() * kParticles * kSteps);
}

BENCHMARK(normalsAlone)->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK(eulerMaruyama)->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace separatrix
