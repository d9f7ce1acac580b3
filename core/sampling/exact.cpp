#include "core/sampling/exact.hpp"

#include "core/sampling/transitions.hpp"

#include <cmath>

namespace separatrix {
namespace {

class Exact final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory& memory,
            BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
    const double rho = from.signal / to.signal;
    const double q = addedVariance(from, to);
    const double b2 = from.noiseVariance;
    BatchF& y = memory.next;
    y.resize(x.rows(), x.cols());
    c.target.samplePosterior(noise.numbers, noise.cell, noise.first, x, from, y);
    x = static_cast<float>(rho * to.noiseVariance / b2) * x +
        static_cast<float>(to.signal * q / b2) * y +
        static_cast<float>(std::sqrt(to.noiseVariance * q / b2 / c.size())) * noise.brownian;
  }
};

}  // namespace

SamplerKind exactKind() {
  SamplerKind kind;
  kind.id = "exact";
  kind.title = "Exact reverse steps";
  kind.source = "posterior draw and Gaussian bridge, theory §4";
  kind.weakOrder = kind.strongOrder = std::nullopt;
  kind.leastStochasticity = kind.mostStochasticity = 1;
  kind.make = [] { return std::make_unique<Exact>(); };
  return kind;
}

}  // namespace separatrix
