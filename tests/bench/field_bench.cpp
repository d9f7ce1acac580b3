#include "core/fields/diffused_field.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/document.hpp"
#include "core/study/problem.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <benchmark/benchmark.h>

#include <cmath>

namespace separatrix {
namespace {

GaussianMixture thousandPoints() {
  constexpr Index kComponents = 1000;
  Components parts;
  parts.means = Mat::NullaryExpr(2, kComponents, [](Index i, Index k) {
    return 2 * std::sin(static_cast<double>(17 * k * k + 5 * k + 3 * i));
  });
  parts.weights = Vec::Ones(kComponents);
  parts.variances = Vec::Zero(kComponents);
  return GaussianMixture(std::move(parts));
}

/// log p of 1000 components on 256² points; arguments: threads, and 1 for single precision.
void plane(benchmark::State& state) {
  const ThreadLimit limit(static_cast<int>(state.range(0)));
  constexpr Index kSide = 256;
  const ProblemPtr problem =
      prepare(documentFromJson(findDocument(presets(), "two-deltas")->json).scene);
  const GaussianMixture target = thousandPoints();
  const DiffusedField field(target, problem->process(), 0.1);
  Batch x(2, kSide * kSide);
  for (Index p = 0; p < x.cols(); ++p)
    x.col(p) << -3 + 6 * static_cast<double>(p / kSide) / kSide,
        -3 + 6 * static_cast<double>(p % kSide) / kSide;
  const BatchF single = x.cast<float>();
  for (auto _ : state)
    if (state.range(1) == 1)
      benchmark::DoNotOptimize(field.logDensities(single));
    else
      benchmark::DoNotOptimize(field.batch(x));
}

BENCHMARK(plane)->ArgsProduct({{1, 2}, {0, 1}})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace separatrix
