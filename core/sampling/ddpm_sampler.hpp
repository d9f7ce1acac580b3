#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `ddpm`: ancestral sampling, the Gaussian bridge to ⟨y⟩ with its own variance
/// β̃ = b'² q/b² (theory §4); λ is 1.
SamplerKind ddpmSamplerKind();

/// `ddpm-beta`: the same mean with the variance β = q of the forward step [B].
SamplerKind ddpmBetaKind();

/// `ddim`: the implicit models, η = λ ≤ 1: 0 is the probability flow, 1 is `ddpm`.
SamplerKind ddimKind();

}  // namespace separatrix
