#include "core/runtime/parallel_for.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <benchmark/benchmark.h>
#include <oneapi/dnnl/dnnl.h>

#include <random>

extern "C" void omp_set_num_threads(int);

// The exact score of 500 points under a data set of the size of two MNIST digits, and the two
// matrix products that it needs alone: the figure to read is the ratio of their times.

namespace separatrix {
namespace {

constexpr Index kComponents = 12000, kDimension = 784, kPoints = 500, kTile = 128;
constexpr Index kTiles = (kPoints + kTile - 1) / kTile;
constexpr double kFlops = 4.0 * kComponents * kDimension * kPoints;

const GaussianMixture& dataset() {
  static const GaussianMixture target = [] {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> pixel(0, 1);
    Components parts{Mat(kDimension, kComponents), Vec::Ones(kComponents), Vec::Zero(kComponents)};
    for (double& value : parts.means.reshaped()) value = pixel(random);
    return GaussianMixture(std::move(parts));
  }();
  return target;
}

/// What generation meets at the noise of `channel`: points of the data with noise.
BatchF noised(const Channel& channel) {
  std::mt19937 random(2);
  std::normal_distribution<float> normal;
  BatchF out(kDimension, kPoints);
  for (Index p = 0; p < kPoints; ++p)
    for (Index i = 0; i < kDimension; ++i)
      out(i, p) = static_cast<float>(channel.signal * dataset().components()->means(i, 7 * p)) +
                  static_cast<float>(std::sqrt(channel.noiseVariance)) * normal(random);
  return out;
}

/// Arguments: threads, 1000 b² of a variance-preserving process.
void datasetScore(benchmark::State& state) {
  const ThreadLimit limit(static_cast<int>(state.range(0)));
  const double noise = 1e-3 * static_cast<double>(state.range(1));
  const Channel channel{std::sqrt(1 - noise), noise};
  const BatchF x = noised(channel);
  BatchF scores(kDimension, kPoints);
  for (auto _ : state)
    parallelFor(kTiles, [&](Index tile) {
      const Index first = tile * kTile, count = std::min(kTile, kPoints - first);
      dataset().scores(x.middleCols(first, count), channel, scores.middleCols(first, count));
    });
  state.counters["flops"] = benchmark::Counter(kFlops * static_cast<double>(state.iterations()),
                                               benchmark::Counter::kIsRate);
}

/// As many columns for each thread as there are, all components at once.
void sgemmAlone(benchmark::State& state) {
  const Index threads = state.range(0);
  const Index count = kPoints / threads;
  const ThreadLimit limit(static_cast<int>(threads));
  const BatchF points = dataset().components()->means.transpose().cast<float>();
  const BatchF x = BatchF::Random(kDimension, count);
  std::vector<BatchF> weights(static_cast<std::size_t>(threads), BatchF(kComponents, count));
  std::vector<BatchF> sums(static_cast<std::size_t>(threads), BatchF(kDimension, count));
  for (auto _ : state)
    parallelFor(threads, [&](Index thread) {
      omp_set_num_threads(1);
      float* const w = weights[static_cast<std::size_t>(thread)].data();
      float* const sum = sums[static_cast<std::size_t>(thread)].data();
      dnnl_sgemm('N', 'N', kComponents, count, kDimension, 1, points.data(), kDimension, x.data(),
                 count, 0, w, count);
      dnnl_sgemm('T', 'N', kDimension, count, kComponents, 1, points.data(), kDimension, w, count,
                 0, sum, count);
    });
  state.counters["flops"] = benchmark::Counter(kFlops * static_cast<double>(state.iterations()),
                                               benchmark::Counter::kIsRate);
}

BENCHMARK(datasetScore)
    ->ArgsProduct({{1, 2}, {900, 200, 1}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sgemmAlone)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace separatrix
