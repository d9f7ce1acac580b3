#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// `two-gaussians` {dimension, mu_tilde, sigma2}: ½ N(m, σ² I) + ½ N(−m, σ² I) with m = μ̃(1, …, 1),
/// so |m|² = d μ̃² [B]. A Gaussian mixture, in any dimension up to 32 768 where no matrix is asked
/// for.
TargetKind twoGaussiansKind();

}  // namespace separatrix
