#include "core/sampling/transitions.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
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
  x = rho * x + static_cast<float>(std::sqrt(addedVariance(to, from) / c.size())) * brownian;
}

ScoreStep heldStep(const StepContext& c) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const double signals = to.signal / from.signal;
  const double lambda2 = c.stochasticity * c.stochasticity;
  // log (σ'/σ); −∞ at the data.
  const double logRatio = 0.5 * std::log(to.noiseVariance / from.noiseVariance) - std::log(signals);
  const double pull = signals * from.noiseVariance * -std::expm1((1 + lambda2) * logRatio);
  const double drawn = to.noiseVariance == 0 ? 0 : -std::expm1(2 * lambda2 * logRatio);
  return {signals, pull, std::sqrt(to.noiseVariance * drawn / c.size())};
}

ScoreStep impliedStep(const StepContext& c, double variance) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const double signals = to.signal / from.signal;
  const double along = std::sqrt(std::max(0.0, to.noiseVariance - variance));
  const double b = std::sqrt(from.noiseVariance);
  return {signals, b * (signals * b - along), std::sqrt(variance / c.size())};
}

ScoreStep ancestralStep(const StepContext& c, double variance) {
  const Channel from = c.process.channel(c.from), to = c.process.channel(c.to);
  const double signals = to.signal / from.signal;
  return {signals, signals * addedVariance(from, to), std::sqrt(variance / c.size())};
}

void move(const StepContext& c, const ScoreStep& step, const BatchF& brownian, BatchFOut x) {
  c.target.moveAlongScores(step, c.process.channel(c.from), brownian, x);
}

}  // namespace separatrix
