#pragma once

#include "core/numerics/equation_family.hpp"

namespace separatrix {

/// The zero of F that a descent of the function F is the gradient of leads to from `start`, at
/// fixed t: steps −F/`largestEigenvalue` (a bound of the eigenvalues of ∂F/∂x, > 0), which never
/// ascend, and Newton's steps where the Jacobian is positive definite.
NewtonOutcome descend(const EquationFamily& family, const Vec& start, double t,
                      double largestEigenvalue);

}  // namespace separatrix
