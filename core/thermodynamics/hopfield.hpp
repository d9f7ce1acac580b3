#pragma once

#include "core/runtime/types.hpp"

namespace separatrix {

/// The modern Hopfield energy E = −β⁻¹ log Σ_j e^{βx·y_j} + |x|²/2 of the patterns y_j, one a
/// column (Ramsauer et al. 2021; Ambrogioni 2023, Eq 31). For N patterns of norm 1 and equal weight
/// it is F̃ − ½ − β⁻¹ log N.
double hopfieldEnergy(const Mat& patterns, double beta, const VecView& x);

}  // namespace separatrix
