#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `exponential`: the linear part of the dynamics solved exactly over the step, with ⟨y⟩ held
/// (transitions.hpp). Ends on the data in one step where they are a single point.
SamplerKind exponentialKind();

}  // namespace separatrix
