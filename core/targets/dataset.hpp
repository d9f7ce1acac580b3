#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// `dataset` {path, format, labels, classes, limit_per_class, limit, scale, shift, center}: the
/// points of a file or folder as deltas of equal weight, a Gaussian mixture of variance 0 (theory
/// §2). Equal points are kept, and the order of the file. Points have the labels that `labels`
/// names, else those of the data set itself, or of the file beside it.
TargetKind datasetKind();

/// What was subtracted from the points of a data set that was centred, d, less what was added to
/// them; empty: they were not centred.
Vec subtractedOrigin(const Target& target);

}  // namespace separatrix
