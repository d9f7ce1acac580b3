#pragma once

#include "core/regimes/two_classes.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

/// A free energy per coordinate, ψ = (1/d) log Σ_j exp(−|x − a y_j|²/2b²), of e^{αd} points y_j as
/// a random energy model: where it is frozen, the few nearest of them make the sum.
struct RandomEnergyFreeEnergy {
  double value = 0;
  bool frozen = false;
};

/// The points of the class that x comes from (ψ₊), the one x was made of left out, and those of the
/// other class (ψ₋), for d → ∞ [B App C; theory §7; the printed inequalities are the other way
/// round]. The point itself has −½: where ψ₊ falls below, it wins.
struct Condensation {
  RandomEnergyFreeEnergy own, other;
};
Condensation condensation(const TwoClasses& model, const Channel& channel, double alpha);

}  // namespace separatrix
