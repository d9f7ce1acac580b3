#include "core/fixed_points/reduction.hpp"

#include "core/targets/span_of_means.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

bool atOrigin(const Landscape& landscape, const Vec& x, double t) {
  return std::abs(x[0]) <= 1e-9 * landscape.length(t);
}

}  // namespace

Reduction::Reduction(const Target& target) : m_full(target) {
  if (target.dimension() == 1) return;
  if (auto axis = target.radialTarget()) {
    m_kind = Kind::radial;
    m_reduced = std::move(axis);
  } else if (auto span = spanOfMeans(target)) {
    m_kind = Kind::span;
    m_basis = std::move(span->basis);
    m_offset = std::move(span->origin);
    m_variance = span->variance;
    m_reduced = std::move(span->target);
  }
}

/// The eigenvalue of ∂F/∂x across V.
double Reduction::acrossSpan(const Landscape& landscape, double t) const {
  const Channel at = landscape.channel(t);
  const double V = at.signal * at.signal * m_variance + at.noiseVariance;
  const auto [c, scale] = landscape.weights(t);
  return (c + at.noiseVariance / V) / scale;
}

Vec Reduction::spectrum(const Landscape& landscape, const Vec& x, double t,
                        const Vec& reduced) const {
  if (m_kind == Kind::none) return reduced;
  double across = 0;
  if (m_kind == Kind::span)
    across = acrossSpan(landscape, t);
  else if (atOrigin(landscape, x, t))
    across = reduced[0];
  Vec out(m_full.dimension());
  out << reduced, Vec::Constant(hiddenDimensions(), across);
  std::sort(out.data(), out.data() + out.size());
  return out;
}

Index Reduction::multiplicity(const Landscape& landscape, const Vec& x, double t,
                              Index reduced) const {
  const bool all = m_kind == Kind::radial && atOrigin(landscape, x, t);
  return all ? m_full.dimension() : reduced;
}

bool Reduction::isMirrored(const Landscape& landscape, const Vec& x, double t) const {
  return m_kind == Kind::radial && x[0] < 0 && !atOrigin(landscape, x, t);
}

Vec Reduction::lifted(const Landscape& landscape, const Vec& x, double t) const {
  if (m_kind == Kind::none) return x;
  if (m_kind == Kind::radial) return x[0] * Vec::Unit(m_full.dimension(), 0);
  Vec out = m_basis * x;
  // c x + (b²/V)(x − a μ) = 0
  const Channel at = landscape.channel(t);
  const double V = at.signal * at.signal * m_variance + at.noiseVariance;
  const double eigenvalue = acrossSpan(landscape, t);
  if (m_offset.squaredNorm() > 0)
    out +=
        (at.signal * (at.noiseVariance / V) / (eigenvalue * landscape.weights(t).scale)) * m_offset;
  return out;
}

}  // namespace separatrix
