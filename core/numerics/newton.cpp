#include "core/numerics/newton.hpp"

#include <Eigen/LU>
#include <Eigen/QR>

#include <cmath>

namespace separatrix {
namespace {

/// `adjust` changes the move that Newton's method would make at z.
NewtonOutcome iterate(const SquareSystem& system, const Vec& start, const NewtonOptions& options,
                      const std::function<void(const Vec& z, Vec& move)>& adjust) {
  NewtonOutcome out;
  out.z = start;
  for (; out.iterations < options.iterations; ++out.iterations) {
    const Linearization at = system(out.z);
    out.residual = at.value.norm();
    if (!std::isfinite(out.residual)) return out;
    if (out.residual <= at.roundoff) {
      out.converged = true;
      return out;
    }
    Vec move = solveSquare(at.jacobian, -at.value, options.leastNorm);
    adjust(out.z, move);
    const double length = move.norm();
    if (!std::isfinite(length)) return out;
    if (length > options.longestMove) move *= options.longestMove / length;
    out.z += move;
    if ((out.z - start).norm() > options.reach) return out;
    if (length <= options.tolerance) {
      ++out.iterations;
      out.converged = true;
      return out;
    }
  }
  return out;
}

}  // namespace

Vec solveSquare(const Mat& matrix, const Vec& right, bool leastNorm) {
  if (!leastNorm) return matrix.partialPivLu().solve(right);
  Eigen::CompleteOrthogonalDecomposition<Mat> decomposition;
  decomposition.setThreshold(1e-9);
  decomposition.compute(matrix);
  return decomposition.solve(right);
}

NewtonOutcome newton(const SquareSystem& system, const Vec& start, const NewtonOptions& options) {
  return iterate(system, start, options, [](const Vec&, Vec&) {});
}

NewtonOutcome deflatedNewton(const SquareSystem& system, const Vec& start,
                             const std::vector<Vec>& known, double length,
                             const NewtonOptions& options) {
  // With M the product, the Newton move of M·F is p/(1 − ∇log M·p), p the one of F.
  return iterate(system, start, options, [&](const Vec& z, Vec& move) {
    double slope = 0;
    for (const Vec& root : known) {
      const Vec from = z - root;
      const double squared = from.squaredNorm() / (length * length);
      slope -= 2 * from.dot(move) / (length * length * squared * (squared + 1));
    }
    move /= 1 - slope;
  });
}

}  // namespace separatrix
