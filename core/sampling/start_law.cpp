#include "core/sampling/start_law.hpp"

#include <Eigen/Cholesky>

#include <cmath>

namespace separatrix {
namespace {

BatchF startNormals(const Noise& noise, Index first, Index rows, Index columns) {
  BatchF z(rows, columns);
  for (Index i = 0; i < rows; ++i)
    noise.normals(NoisePurpose::start, 0, i, first, columns, z.row(i).data());
  return z;
}

}  // namespace

Starter::Starter(const Target& target, const ForwardProcess& process, StartLaw law, double s)
    : m_target(target),
      m_channel(process.channel(s)),
      m_law(law),
      m_priorDeviation(process.variancePreserving() ? 1 : std::sqrt(m_channel.noiseVariance)) {
  if (law != StartLaw::gls) return;
  const double a = m_channel.signal;
  m_mean = a * target.mean();
  Mat covariance = a * a * target.covariance();
  covariance.diagonal().array() += m_channel.noiseVariance;
  m_factor = covariance.llt().matrixL();
}

void Starter::operator()(const Noise& noise, Index first, BatchFOut out) const {
  const BatchF z = startNormals(noise, first, out.rows(), out.cols());
  switch (m_law) {
    case StartLaw::prior:
      out = static_cast<float>(m_priorDeviation) * z;
      return;
    case StartLaw::gls:
      out = ((m_factor * z.cast<double>()).colwise() + m_mean).cast<float>();
      return;
    case StartLaw::exactMarginal:
      m_target.sample(noise, first, out);
      out = static_cast<float>(m_channel.signal) * out +
            static_cast<float>(std::sqrt(m_channel.noiseVariance)) * z;
      return;
  }
}

}  // namespace separatrix
