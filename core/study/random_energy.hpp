#pragma once

#include "core/study/analysis.hpp"
#include "core/thermodynamics/random_energy.hpp"

namespace separatrix {

/// The participation ratio of the random energy model over time: as M → ∞, and measured.
class RandomEnergy final : public Result {
public:
  std::vector<double> times, betas, reducedBetas;  ///< s, β = a²/b², β̃ = νβ|x̂|
  std::vector<double> limit;                       ///< E[Y] as M → ∞
  std::vector<MeasuredParticipation> measured;     ///< at the given M
  double criticalTime = 0;  ///< where β̃ = β_c; NaN if the process misses it

  Table table() const override;
};

/// `random-energy` {times, nu, x_norm, levels, realizations}; the scene gives the process and the
/// seed, not the data.
Analysis randomEnergyAnalysis();

}  // namespace separatrix
