#pragma once

#include "core/processes/process_kind.hpp"

namespace separatrix {

/// `ve-geometric`: a = 1 and b² = σ_min² ((σ_max/σ_min)^{2s/T} − 1), so that the noise grows by the
/// same factor in equal times [Song et al. 2021, Eq 30].
ProcessKind veGeometricKind();

}  // namespace separatrix
