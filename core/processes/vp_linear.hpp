#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `vp-linear`: β(s) = β_min + (β_max − β_min) s/horizon [RA, with 0.1, 20, 1].
ProcessKind vpLinearKind();

}  // namespace separatrix
