#pragma once

#include "core/runtime/types.hpp"

#include <functional>

namespace separatrix {

/// A draw of 1 − cos θ, θ the angle between a unit vector of R^d with density ∝ exp(κ cos θ) on the
/// sphere and its mean direction, precise where θ is small. d ≥ 2, κ ≥ 0 of any size. `uniform(n)`
/// is the n-th of independent uniform numbers in (0, 1). Source: Wood 1994, with everything in
/// terms of the gap so that nothing cancels at large κ.
double drawVonMisesFisherGap(Index dimension, double concentration,
                             const std::function<double(Index n)>& uniform);

}  // namespace separatrix
