#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `heun`: a step of Euler–Maruyama, then again with the mean of the drifts at its two ends; both
/// on the same Brownian increment, with g² its mean over the ends. The noise does not depend on X,
/// so the weak order is 2 (at λ = 0, the order of Heun's method for the flow). Where the data are
/// points, the last step to s = 0 holds ⟨y⟩ instead: there is no score at its end.
SamplerKind heunKind();

}  // namespace separatrix
