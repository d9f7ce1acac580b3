#include "core/thermodynamics/exponents.hpp"

#include "core/numerics/roots.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/thermodynamics/order_parameter.hpp"

#include <cmath>

namespace separatrix {
namespace {

using Series = std::vector<double>;

Vec logarithms(const Series& values) {
  return Eigen::Map<const Eigen::ArrayXd>(values.data(), static_cast<Index>(values.size())).log();
}

/// Rows (1, log x, c, c²) for the corrections c.
Mat design(const Series& x, const Series& corrections) {
  const auto rows = static_cast<Index>(x.size());
  const Eigen::Map<const Vec> c(corrections.data(), rows);
  Mat out(rows, 4);
  out << Vec::Ones(rows), logarithms(x), c, c.cwiseAbs2();
  return out;
}

Estimate exponent(const Series& y, const Series& x, const Series& corrections) {
  return fittedCoefficient(design(x, corrections), logarithms(y), 1);
}

Estimate negated(const Estimate& estimate) {
  return {-estimate.value, -estimate.high, -estimate.low};
}

/// The ratio a/b where τ → 0.
Estimate limitRatio(const Series& a, const Series& b, const Series& tau) {
  const auto rows = static_cast<Index>(tau.size());
  const Eigen::Map<const Eigen::ArrayXd> t(tau.data(), rows), above(a.data(), rows),
      below(b.data(), rows);
  Mat X(rows, 3);
  X << Vec::Ones(rows), t.matrix(), t.square().matrix();
  return fittedCoefficient(X, above / below, 0);
}

Series squares(const Series& values) {
  Series out;
  for (const double value : values) out.push_back(value * value);
  return out;
}

Series logSpacedDown(const ScalingWindow& window) {
  Series out;
  for (Index i = 0; i < window.points; ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(window.points - 1);
    out.push_back(window.to * std::pow(window.from / window.to, u));
  }
  return out;
}

}  // namespace

std::optional<SymmetricCriticalPoint> symmetricCriticalPoint(const Target& target) {
  constexpr double kColdest = 1e6;
  const Vec mean = target.mean();
  const Vec none = Vec::Zero(mean.size());
  const double spread = largestEigenvalue(target.covariance());
  const auto at = [&](double beta) { return solveSelfConsistency(target, beta, none, mean); };
  const auto excess = [&](double beta) { return at(beta).largestEigenvalue() - 1; };
  for (double beta = 0.1 / spread; beta < kColdest / spread; beta *= 1.2) {
    const double next = 1.2 * beta;
    const SelfConsistent there = at(next);
    if ((there.m - mean).norm() > 1e-12 * std::sqrt(spread)) return std::nullopt;
    if (there.largestEigenvalue() < 1) continue;
    return SymmetricCriticalPoint{bracketedRoot(excess, beta, next), mean};
  }
  return std::nullopt;
}

CriticalExponents measureExponents(const Target& target, const SymmetricCriticalPoint& critical,
                                   const ScalingWindow& window, const RunControl& control) {
  const Vec none = Vec::Zero(critical.m.size());
  CriticalExponents out;
  out.tau = logSpacedDown(window);
  Vec direction, start;
  for (const double tau : out.tau) {
    control.checkpoint();
    const double cold = critical.beta / (1 - tau);
    // From the solution further away the function is convex all the way.
    const SelfConsistent below = start.size() == 0
                                     ? lowestSelfConsistent(target, cold, none)
                                     : solveSelfConsistency(target, cold, none, start);
    start = below.m;
    direction = (below.m - critical.m).normalized();
    out.m.push_back((below.m - critical.m).norm());
    out.below.push_back(susceptibilityAlong(below, direction));
    out.above.push_back(susceptibilityAlong(
        solveSelfConsistency(target, critical.beta / (1 + tau), none, critical.m), direction));
  }
  start.resize(0);
  const double scale = out.m.front() / std::sqrt(out.tau.front());
  for (const double tau : out.tau) {
    control.checkpoint();
    out.field.push_back(scale * std::pow(tau, 1.5));
    const Vec h = out.field.back() * direction;
    const SelfConsistent tilted = start.size() == 0
                                      ? lowestSelfConsistent(target, critical.beta, h)
                                      : solveSelfConsistency(target, critical.beta, h, start);
    start = tilted.m;
    out.mOfField.push_back((tilted.m - critical.m).norm());
  }
  out.orderParameter = exponent(out.m, out.tau, out.tau);
  out.susceptibilityAbove = negated(exponent(out.above, out.tau, out.tau));
  out.susceptibilityBelow = negated(exponent(out.below, out.tau, out.tau));
  out.criticalIsotherm = exponent(out.field, out.mOfField, squares(out.mOfField));
  out.amplitudeRatio = limitRatio(out.above, out.below, out.tau);
  return out;
}

}  // namespace separatrix
