#include "core/numerics/equation_family.hpp"

namespace separatrix {

double zeroTolerance(const Vec& spectrum) {
  return 1e-9 + 1e-14 * spectrum.cwiseAbs().maxCoeff();
}

Index countNegative(const Vec& spectrum) {
  return (spectrum.array() < -zeroTolerance(spectrum)).count();
}

Index countZero(const Vec& spectrum) {
  return (spectrum.array().abs() <= zeroTolerance(spectrum)).count();
}

NewtonOutcome solveAt(const EquationFamily& family, const Vec& start, double t, double longestMove,
                      bool leastNorm) {
  const double length = family.length(t);
  NewtonOptions options;
  options.iterations = 60;
  options.tolerance = 1e-13 * length;
  options.longestMove = longestMove * length;
  options.leastNorm = leastNorm;
  return newton([&](const Vec& x) { return family.linearized(x, t); }, start, options);
}

}  // namespace separatrix
