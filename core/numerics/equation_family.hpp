#pragma once

#include "core/numerics/newton.hpp"

namespace separatrix {

/// F(x, t) = 0 for x in R^n and one parameter t, where F is the gradient of some function of x, so
/// that ∂F/∂x is symmetric and its eigenvalues tell minima from saddles. The scale of F is such
/// that they are of order one at minima. Immutable: any thread may evaluate it.
class EquationFamily {
public:
  virtual ~EquationFamily() = default;

  virtual Index dimension() const = 0;
  virtual Vec value(const Vec& x, double t) const = 0;
  virtual Linearization linearized(const Vec& x, double t) const = 0;
  /// The length over which F changes its nature at t: what steps of x are measured by.
  virtual double length(double t) const = 0;

  /// ∂F/∂t, by differences: accurate to about 10⁻¹⁰.
  Vec rate(const Vec& x, double t) const {
    constexpr double kStep = 1e-5;
    return (value(x, t + kStep) - value(x, t - kStep)) / (2 * kStep);
  }
};

/// Eigenvalues this close to zero count as zero.
double zeroTolerance(const Vec& spectrum);
/// How many eigenvalues are negative, and how many zero, by that tolerance.
Index countNegative(const Vec& spectrum);
Index countZero(const Vec& spectrum);

/// The solution at fixed t that Newton's method finds from `start`, with moves of at most
/// `longestMove` lengths.
NewtonOutcome solveAt(const EquationFamily& family, const Vec& start, double t,
                      double longestMove = 1, bool leastNorm = false);

}  // namespace separatrix
