#pragma once

#include "core/targets/target.hpp"

namespace separatrix {

/// The Boltzmann ensemble of the data y at x̂ = x/a and the inverse temperature β = a²/b²: weights
/// φ(y) exp(−βE), E = |y|²/2 − x̂·y (theory §6; Ambrogioni 2023, Eqs 6–10, 24).
struct FreeEnergy {
  double beta = 0;
  double value = 0;            ///< F = −β⁻¹ log Z(βx̂, β)
  double regularized = 0;      ///< F̃ = F + |x̂|²/2
  Vec mean;                    ///< ⟨y⟩ = −∇F, d
  double relativeEntropy = 0;  ///< −KL(posterior‖φ) = log Z + β⟨E⟩ ≤ 0
  /// NaN for a target without parts.
  double weightEntropy = 0, participationRatio = 0;
};

/// The inverse temperature of a channel. Infinite without noise.
inline double inverseTemperature(const Channel& channel) {
  return channel.signal * channel.signal / channel.noiseVariance;
}

/// The channel of the inverse temperature β at which x̂ = x: a = 1, b² = 1/β.
inline Channel temperatureChannel(double beta) {
  return {1, 1 / beta};
}

/// F̃ from log p(x): the terms of |x|²/2b² cancel exactly.
double regularizedFreeEnergy(double logEvidence, Index dimension, const Channel& channel);

FreeEnergy freeEnergy(const Target& target, const Channel& channel, const VecView& xHat);

}  // namespace separatrix
