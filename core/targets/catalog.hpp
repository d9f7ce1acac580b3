#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// All data distributions, in the order they are offered.
const std::vector<TargetKind>& targetCatalog();

}  // namespace separatrix
