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
constexpr Index kSteps = 1000;

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

void eulerMaruyama(benchmark::State& state, const Scene& scene) {
  const ThreadLimit limit(static_cast<int>(state.range(0)));
  const ProblemPtr problem = prepare(scene);
  EnsembleSpec spec;
  spec.particles = kParticles;
  spec.steps = kSteps;
  spec.saveEvery = kSteps;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        integrate(problem->target(), problem->process(), spec, Direction::reverse, {}));
  state.SetItemsProcessed(state.iterations() * kParticles * kSteps);
}

Scene twoDeltas() {
  return documentFromJson(findDocument(presets(), "two-deltas")->json).scene;
}

/// Unequal weights and variances.
Scene twoGaussians() {
  return sceneFromJson(Json::parse(R"({"separatrix": 1, "process": {"kind": "vp-linear"},
      "target": {"kind": "gaussian-mixture", "means": [[-1], [1]], "weights": [1, 2],
                 "variances": [0.1, 0.3]}})"));
}

/// The score and the update of one step without its noise, on a tile as `integrate` has it.
void stepAlone(benchmark::State& state, const Scene& scene) {
  const ProblemPtr problem = prepare(scene);
  constexpr Index kTile = 512;
  BatchF x = BatchF::Random(1, kTile);
  const BatchF dW = BatchF::Random(1, kTile);
  for (auto _ : state) problem->target().moveAlongScores({0.9, 0.1, 0.1}, {0.6, 0.64}, dW, x);
  state.SetItemsProcessed(state.iterations() * kTile);
}

BENCHMARK(normalsAlone)->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(eulerMaruyama, twoDeltas, twoDeltas())->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(eulerMaruyama, twoGaussians, twoGaussians())->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(stepAlone, twoDeltas, twoDeltas());
BENCHMARK_CAPTURE(stepAlone, twoGaussians, twoGaussians());

}  // namespace
}  // namespace separatrix
