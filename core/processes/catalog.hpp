#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// All schedules, in the order they are offered.
const std::vector<ProcessKind>& processCatalog();

}  // namespace separatrix
