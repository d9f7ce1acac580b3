#include "core/targets/curie_weiss.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/targets/spin_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace separatrix {
namespace {

/// Calls `use` with the mixture that fits the sign of K.
template <class Use>
auto withMixture(const VecView& fields, double K, const Use& use) {
  if (K < 0) return use(antiferromagneticMixture(fields, K));
  return use(ferromagneticMixture<double>(fields, K));
}

template <class Scalar>
SpinMarginals marginalsOf(const SpinMixture<Scalar>& mixture, WithCovariance covariance) {
  SpinMarginals out;
  out.logSum = mixture.logSum;
  out.flips = (mixture.flips * mixture.weights).real();
  if (covariance == WithCovariance::no) return out;
  const auto spread = (mixture.flips.colwise() - out.flips.template cast<Scalar>()).eval();
  out.flipCovariance = (spread * mixture.weights.asDiagonal() * spread.transpose()).real();
  out.flipCovariance.diagonal() = out.flips.cwiseProduct(Vec::Ones(out.flips.size()) - out.flips);
  return out;
}

}  // namespace

CurieWeiss::CurieWeiss(Index dimension, double coupling, double temperature)
    : m_dimension(dimension), m_K(coupling / (static_cast<double>(dimension) * temperature)) {
  m_logSum = withMixture(Vec::Zero(dimension), m_K, [](const auto& m) { return m.logSum; });
  Eigen::ArrayXd law(dimension + 1);
  double logBinomial = 0;
  for (Index up = 0; up <= dimension; ++up) {
    const auto M = static_cast<double>(2 * up - dimension);
    law[up] = logBinomial + 0.5 * m_K * M * M;
    logBinomial += std::log(static_cast<double>(dimension - up) / static_cast<double>(up + 1));
  }
  softmaxInPlace(law);
  m_cumulative.resize(law.size());
  double sum = 0;
  for (Index up = 0; up <= dimension; ++up) m_cumulative[up] = sum += law[up];
}

SpinMarginals CurieWeiss::marginals(const VecView& fields, WithCovariance covariance) const {
  SpinMarginals out = withMixture(
      fields, m_K, [&](const auto& mixture) { return marginalsOf(mixture, covariance); });
  out.logSum -= m_logSum;
  return out;
}

Eigen::ArrayXf CurieWeiss::flips(const VecView& fields) const {
  if (m_K < 0) return marginals(fields, WithCovariance::no).flips.cast<float>();
  const SpinMixture<float> mixture = ferromagneticMixture<float>(fields, m_K);
  return mixture.flips * mixture.weights;
}

double CurieWeiss::participationRatio(const VecView& fields) const {
  const auto logSum = [](const auto& mixture) { return mixture.logSum; };
  const double logRatio =
      withMixture(2 * fields, 2 * m_K, logSum) - 2 * withMixture(fields, m_K, logSum);
  // Roundoff of exponents as large as 10¹⁴ must not make it more than certain.
  return std::exp(std::min(0.0, logRatio));
}

double CurieWeiss::meanLogWeight(const Mat& secondMoments) const {
  return 0.5 * m_K * secondMoments.sum() - couplingOffset(m_dimension, m_K) - m_logSum;
}

Mat CurieWeiss::covariance() const {
  // ⟨y_i y_j⟩, i ≠ j, of spins that are alike and independent in each part.
  const double correlation = withMixture(Vec::Zero(m_dimension), m_K, [](const auto& mixture) {
    const auto means = (1 - 2 * mixture.flips.row(0).transpose().array()).eval();
    return std::real((mixture.weights.array() * means.square()).sum());
  });
  Mat out = Mat::Constant(m_dimension, m_dimension, correlation);
  out.diagonal().setOnes();
  return out;
}

Eigen::ArrayXf CurieWeiss::draw(const VecView& fields,
                                const std::function<double(Index n)>& uniform) const {
  if (m_K < 0) return drawAntiferromagnet(fields, m_K, uniform);
  const SpinMixture<double> mixture = ferromagneticMixture<double>(fields, m_K);
  double left = uniform(dimension());
  Index n = 0;
  while (n + 1 < mixture.weights.size() && (left -= mixture.weights[n]) >= 0) ++n;
  return drawIndependent(preferredSpins(fields), mixture.flips.col(n).array(), uniform);
}

void CurieWeiss::sample(const Noise& noise, Index first, BatchFOut out) const {
  const Vec u = fineUniforms(noise, first, out.cols());
  Vec upLeft(out.cols()), choice(out.cols());
  const double* begin = m_cumulative.data();
  for (Index p = 0; p < out.cols(); ++p)
    upLeft[p] = static_cast<double>(std::upper_bound(begin, begin + m_dimension, u[p]) - begin);
  // Which spins are up is even among all choices.
  for (Index i = 0; i < m_dimension; ++i) {
    noise.uniforms(NoisePurpose::dataNoise, 0, i, first, out.cols(), choice.data());
    const auto spinsLeft = static_cast<double>(m_dimension - i);
    for (Index p = 0; p < out.cols(); ++p) {
      const bool up = choice[p] * spinsLeft < upLeft[p];
      out(i, p) = up ? 1.F : -1.F;
      if (up) upLeft[p] -= 1;
    }
  }
}

}  // namespace separatrix
