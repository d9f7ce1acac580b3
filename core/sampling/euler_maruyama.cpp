#include "core/sampling/euler_maruyama.hpp"

#include "core/sampling/transitions.hpp"

#include <cmath>

namespace separatrix {
namespace {

class EulerMaruyama final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory&, BatchFOut x) const override {
    const double dt = c.size();
    const double f = c.process.drift(c.from);
    const double g2 = c.process.diffusion(c.from);
    const double lambda = c.stochasticity;
    if (c.direction == Direction::forward) {
      x = static_cast<float>(1 + f * dt) * x + static_cast<float>(std::sqrt(g2)) * noise.brownian;
      return;
    }
    move(c, {1 - f * dt, 0.5 * (1 + lambda * lambda) * g2 * dt, lambda * std::sqrt(g2)},
         noise.brownian, x);
  }
};

}  // namespace

SamplerKind eulerMaruyamaKind() {
  SamplerKind kind;
  kind.id = "euler-maruyama";
  kind.title = "Euler–Maruyama";
  kind.source = "Kloeden & Platen 1992, §10.2";
  kind.make = [] { return std::make_unique<EulerMaruyama>(); };
  return kind;
}

}  // namespace separatrix
