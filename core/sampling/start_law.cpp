#include "core/sampling/start_law.hpp"

#include "core/numerics/fixed_width_product.hpp"
#include "core/numerics/symmetric_eigen.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

BatchF startNormals(const Noise& noise, Index first, Index firstRow, Index rows, Index columns) {
  BatchF z(rows, columns);
  for (Index i = 0; i < rows; ++i)
    noise.normals(NoisePurpose::start, 0, firstRow + i, first, columns, z.row(i).data());
  return z;
}

/// M (d × K) with M Mᵀ + v I the covariance of the data, v the mean variance of the components.
Mat meansFactor(const Components& parts) {
  const Vec mean = parts.means * parts.weights;
  return (parts.means.colwise() - mean) * parts.weights.cwiseSqrt().asDiagonal();
}

struct Spectrum {
  Vec values;   ///< descending, as many as there are; those beyond are `rest`
  Mat vectors;  ///< d × as many
  double rest = 0;
};

/// Of the covariance of the data; by the K × K matrix where components are fewer than dimensions.
Spectrum spectrumOf(const Target& target) {
  const Components* parts = target.components();
  Spectrum out;
  if (parts == nullptr || parts->count() >= target.dimension()) {
    const SymmetricEigen solver(target.covariance());
    out.values = solver.eigenvalues().reverse();
    out.vectors = solver.eigenvectors().rowwise().reverse();
    return out;
  }
  const Mat factor = meansFactor(*parts);
  out.rest = parts->weights.dot(parts->variances);
  const SymmetricEigen solver(factor.transpose() * factor);
  const Vec squares = solver.eigenvalues().reverse().cwiseMax(0);
  const Index rank = (squares.array() > 1e-12 * squares[0]).count();
  out.values = squares.head(rank).array() + out.rest;
  out.vectors = factor * solver.eigenvectors().rowwise().reverse().leftCols(rank) *
                squares.head(rank).cwiseSqrt().cwiseInverse().asDiagonal();
  return out;
}

}  // namespace

Starter::Starter(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                 StartLaw law, double s)
    : m_target(target),
      m_channel(process.channel(s)),
      m_law(law),
      m_priorDeviation(process.variancePreserving() ? 1 : std::sqrt(m_channel.noiseVariance)) {
  if (law != StartLaw::gls) return;
  m_mean = m_channel.signal * target.mean();
  if (spec.glsRank && *spec.glsRank < target.dimension())
    prepareRank(*spec.glsRank);
  else
    prepareWhole();
}

void Starter::prepareWhole() {
  const double a = m_channel.signal;
  const Components* parts = m_target.components();
  if (parts != nullptr && parts->count() < m_target.dimension()) {
    m_factor = (a * meansFactor(*parts)).cast<float>();
    m_deviation = std::sqrt(a * a * parts->weights.dot(parts->variances) + m_channel.noiseVariance);
    return;
  }
  Mat covariance = a * a * m_target.covariance();
  covariance.diagonal().array() += m_channel.noiseVariance;
  m_factor = Mat(covariance.llt().matrixL()).cast<float>();
}

void Starter::prepareRank(Index rank) {
  const Spectrum data = spectrumOf(m_target);
  const Index dimension = m_target.dimension();
  const Index known = data.values.size();
  const Index kept = std::min(rank, known);
  const double a2 = m_channel.signal * m_channel.signal;
  const double b2 = m_channel.noiseVariance;
  const auto others = static_cast<double>(dimension - kept);
  const double beyond = static_cast<double>(dimension - known) * data.rest;
  const double rest = (data.values.tail(known - kept).sum() + beyond) / others;
  m_deviation = std::sqrt(a2 * rest + b2);
  const Vec excess = (a2 * (data.values.head(kept).array() - rest)).max(0).sqrt();
  m_factor = (data.vectors.leftCols(kept) * excess.asDiagonal()).cast<float>();
  const auto divergence = [&](double value) {
    const double relative = a2 * (value - rest) / (m_deviation * m_deviation);
    return 0.5 * (relative - std::log1p(relative));
  };
  for (Index i = kept; i < known; ++i) m_divergence += divergence(data.values[i]);
  m_divergence += static_cast<double>(dimension - known) * divergence(data.rest);
}

void Starter::operator()(const Noise& noise, Index first, BatchFOut out) const {
  const Index d = out.rows();
  switch (m_law) {
    case StartLaw::prior:
      out = static_cast<float>(m_priorDeviation) * startNormals(noise, first, 0, d, out.cols());
      return;
    case StartLaw::gls:
      out = fixedWidthProduct(m_factor, startNormals(noise, first, d, m_factor.cols(), out.cols()));
      if (m_deviation > 0)
        out += static_cast<float>(m_deviation) * startNormals(noise, first, 0, d, out.cols());
      out.colwise() += m_mean.cast<float>();
      return;
    case StartLaw::exactMarginal:
      m_target.sample(noise, first, out);
      out = static_cast<float>(m_channel.signal) * out +
            static_cast<float>(std::sqrt(m_channel.noiseVariance)) *
                startNormals(noise, first, 0, d, out.cols());
      return;
  }
}

}  // namespace separatrix
