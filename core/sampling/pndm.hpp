#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// `pndm`: pseudo numerical methods, DDIM's transfer with ε from four evaluations in three
/// pseudo Runge–Kutta steps to begin with, then from the last four steps by the linear multistep
/// formula; λ is 0. ε = −b score. Where the data are points, a start that would need the score at
/// s = 0 takes ε at the beginning of its step.
SamplerKind pndmKind();

}  // namespace separatrix
