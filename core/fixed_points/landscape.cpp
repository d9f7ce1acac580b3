#include "core/fixed_points/landscape.hpp"

#include "core/numerics/log_sum_exp.hpp"

#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kNegligible = 1e-18;  // weight

}  // namespace

Channel Landscape::channel(double t) const {
  return m_process.channel(std::exp(t));
}

double Landscape::hessianScale(double t) const {
  const double s = std::exp(t);
  return m_potential(s).scoreWeight / m_process.noiseVariance(s);
}

double Landscape::pull(double t) const {
  const double s = std::exp(t);
  const Potential U = m_potential(s);
  return U.radialWeight * m_process.noiseVariance(s) / U.scoreWeight;
}

double Landscape::length(double t) const {
  return std::sqrt(m_process.noiseVariance(std::exp(t)));
}

Vec Landscape::value(const Vec& x, double t) const {
  const Channel at = channel(t);
  return pull(t) * x - at.noiseVariance * m_target.posterior(x, at).score;
}

Linearization Landscape::linearized(const Vec& x, double t) const {
  const Channel at = channel(t);
  const double c = pull(t);
  const Posterior posterior = m_target.posterior(x, at);
  Linearization out;
  out.value = c * x - at.noiseVariance * posterior.score;
  out.jacobian = -at.noiseVariance * posterior.hessian;
  out.jacobian.diagonal().array() += c;
  const double terms =
      (1 + std::abs(c)) * x.norm() + std::abs(at.signal) * posterior.mean.norm();
  const double steepness =
      at.signal * at.signal * posterior.covariance.trace() / at.noiseVariance;
  out.roundoff = 4 * kEpsilon * terms * (1 + steepness);
  return out;
}

/// The components with weight at x: w, b²/V and a μ − x of each.
struct MixtureLandscape::Active {
  Vec weights, ratios;
  Mat moves;  // d × K
  double c = 0, noiseVariance = 0, roundoff = 0;

  Vec value(const Vec& x) const { return c * x - moves * weights.cwiseProduct(ratios); }
};

MixtureLandscape::MixtureLandscape(const Target& target, const ForwardProcess& process,
                                   const PotentialAt& potential)
    : Landscape(target, process, potential), m_parts(*target.components()) {
  m_logWeights = m_parts.weights.array().log();
  m_equalVariances = m_parts.variances.minCoeff() == m_parts.variances.maxCoeff();
}

MixtureLandscape::Active MixtureLandscape::active(const Vec& x, double t) const {
  const auto [a, b2] = channel(t);
  const Index count = m_parts.count();
  const double halfDimension = 0.5 * static_cast<double>(x.size());
  Vec exponents(count), halfSquares(count);
  for (Index k = 0; k < count; ++k) {
    const double V = a * a * m_parts.variances[k] + b2;
    halfSquares[k] = (a * m_parts.means.col(k) - x).squaredNorm() / (2 * V);
    exponents[k] = m_logWeights[k] - halfSquares[k];
    if (!m_equalVariances) exponents[k] -= halfDimension * std::log(V);
  }
  softmaxInPlace(exponents);

  Active out;
  out.c = pull(t);
  out.noiseVariance = b2;
  const Index kept = (exponents.array() > kNegligible).count();
  out.weights.resize(kept);
  out.ratios.resize(kept);
  out.moves.resize(x.size(), kept);
  Index next = 0;
  double terms = std::abs(out.c) * x.norm();
  for (Index k = 0; k < count; ++k) {
    if (!(exponents[k] > kNegligible)) continue;
    const double ratio = b2 / (a * a * m_parts.variances[k] + b2);
    out.weights[next] = exponents[k];
    out.ratios[next] = ratio;
    out.moves.col(next) = a * m_parts.means.col(k) - x;
    terms += exponents[k] * ratio *
             ((out.moves.col(next).norm()) * (1 + halfSquares[k] * (1 - exponents[k])) + x.norm());
    ++next;
  }
  out.roundoff = 2 * kEpsilon * terms;
  return out;
}

Vec MixtureLandscape::value(const Vec& x, double t) const {
  return active(x, t).value(x);
}

Linearization MixtureLandscape::linearized(const Vec& x, double t) const {
  const Active parts = active(x, t);
  Linearization out;
  out.value = parts.value(x);
  out.roundoff = parts.roundoff;
  const Vec pulls = parts.weights.cwiseProduct(parts.ratios);
  const Vec mean = parts.moves * pulls;
  // Spread of the components' scores, scaled by b: its outer product is b² Cov(score).
  Mat spread = parts.moves * parts.ratios.asDiagonal();
  spread.colwise() -= mean;
  spread *= (parts.weights / parts.noiseVariance).cwiseSqrt().asDiagonal();
  out.jacobian.setZero(x.size(), x.size());
  if (x.size() < 8) {
    out.jacobian.noalias() -= spread * spread.transpose();
  } else {
    out.jacobian.selfadjointView<Eigen::Lower>().rankUpdate(spread, -1);
    out.jacobian.triangularView<Eigen::StrictlyUpper>() = out.jacobian.transpose();
  }
  out.jacobian.diagonal().array() += parts.c + pulls.sum();
  return out;
}

std::unique_ptr<Landscape> makeLandscape(const Target& target, const ForwardProcess& process,
                                         const PotentialAt& potential) {
  if (target.components() != nullptr)
    return std::make_unique<MixtureLandscape>(target, process, potential);
  return std::make_unique<Landscape>(target, process, potential);
}

}  // namespace separatrix
