#include "core/thermodynamics/free_energy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

/// log p(x) + (d/2) log 2πb² = log Z − |x|²/2b²
double reducedLogPartition(double logEvidence, Index dimension, const Channel& channel) {
  return logEvidence + 0.5 * static_cast<double>(dimension) *
                           std::log(2 * std::numbers::pi * channel.noiseVariance);
}

}  // namespace

double regularizedFreeEnergy(double logEvidence, Index dimension, const Channel& channel) {
  return -reducedLogPartition(logEvidence, dimension, channel) / inverseTemperature(channel);
}

FreeEnergy freeEnergy(const Target& target, const Channel& channel, const VecView& xHat) {
  const Vec x = channel.signal * xHat;
  const Posterior at = target.posterior(x, channel);
  FreeEnergy out;
  out.beta = inverseTemperature(channel);
  // ½⟨|y − x̂|²⟩ in the ensemble and in φ: F̃ is between, which keeps it exact as β → 0.
  const double energy = 0.5 * ((at.mean - xHat).squaredNorm() + at.covariance.trace());
  const double hotEnergy =
      0.5 * ((target.mean() - xHat).squaredNorm() + target.covariance().trace());
  const double direct = regularizedFreeEnergy(at.logEvidence, x.size(), channel);
  out.regularized = direct > energy ? std::min(direct, std::max(energy, hotEnergy)) : energy;
  out.value = out.regularized - 0.5 * xHat.squaredNorm();
  out.mean = at.mean;
  out.relativeEntropy = out.beta * (energy - out.regularized);
  const auto weights = target.weightStatistics(x, channel);
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  out.weightEntropy = weights ? weights->entropy : unknown;
  out.participationRatio = weights ? weights->participationRatio : unknown;
  return out;
}

}  // namespace separatrix
