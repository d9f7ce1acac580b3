#include "core/fixed_points/scalar_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

Interval operator+(Interval a, Interval b) {
  return {a.low + b.low, a.high + b.high};
}

Interval operator*(Interval a, Interval b) {
  const auto [low, high] =
      std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
  return {low, high};
}

Interval square(Interval a) {
  const double largest = std::max(a.low * a.low, a.high * a.high);
  if (a.low <= 0 && a.high >= 0) return {0, largest};
  return {std::min(a.low * a.low, a.high * a.high), largest};
}

/// For each k the sum of all terms but k: added up from both sides, because subtracting the largest
/// from the sum of all would leave nothing.
std::vector<Interval> sumsOfOthers(const std::vector<Interval>& terms) {
  std::vector<Interval> out(terms.size());
  Interval before, after;
  for (std::size_t k = 0; k < terms.size(); ++k) {
    out[k] = before;
    before = before + terms[k];
  }
  for (std::size_t k = terms.size(); k-- > 0;) {
    out[k] = out[k] + after;
    after = after + terms[k];
  }
  return out;
}

/// Posterior weights over an interval from their logarithms at its centre, when the exponent of
/// component k changes by something in `changes[k]`. In logarithms, because far from a component
/// its weight underflows while its change overflows.
std::vector<Interval> weightBounds(const Vec& logWeights, const std::vector<Interval>& changes) {
  const std::size_t count = changes.size();
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < count; ++k)
    largest = std::max(largest, logWeights[static_cast<Index>(k)] + changes[k].high);
  std::vector<Interval> factors(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double exponent = logWeights[static_cast<Index>(k)] - largest;
    // An upper bound must not underflow to zero.
    factors[k] = {std::exp(exponent + changes[k].low),
                  std::max(std::exp(exponent + changes[k].high), 1e-300)};
  }
  const std::vector<Interval> others = sumsOfOthers(factors);
  std::vector<Interval> out(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double low = factors[k].low / (factors[k].low + others[k].high);
    const double high = factors[k].high / (factors[k].high + others[k].low);
    // 0/0 says nothing.
    out[k] = {std::isfinite(low) ? low : 0, std::isfinite(high) ? high : 1};
  }
  return out;
}

}  // namespace

ScalarGradient::ScalarGradient(const Components& parts, const Channel& channel,
                               const Potential& potential)
    : m_potential(potential) {
  const double a = channel.signal;
  m_means = a * parts.means.row(0).transpose();
  const Vec variances = a * a * parts.variances.array() + channel.noiseVariance;
  m_precisions = variances.cwiseInverse();
  m_offsets = parts.weights.array().log() - 0.5 * variances.array().log();
  m_offsets.array() -= m_offsets.maxCoeff();  // what all have in common would only be rounded
}

Vec ScalarGradient::logWeights(double x) const {
  Vec w = exponents(x);
  w.array() -= w.maxCoeff();  // first, so that the sum of the weights is one to the last bits
  w.array() -= std::log(w.array().exp().sum());
  return w;
}

Vec ScalarGradient::exponents(double x) const {
  return m_offsets.array() - 0.5 * (x - m_means.array()).square() * m_precisions.array();
}

ScalarGradient::Value ScalarGradient::at(double x) const {
  const Vec w = logWeights(x).array().exp();
  const Vec s = scores(x);
  const double score = w.dot(s);
  const double variance = w.dot((s.array() - score).square().matrix());
  const auto [A, B] = m_potential;
  Value out;
  out.gradient = B * x - A * score;
  out.curvature = B + A * (w.dot(m_precisions) - variance);
  // Of the terms, and of the exponents, whose rounding is a relative error of the weights.
  const Vec deviations = (s.array() - score).abs() * exponents(x).array().abs();
  const double magnitude = A * (w.dot(s.cwiseAbs()) + w.dot(deviations)) + std::abs(B * x);
  out.roundoff = 8 * std::numeric_limits<double>::epsilon() * magnitude;
  return out;
}

Interval ScalarGradient::curvatureBounds(double centre, double radius) const {
  const Vec logW = logWeights(centre);
  const Vec w = logW.array().exp();
  const Vec s = scores(centre);
  const double meanScore = w.dot(s);
  const double meanPrecision = w.dot(m_precisions);
  const std::size_t count = static_cast<std::size_t>(w.size());

  // Exponents and scores relative to their mean at the centre; with x = centre + t, exponent k
  // changes by d_k t − ½ q_k t² and score k by −q_k t.
  std::vector<Interval> changes(count), spread(count);
  for (std::size_t k = 0; k < count; ++k) {
    const auto i = static_cast<Index>(k);
    const double d = s[i] - meanScore;
    const double q = m_precisions[i] - meanPrecision;
    const double linear = std::abs(d) * radius;
    const double quadratic = -0.5 * q * radius * radius;
    changes[k] = {-linear + std::min(0.0, quadratic), linear + std::max(0.0, quadratic)};
    spread[k] = {d - std::abs(q) * radius, d + std::abs(q) * radius};
  }
  const std::vector<Interval> bounds = weightBounds(logW, changes);
  Interval precision, first, second;
  for (std::size_t k = 0; k < count; ++k) {
    const double p = m_precisions[static_cast<Index>(k)];
    precision = precision + bounds[k] * Interval{p, p};
    first = first + bounds[k] * spread[k];
    second = second + bounds[k] * square(spread[k]);
  }
  // Weights sum to one.
  precision = {std::max(precision.low, m_precisions.minCoeff()),
               std::min(precision.high, m_precisions.maxCoeff())};
  const Interval squaredMean = square(first);
  const double varianceLow = std::max(0.0, second.low - squaredMean.high);
  const double varianceHigh = std::max(0.0, second.high - squaredMean.low);
  const auto [A, B] = m_potential;
  return {B + A * (precision.low - varianceHigh), B + A * (precision.high - varianceLow)};
}

Interval ScalarGradient::searchRange() const {
  const auto [A, B] = m_potential;
  Interval range{m_means.minCoeff(), m_means.maxCoeff()};
  bool confined = true;
  for (Index k = 0; k < m_means.size(); ++k) {
    const double pull = A * m_precisions[k];
    const double slope = pull + B;
    const double roundoff = 4 * std::numeric_limits<double>::epsilon() * pull;
    confined = confined && slope > roundoff;
    if (std::abs(slope) <= roundoff) continue;  // component k alone has no fixed point
    // Where component k alone would have its fixed point; beyond all of these U' has one sign if
    // all slopes have.
    const double alone = pull * m_means[k] / slope;
    range = {std::min(range.low, alone), std::max(range.high, alone)};
  }
  const double width = std::sqrt(1 / m_precisions.minCoeff());
  double margin = 1e-3 * (range.high - range.low) + 1e-3 * width;
  // A potential that is turned down at infinity: far out the widest component stands alone.
  if (!confined) margin = 40 * width + (range.high - range.low);
  // Uneven, so that no interval has a symmetric point at its centre or end.
  return {range.low - 1.0371 * margin, range.high + margin};
}

}  // namespace separatrix
