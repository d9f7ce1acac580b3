#include "core/sampling/pndm.hpp"

#include "core/sampling/transitions.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

class Pndm final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory& memory,
            BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    auto& past = memory.past;
    BatchF& epsilon = memory.middle;
    predictNoise(c, c.from, x, epsilon);
    if (past.size() < kStart) {
      past.push_back({c.from, epsilon});
      if (hasScore(c.target, c.to)) rungeKutta(c, x, memory);
    } else {
      memory.next = (55.F / 24) * epsilon - (59.F / 24) * past[2].value +
                    (37.F / 24) * past[1].value - (9.F / 24) * past[0].value;
      std::rotate(past.begin(), past.begin() + 1, past.end());
      past.back() = {c.from, epsilon};
      epsilon.swap(memory.next);
    }
    transfer(c, c.from, c.to, memory.middle, x);
  }

private:
  static constexpr std::size_t kStart = 3;

  static void predictNoise(const StepContext& c, double s, const BatchFView& x, BatchF& out) {
    const Channel channel = c.process.channel(s);
    out.resize(x.rows(), x.cols());
    c.target.scores(x, channel, out);
    out *= -static_cast<float>(std::sqrt(channel.noiseVariance));
  }

  /// φ(x, ε, s, s') of Liu et al., Eq 11: (a'/a) x + (b' − (a'/a) b) ε.
  static void transfer(const StepContext& c, double s, double to, const BatchF& epsilon,
                       BatchFOut x) {
    const Channel a = c.process.channel(s), b = c.process.channel(to);
    const double signals = b.signal / a.signal;
    x = static_cast<float>(signals) * x +
        static_cast<float>(std::sqrt(b.noiseVariance) - signals * std::sqrt(a.noiseVariance)) *
            epsilon;
  }

  /// memory.middle becomes (ε₁ + 2ε₂ + 2ε₃ + ε₄)/6.
  static void rungeKutta(const StepContext& c, const BatchFView& x, StepMemory& memory) {
    const double half = 0.5 * (c.from + c.to);
    BatchF sum = memory.middle;
    for (const auto& [at, weight] : {std::pair{half, 2.F}, {half, 2.F}, {c.to, 1.F}}) {
      memory.next = x;
      transfer(c, c.from, at, memory.middle, memory.next);
      predictNoise(c, at, memory.next, memory.middle);
      sum += weight * memory.middle;
    }
    memory.middle = sum / 6;
  }
};

}  // namespace

SamplerKind pndmKind() {
  SamplerKind kind;
  kind.id = "pndm";
  kind.title = "PNDM";
  kind.source = "Liu et al. 2022, Alg 2";
  kind.dynamics = Dynamics::discrete;
  kind.weakOrder = kind.strongOrder = 2;
  kind.leastStochasticity = kind.mostStochasticity = 0;
  kind.make = [] { return std::make_unique<Pndm>(); };
  return kind;
}

}  // namespace separatrix
