#include "core/numerics/descent.hpp"

#include <Eigen/Cholesky>

#include <cmath>

namespace separatrix {

NewtonOutcome descend(const EquationFamily& family, const Vec& start, double t,
                      double largestEigenvalue) {
  constexpr int kIterations = 200;
  const double length = family.length(t);
  NewtonOutcome out;
  out.z = start;
  for (; out.iterations < kIterations; ++out.iterations) {
    const Linearization at = family.linearized(out.z, t);
    out.residual = at.value.norm();
    if (!std::isfinite(out.residual)) return out;
    if (out.residual <= at.roundoff) {
      out.converged = true;
      return out;
    }
    const Eigen::LLT<Mat> factors(at.jacobian);
    Vec move = -at.value / largestEigenvalue;
    if (factors.info() == Eigen::Success) {
      const Vec newtonMove = factors.solve(-at.value);
      if (newtonMove.norm() <= length) move = newtonMove;
    }
    out.z += move;
    if (move.norm() <= 1e-13 * length) {
      out.converged = true;
      return out;
    }
  }
  const NewtonOutcome polished = solveAt(family, out.z, t, 0.1);
  return polished.converged ? polished : out;
}

}  // namespace separatrix
