#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `probability-flow-rk4`: dX/ds = f X − ½ g² score by the classical Runge–Kutta method; λ is 0.
/// Where the data are points, the last step to s = 0 holds ⟨y⟩ instead: there is no score at its
/// end. Forward it is the forward SDE, exactly.
SamplerKind probabilityFlowKind();

}  // namespace separatrix
