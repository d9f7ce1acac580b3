#include "core/sampling/heun.hpp"

#include "core/sampling/transitions.hpp"

#include <cmath>

namespace separatrix {
namespace {

class Heun final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory& memory,
            BatchFOut x) const override {
    const Rates from(c, c.from), to(c, c.to);
    const auto dt = static_cast<float>(c.size());
    const double lambda = c.direction == Direction::forward ? 1 : c.stochasticity;
    const auto deviation = static_cast<float>(lambda * std::sqrt(0.5 * (from.g2 + to.g2)));
    if (c.direction == Direction::forward) {
      const float middle = 0.5F * from.linear * dt;
      const float end = 0.5F * to.linear * dt;
      memory.next = (1 + from.linear * dt) * x + deviation * noise.brownian;
      x = (1 + middle) * x + end * memory.next + deviation * noise.brownian;
      return;
    }
    if (!hasScore(c.target, c.to)) return move(c, heldStep(c), noise.brownian, x);
    memory.score.resize(x.rows(), x.cols());
    c.target.scores(x, c.process.channel(c.from), memory.score);
    memory.middle = from.linear * x + from.pull * memory.score;
    memory.next = x + dt * memory.middle + deviation * noise.brownian;
    c.target.scores(memory.next, c.process.channel(c.to), memory.score);
    memory.middle += to.linear * memory.next + to.pull * memory.score;
    x += (0.5F * dt) * memory.middle + deviation * noise.brownian;
  }

private:
  /// Of dX/dt = linear X + pull score.
  struct Rates {
    float linear, pull;
    double g2;

    Rates(const StepContext& c, double s)
        : linear(static_cast<float>(c.direction == Direction::forward ? c.process.drift(s)
                                                                      : -c.process.drift(s))),
          pull(static_cast<float>(0.5 * (1 + c.stochasticity * c.stochasticity) *
                                  c.process.diffusion(s))),
          g2(c.process.diffusion(s)) {}
  };
};

}  // namespace

SamplerKind heunKind() {
  SamplerKind kind;
  kind.id = "heun";
  kind.title = "Stochastic Heun";
  kind.source = "Kloeden & Platen 1992, §15.1; Karras et al. 2022, Alg 1";
  kind.weakOrder = 2;
  kind.make = [] { return std::make_unique<Heun>(); };
  return kind;
}

}  // namespace separatrix
