#include "core/sampling/exponential.hpp"

#include "core/sampling/transitions.hpp"

namespace separatrix {
namespace {

class Exponential final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory&, BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    move(c, heldStep(c), noise.brownian, x);
  }
};

}  // namespace

SamplerKind exponentialKind() {
  SamplerKind kind;
  kind.id = "exponential";
  kind.title = "Exponential integrator";
  kind.source = "Lu et al. 2022; Zhang & Chen 2023";
  kind.make = [] { return std::make_unique<Exponential>(); };
  return kind;
}

}  // namespace separatrix
