#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `dpm-solver-2m`: DPM-Solver++ (2M), the exponential integrator of the probability flow in
/// ℓ = log(a/b) with ⟨y⟩ extrapolated linearly from two steps; λ is 0. The first step and one to
/// b = 0, where ℓ is infinite, hold ⟨y⟩.
SamplerKind dpmSolverKind();

}  // namespace separatrix
