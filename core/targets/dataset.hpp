#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// `dataset` {path, format, limit, scale, center}: the points of a file as deltas of equal weight,
/// a Gaussian mixture of variance 0 (theory §2). Equal points are kept.
TargetKind datasetKind();

}  // namespace separatrix
