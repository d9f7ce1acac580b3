#pragma once

#include "core/runtime/noise.hpp"
#include "core/runtime/run_control.hpp"
#include "core/runtime/types.hpp"

#include <vector>

namespace separatrix {

// The random energy model of diffusion (Ambrogioni 2023, Eqs 36–39): N = 2^M data points whose
// overlaps x·y_j at one x are independent, of variance |x|²ν²M/2. Everything depends on the
// reduced inverse temperature β̃ = νβ|x| alone.

/// β_c = 2√log 2: below it many points share the posterior, above it few.
double criticalReducedBeta();

/// t_c = ν|x|/(2σ²√log 2) of a process with a = 1, b² = σ²t.
double randomEnergyCriticalTime(double nu, double norm, double sigma);

/// E[Y], Y = Σ w_j², as M → ∞: 0 for β̃ ≤ β_c, else 1 − β_c/β̃.
double limitParticipation(double reducedBeta);

struct MeasuredParticipation {
  double mean = 0;
  double standardError = 0;  ///< of the mean
};

/// Y of `realizations` ≥ 2 sets of 2^M points drawn at random, M ≤ 22; one value for each β̃. All β̃
/// see the same points.
std::vector<MeasuredParticipation> measureParticipation(int levels, Index realizations,
                                                        const Noise& noise,
                                                        const std::vector<double>& reducedBetas,
                                                        const RunControl& control);

}  // namespace separatrix
