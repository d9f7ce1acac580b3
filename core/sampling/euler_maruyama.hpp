#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `euler-maruyama`: dX = [½(1+λ²) g² score − f X] dt + λ g dW in reverse, dX = f X ds + g dW
/// forward (theory §4), with coefficients and score at the start of the step. The noise does not
/// depend on X, so this is Milstein's scheme too.
SamplerKind eulerMaruyamaKind();

}  // namespace separatrix
