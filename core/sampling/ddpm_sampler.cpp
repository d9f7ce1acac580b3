#include "core/sampling/ddpm_sampler.hpp"

#include "core/sampling/transitions.hpp"

namespace separatrix {
namespace {

/// The variance of β̃, of the bridge from x to ⟨y⟩.
double bridgeVariance(const Channel& from, const Channel& to) {
  return to.noiseVariance * addedVariance(from, to) / from.noiseVariance;
}

class Ddpm final : public Sampler {
public:
  enum class Variance { bridge, forward };
  explicit Ddpm(Variance variance) : m_variance(variance) {}

  void step(const StepContext& c, const StepNoise& noise, StepMemory&, BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
    const double variance =
        m_variance == Variance::bridge ? bridgeVariance(from, to) : addedVariance(from, to);
    move(c, ancestralStep(c, variance), noise.brownian, x);
  }

private:
  Variance m_variance;
};

class Ddim final : public Sampler {
public:
  void step(const StepContext& c, const StepNoise& noise, StepMemory&, BatchFOut x) const override {
    if (c.direction == Direction::forward) return forwardTransition(c, noise.brownian, x);
    const double eta2 = c.stochasticity * c.stochasticity;
    const double variance =
        eta2 * bridgeVariance(c.process.channel(c.from), c.process.channel(c.to));
    move(c, impliedStep(c, variance), noise.brownian, x);
  }
};

SamplerKind ancestral(std::string id, std::string title, Ddpm::Variance variance) {
  SamplerKind kind;
  kind.id = std::move(id);
  kind.title = std::move(title);
  kind.source = "Ho et al. 2020, Alg 2, Eqs 6–7";
  kind.dynamics = Dynamics::discrete;
  kind.leastStochasticity = kind.mostStochasticity = 1;
  kind.make = [variance] { return std::make_unique<Ddpm>(variance); };
  return kind;
}

}  // namespace

SamplerKind ddpmSamplerKind() {
  return ancestral("ddpm", "DDPM ancestral, variance β̃", Ddpm::Variance::bridge);
}

SamplerKind ddpmBetaKind() {
  return ancestral("ddpm-beta", "DDPM ancestral, variance β", Ddpm::Variance::forward);
}

SamplerKind ddimKind() {
  SamplerKind kind;
  kind.id = "ddim";
  kind.title = "DDIM, η = λ";
  kind.source = "Song, Meng & Ermon 2021, Eqs 12, 16";
  kind.dynamics = Dynamics::discrete;
  kind.mostStochasticity = 1;
  kind.make = [] { return std::make_unique<Ddim>(); };
  return kind;
}

}  // namespace separatrix
