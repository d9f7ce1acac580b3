#include "core/numerics/continuation.hpp"

#include "core/numerics/symmetric_eigen.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr double kSharpestTurn = 0.9;       // cosine
constexpr double kLargestCorrection = 0.4;  // of the step
constexpr int kCorrections = 8;

/// [length·∂F/∂x, ∂F/∂t; last row], the Jacobian in (x/length, t) with one more equation.
Mat bordered(const Mat& jacobian, double length, const Vec& rate, const Vec& lastRow) {
  const Index n = jacobian.rows();
  Mat out(n + 1, n + 1);
  out.topLeftCorner(n, n) = length * jacobian;
  out.topRightCorner(n, 1) = rate;
  out.bottomRows(1) = lastRow.transpose();
  return out;
}

Vec unitLast(Index size) {
  return Vec::Unit(size, size - 1);
}

}  // namespace

CurvePoint withTangent(const EquationFamily& family, const Vec& x, double t, const Vec& along,
                       bool leastNorm) {
  const Linearization at = family.linearized(x, t);
  const Index n = x.size();
  CurvePoint out;
  out.x = x;
  out.t = t;
  out.residual = at.value.norm();
  out.spectrum = symmetricSpectrum(at.jacobian);
  const Mat matrix = bordered(at.jacobian, family.length(t), family.rate(x, t), along);
  const Vec tangent = solveSquare(matrix, unitLast(n + 1), leastNorm);
  const double size = tangent.norm();
  out.tangent = std::isfinite(size) && size > 0 ? Vec(tangent / size) : along.normalized();
  return out;
}

std::optional<CurvePoint> curvePointAt(const EquationFamily& family, const Vec& x, double t,
                                       double direction) {
  NewtonOutcome found = solveAt(family, x, t);
  if (!found.converged) found = solveAt(family, x, t, 1, true);
  if (!found.converged) return std::nullopt;
  const Vec along = (direction > 0 ? 1.0 : -1.0) * unitLast(x.size() + 1);
  CurvePoint out = withTangent(family, found.z, t, along, false);
  if (countZero(out.spectrum) > 0) out = withTangent(family, found.z, t, along, true);
  out.iterations = found.iterations;
  return out;
}

std::optional<CurvePoint> stepAlong(const EquationFamily& family, const CurvePoint& from,
                                    double step) {
  const Index n = from.x.size();
  const double length = family.length(from.t);
  const bool degenerate = countZero(from.spectrum) > 0;
  Vec origin(n + 1);
  origin << from.x / length, from.t;
  const SquareSystem system = [&](const Vec& z) {
    const Vec x = length * z.head(n);
    const Linearization at = family.linearized(x, z[n]);
    Linearization out;
    out.value.resize(n + 1);
    out.value << at.value, from.tangent.dot(z - origin) - step;
    out.jacobian = bordered(at.jacobian, length, family.rate(x, z[n]), from.tangent);
    out.roundoff = at.roundoff + 1e-15 * (1 + z.norm());
    return out;
  };
  NewtonOptions options;
  options.iterations = kCorrections;
  options.tolerance = 1e-12;
  options.reach = kLargestCorrection * step;
  options.leastNorm = degenerate;
  const NewtonOutcome found = newton(system, origin + step * from.tangent, options);
  if (!found.converged) return std::nullopt;
  CurvePoint out =
      withTangent(family, length * found.z.head(n), found.z[n], from.tangent, degenerate);
  out.iterations = found.iterations;
  // Where the unit of length has changed, so has the tangent's length in the old one.
  if (out.tangent.dot(from.tangent) < kSharpestTurn) return std::nullopt;
  return out;
}

}  // namespace separatrix
