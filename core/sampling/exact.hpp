#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `exact`: the reverse of the forward process, right at any step size (theory §4): y from the
/// posterior at (x, s), then x' from the Gaussian bridge between x and y; λ is 1. The bridge's
/// noise is that of the Brownian path; what the draws of y add to it fades as √(step size).
SamplerKind exactKind();

}  // namespace separatrix
