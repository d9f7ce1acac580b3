#include "core/models/model_host.hpp"

#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>
#include <torch/script.h>

#include <cstdlib>
#include <filesystem>

// What it costs that a model runs in a process of its own: a network of 784 inputs, batches of 256,
// called here and there, oneDNN off in both.

namespace separatrix {
namespace {

constexpr Index kRows = 256, kNumbers = 784;

torch::jit::Module network() {
  torch::jit::Module out("net");
  out.register_parameter("u", 0.03 * torch::randn({512, 784}), false);
  out.register_parameter("v", 0.03 * torch::randn({512, 512}), false);
  out.register_parameter("w", 0.03 * torch::randn({784, 512}), false);
  out.define(R"(
def forward(self, x, t):
    y = torch.relu(torch.linear(x, self.u) + t.view(-1, 1))
    y = torch.relu(torch.linear(y, self.v))
    return torch.linear(y, self.w)
)");
  out.eval();
  return out;
}

void modelInProcess(benchmark::State& state) {
  at::set_num_threads(1);
  at::globalContext().setUserEnabledMkldnn(false);
  torch::NoGradGuard noGradients;
  torch::jit::Module model = network();
  const torch::Tensor x = torch::randn({kRows, kNumbers}), t = torch::ones({kRows});
  for (auto _ : state) benchmark::DoNotOptimize(model.forward({x, t}));
}
BENCHMARK(modelInProcess)->UseRealTime()->Unit(benchmark::kMillisecond);

void modelInHost(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / "separatrix-bench.pt";
  network().save(path.string());
  ModelHost host(path.string());
  std::vector<float> x(kRows * kNumbers, 0.5f), y(x.size());
  const std::vector<double> times(kRows, 0.5);
  const ModelCall call{{kNumbers}, false};
  host.evaluate(call, x, times, y, {});  // starts it
  for (auto _ : state) host.evaluate(call, x, times, y, {});
  std::filesystem::remove(path);
}
BENCHMARK(modelInHost)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace separatrix
