#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `vp-cosine`: a = cos u / cos u₀ with u(s) = ((s/T + 0.008)/1.008) π/2 [Nichol & Dhariwal 2021,
/// Eq 17], so β(s) = (π/(1.008 T)) tan u, which diverges at s = T. The process ends, and its
/// horizon() is, where β reaches 999/T: the cap β_k ≤ 0.999 of the paper at L = 1000 steps of T/L.
/// That is at 0.998 T, where a = 0.0031.
ProcessKind vpCosineKind();

}  // namespace separatrix
