#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `vp-constant`: β(s) = β, so a = exp(−βs/2). β = 2 is dx = −x ds + √2 dW of [B].
ProcessKind vpConstantKind();

}  // namespace separatrix
