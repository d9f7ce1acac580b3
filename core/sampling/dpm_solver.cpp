#include "core/sampling/dpm_solver.hpp"

#include "core/sampling/transitions.hpp"

#include <cmath>

namespace separatrix {
namespace {

double logSignalToNoise(const Channel& channel) {
  return std::log(channel.signal) - 0.5 * std::log(channel.noiseVariance);
}

class DpmSolver final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory& memory,
            BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
    BatchF& denoised = memory.middle;
    denoised.resize(x.rows(), x.cols());
    c.target.scores(x, from, denoised);
    denoised =
        (x + static_cast<float>(from.noiseVariance) * denoised) / static_cast<float>(from.signal);
    auto& past = memory.past;
    memory.next = denoised;
    if (!past.empty() && to.noiseVariance > 0) {
      const double now = logSignalToNoise(from);
      const double r = (now - logSignalToNoise(c.process.channel(past.front().s))) /
                       (logSignalToNoise(to) - now);
      const auto slope = static_cast<float>(0.5 / r);
      memory.next = (1 + slope) * denoised - slope * past.front().value;
    }
    if (past.empty()) past.emplace_back();
    past.front().s = c.from;
    past.front().value.swap(denoised);
    const double noises = std::sqrt(to.noiseVariance / from.noiseVariance);
    x = static_cast<float>(noises) * x +
        static_cast<float>(to.signal - noises * from.signal) * memory.next;
  }
};

}  // namespace

SamplerKind dpmSolverKind() {
  SamplerKind kind;
  kind.id = "dpm-solver-2m";
  kind.title = "DPM-Solver++ (2M)";
  kind.source = "Lu et al. 2022, Alg 2";
  kind.dynamics = Dynamics::discrete;
  kind.weakOrder = kind.strongOrder = 2;
  kind.leastStochasticity = kind.mostStochasticity = 0;
  kind.make = [] { return std::make_unique<DpmSolver>(); };
  return kind;
}

}  // namespace separatrix
