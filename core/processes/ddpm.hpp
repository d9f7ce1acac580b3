#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `ddpm`: the discrete schedule of Ho et al. 2020, β_k linear from β_1 to β_L over L steps, as a
/// process in continuous time with the step as its unit: horizon L and a(k) = Π_{j≤k} √(1 − β_j) at
/// every whole k. Between them ∫β is linear, so the rate is −log(1 − β_k) throughout step k, that
/// is for k − 1 < s ≤ k, and f, g², a, b² belong together at all times. Right after a whole k the
/// rate jumps to that of the next step; a reverse step of size 1 from s = k takes β_k, as the
/// discrete sampler does.
ProcessKind ddpmKind();

}  // namespace separatrix
