#include "core/sampling/transitions.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// The factor that makes the Brownian increment of the step a normal of deviation `deviation`.
float scaleOf(const StepContext& context, double deviation) {
  return static_cast<float>(deviation / std::sqrt(context.size()));
}

}  // namespace

bool hasScore(const Target& target, double s) {
  return s > 0 || target.hasDensity();
}

double addedVariance(const Channel& from, const Channel& to) {
  const double rho = from.signal / to.signal;
  return std::max(0.0, from.noiseVariance - rho * rho * to.noiseVariance);
}

void forwardTransition(const StepContext& c, const BatchF& brownian, BatchFOut x) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const auto rho = static_cast<float>(to.signal / from.signal);
  x = rho * x + scaleOf(c, std::sqrt(addedVariance(to, from))) * brownian;
}

void heldTransition(const StepContext& c, const BatchF& score, const BatchF& brownian,
                    BatchFOut x) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const double signals = to.signal / from.signal;
  const double lambda2 = c.stochasticity * c.stochasticity;
  // log (σ'/σ); −∞ at the data.
  const double logRatio = 0.5 * std::log(to.noiseVariance / from.noiseVariance) - std::log(signals);
  const double pull = signals * from.noiseVariance * -std::expm1((1 + lambda2) * logRatio);
  const double remaining = to.noiseVariance == 0 ? 0 : -std::expm1(2 * lambda2 * logRatio);
  x = static_cast<float>(signals) * x + static_cast<float>(pull) * score +
      scaleOf(c, std::sqrt(to.noiseVariance * remaining)) * brownian;
}

void impliedTransition(const StepContext& c, double variance, const BatchF& score,
                       const BatchF& brownian, BatchFOut x) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const double signals = to.signal / from.signal;
  const double along = std::sqrt(std::max(0.0, to.noiseVariance - variance));
  const double b = std::sqrt(from.noiseVariance);
  x = static_cast<float>(signals) * x + static_cast<float>(b * (signals * b - along)) * score +
      scaleOf(c, std::sqrt(variance)) * brownian;
}

}  // namespace separatrix
