#include "core/fixed_points/landscape.hpp"

#include "core/numerics/log_sum_exp.hpp"

#include <algorithm>
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

Landscape::Weights Landscape::weights(double t) const {
  constexpr double kLeast = 1e-10;
  const double s = std::exp(t);
  const Potential U = m_potential(s);
  const double c = U.radialWeight * m_process.noiseVariance(s) / U.scoreWeight;
  return {c, std::max(1 + c, kLeast)};
}

double Landscape::hessianScale(double t) const {
  const double s = std::exp(t);
  return m_potential(s).scoreWeight * weights(t).scale / m_process.noiseVariance(s);
}

double Landscape::length(double t) const {
  return std::sqrt(m_process.noiseVariance(std::exp(t)));
}

Vec Landscape::value(const Vec& x, double t) const {
  const Channel at = channel(t);
  const auto [c, scale] = weights(t);
  return (c * x - at.noiseVariance * m_target.posterior(x, at).score) / scale;
}

Linearization Landscape::linearized(const Vec& x, double t) const {
  const Channel at = channel(t);
  const auto [c, scale] = weights(t);
  const Posterior posterior = m_target.posterior(x, at);
  Linearization out;
  out.value = (c * x - at.noiseVariance * posterior.score) / scale;
  out.jacobian = -at.noiseVariance / scale * posterior.hessian;
  out.jacobian.diagonal().array() += c / scale;
  const double terms = (1 + std::abs(c)) * x.norm() + std::abs(at.signal) * posterior.mean.norm();
  const double steepness = at.signal * at.signal * posterior.covariance.trace() / at.noiseVariance;
  out.roundoff = 4 * m_target.precision() * terms * (1 + steepness) / scale;
  return out;
}

/// The components with weight at x: w, b²/V and a μ − x of each.
struct MixtureLandscape::Active {
  Vec weights, ratios;
  Mat moves;  // d × K
  double c = 0, scale = 1, noiseVariance = 0, roundoff = 0;

  Vec value(const Vec& x) const { return (c * x - moves * weights.cwiseProduct(ratios)) / scale; }
};

MixtureLandscape::MixtureLandscape(const Target& target, const ForwardProcess& process,
                                   const PotentialAt& potential)
    : Landscape(target, process, potential), m_parts(*target.components()) {
  m_logWeights = m_parts.weights.array().log();
  m_coordinates = m_parts.means.transpose();
  m_equalVariances = m_parts.variances.minCoeff() == m_parts.variances.maxCoeff();
}

MixtureLandscape::Active MixtureLandscape::active(const Vec& x, double t) const {
  const auto [a, b2] = channel(t);
  const Index count = m_parts.count();
  Vec w = Vec::Zero(count);  // first the squared distances
  for (Index i = 0; i < x.size(); ++i)
    w.array() += (a * m_coordinates.col(i).array() - x[i]).square();
  const auto V = a * a * m_parts.variances.array() + b2;
  const Vec halfSquares = 0.5 * w.array() / V;
  w = m_logWeights - halfSquares;
  if (!m_equalVariances) w.array() -= 0.5 * static_cast<double>(x.size()) * V.log();
  softmaxInPlace(w);

  Active out;
  out.c = weights(t).pull;
  out.scale = weights(t).scale;
  out.noiseVariance = b2;
  const Index kept = (w.array() > kNegligible).count();
  out.weights.resize(kept);
  out.ratios.resize(kept);
  out.moves.resize(x.size(), kept);
  double terms = std::abs(out.c) * x.norm();
  for (Index k = 0, next = 0; k < count; ++k) {
    if (!(w[k] > kNegligible)) continue;
    const double ratio = b2 / (a * a * m_parts.variances[k] + b2);
    out.weights[next] = w[k];
    out.ratios[next] = ratio;
    out.moves.col(next) = a * m_parts.means.col(k) - x;
    // The error of an exponent is that of its weight, unless there is no other.
    terms +=
        w[k] * ratio * (out.moves.col(next).norm() * (1 + halfSquares[k] * (1 - w[k])) + x.norm());
    ++next;
  }
  out.roundoff = 2 * kEpsilon * terms / out.scale;
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
  spread *= (parts.weights / (parts.noiseVariance * parts.scale)).cwiseSqrt().asDiagonal();
  out.jacobian.setZero(x.size(), x.size());
  if (x.size() < 8) {
    out.jacobian.noalias() -= spread * spread.transpose();
  } else {
    out.jacobian.selfadjointView<Eigen::Lower>().rankUpdate(spread, -1);
    out.jacobian.triangularView<Eigen::StrictlyUpper>() = out.jacobian.transpose();
  }
  out.jacobian.diagonal().array() += (parts.c + pulls.sum()) / parts.scale;
  return out;
}

std::unique_ptr<Landscape> makeLandscape(const Target& target, const ForwardProcess& process,
                                         const PotentialAt& potential) {
  if (target.components() != nullptr)
    return std::make_unique<MixtureLandscape>(target, process, potential);
  return std::make_unique<Landscape>(target, process, potential);
}

}  // namespace separatrix
