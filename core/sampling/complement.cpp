#include "core/sampling/complement.hpp"

#include "core/numerics/fixed_width_product.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

Complement::Complement(const SpanOfMeans& span, const ForwardProcess& process, Direction direction,
                       double stochasticity)
    : m_span(span),
      m_process(process),
      m_direction(direction),
      m_stochasticity(stochasticity),
      m_basis(span.basis.cast<float>()),
      m_transposed(m_basis.transpose()),
      m_origin(span.origin.cast<float>()) {}

/// Of X_s across V in each direction: V = a² v + b².
double Complement::variance(double s) const {
  const Channel channel = m_process.channel(s);
  return channel.signal * channel.signal * m_span.variance + channel.noiseVariance;
}

/// Adds `deviation` (I−P) ξ with ξ ~ N(0, I).
void Complement::addNoise(double deviation, const Noise& noise, Index cell, Index first,
                          BatchF& out) const {
  if (deviation == 0) return;
  BatchF xi(out.rows(), out.cols());
  for (Index i = 0; i < xi.rows(); ++i)
    noise.normals(NoisePurpose::complement, cell, i, first, xi.cols(), xi.row(i).data());
  xi -= fixedWidthProduct(m_basis, fixedWidthProduct(m_transposed, xi));
  out += static_cast<float>(deviation) * xi;
}

void Complement::start(StartLaw law, double s, const Noise& noise, Index first, BatchF& out) const {
  out.setZero();
  if (law != StartLaw::prior) {
    addNoise(std::sqrt(variance(s)), noise, 0, first, out);
    return;
  }
  const Channel channel = m_process.channel(s);
  addNoise(m_process.variancePreserving() ? 1 : std::sqrt(channel.noiseVariance), noise, 0, first,
           out);
  out.colwise() -= static_cast<float>(channel.signal) * m_origin;
}

void Complement::startAt(const VecView& x, double s, BatchF& out) const {
  const Vec across = x - m_span.basis * (m_span.basis.transpose() * x);
  out.colwise() = Vec(across - m_process.signal(s) * m_span.origin).cast<float>();
}

/// With σ = √V/a, in reverse u' = (a'/a)(σ'/σ)^{1+λ²} u + √V' √(1 − (σ'/σ)^{2λ²}) ξ.
void Complement::advance(double from, double to, const Noise& noise, Index cell, Index first,
                         BatchF& deviations) const {
  const double signals = m_process.signal(to) / m_process.signal(from);
  const double before = variance(from), after = variance(to);
  if (m_direction == Direction::forward) {
    deviations *= static_cast<float>(signals);
    addNoise(std::sqrt(std::max(0.0, after - signals * signals * before)), noise, cell, first,
             deviations);
    return;
  }
  const double lambda2 = m_stochasticity * m_stochasticity;
  const double ratio = std::sqrt(after / before) / signals;
  const double kept = std::pow(ratio, lambda2);
  deviations *= static_cast<float>(signals * ratio * kept);
  addNoise(std::sqrt(after * std::max(0.0, 1 - kept * kept)), noise, cell, first, deviations);
}

BatchF Complement::lifted(double s, const BatchF& inSpan, const BatchF& deviations) const {
  BatchF out = fixedWidthProduct(m_basis, inSpan) + deviations;
  out.colwise() += static_cast<float>(m_process.signal(s)) * m_origin;
  return out;
}

}  // namespace separatrix
