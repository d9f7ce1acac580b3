#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `ve-brownian`: dX = σ dW, so a = 1 and b² = σ² s [A].
ProcessKind veBrownianKind();

}  // namespace separatrix
