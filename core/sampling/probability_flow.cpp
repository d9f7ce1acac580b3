#include "core/sampling/probability_flow.hpp"

#include "core/sampling/transitions.hpp"

namespace separatrix {
namespace {

class ProbabilityFlow final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory& memory,
            BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    if (!hasScore(c.target, c.to)) return move(c, heldStep(c), noise.brownian, x);
    const double middle = 0.5 * (c.from + c.to);
    const auto h = static_cast<float>(c.to - c.from);
    BatchF& slope = memory.score;
    BatchF& sum = memory.middle;
    rate(c, c.from, x, slope);
    sum = slope;
    memory.next = x + (0.5F * h) * slope;
    rate(c, middle, memory.next, slope);
    sum += 2 * slope;
    memory.next = x + (0.5F * h) * slope;
    rate(c, middle, memory.next, slope);
    sum += 2 * slope;
    memory.next = x + h * slope;
    rate(c, c.to, memory.next, slope);
    x += (h / 6) * (sum + slope);
  }

private:
  /// dX/ds
  static void rate(const StepContext& c, double s, const BatchFView& x, BatchF& out) {
    out.resize(x.rows(), x.cols());
    c.target.scores(x, c.process.channel(s), out);
    out = static_cast<float>(c.process.drift(s)) * x -
          static_cast<float>(0.5 * c.process.diffusion(s)) * out;
  }
};

}  // namespace

SamplerKind probabilityFlowKind() {
  SamplerKind kind;
  kind.id = "probability-flow-rk4";
  kind.title = "Probability flow, Runge–Kutta";
  kind.source = "Song et al. 2021, Eq 13";
  kind.dynamics = Dynamics::ode;
  kind.weakOrder = kind.strongOrder = 4;
  kind.leastStochasticity = kind.mostStochasticity = 0;
  kind.make = [] { return std::make_unique<ProbabilityFlow>(); };
  return kind;
}

}  // namespace separatrix
