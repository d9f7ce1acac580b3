#include "core/targets/spin_enumeration.hpp"

#include "core/numerics/log_sum_exp.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

template <class Real>
using Configurations = Eigen::Array<Real, Eigen::Dynamic, 1>;

Index configurationCount(Index spins) {
  return Index{1} << spins;
}

/// Σ_i (low_i where bit i is clear, high_i where it is set), for all configurations.
template <class Real>
Configurations<Real> sums(const Eigen::ArrayXd& low, const Eigen::ArrayXd& high) {
  Configurations<Real> out(configurationCount(low.size()));
  out[0] = 0;
  for (Index i = 0; i < low.size(); ++i) {
    const Index n = configurationCount(i);
    out.segment(n, n) = out.head(n) + static_cast<Real>(high[i]);
    out.head(n) += static_cast<Real>(low[i]);
  }
  return out;
}

/// −2 Σ_{y_i ≠ s_i} |h_i|: 0 for the preferred configuration.
template <class Real>
Configurations<Real> flipExponents(const VecView& fields) {
  const Eigen::ArrayXd twice = 2 * fields.array();
  return sums<Real>(-twice.max(0), twice.min(0));
}

/// ½ yᵀ A y for a symmetric A without diagonal.
Eigen::ArrayXd quadraticForm(const Mat& A) {
  Eigen::ArrayXd out = Eigen::ArrayXd::Zero(configurationCount(A.rows()));
  for (Index i = 0; i < A.rows(); ++i) {
    const Index n = configurationCount(i);
    const Eigen::ArrayXd row = A.row(i).head(i).transpose().array();
    const Eigen::ArrayXd field = sums<double>(-row, row);
    out.segment(n, n) = out.head(n) + field;
    out.head(n) -= field;
  }
  return out;
}

/// The half of 2^{i+1} weights in which spin i is not s_i.
template <class Real>
auto flippedHalf(Configurations<Real>& weights, Index i, const Eigen::ArrayXd& s) {
  const Index n = configurationCount(i);
  return weights.segment(s[i] > 0 ? 0 : n, n);
}

/// Sums over spin i.
template <class Real>
void fold(Configurations<Real>& weights, Index i) {
  const Index n = configurationCount(i);
  weights.head(n) += weights.segment(n, n);
}

/// Pairwise, so that single precision suffices.
template <class Real>
Real total(Configurations<Real> weights, Index spins) {
  for (Index i = spins - 1; i >= 0; --i) fold(weights, i);
  return weights[0];
}

/// Σ of the weights in which spin i is flipped, for each of the first `spins`.
template <class Real>
Configurations<Real> flipSums(Configurations<Real> weights, Index spins, const Eigen::ArrayXd& s) {
  Configurations<Real> out(spins);
  for (Index i = spins - 1; i >= 0; --i) {
    out[i] = total<Real>(flippedHalf(weights, i, s), i);
    fold(weights, i);
  }
  return out;
}

/// P(spins i and j are flipped), the single flips on the diagonal.
Mat jointFlips(Eigen::ArrayXd weights, Index spins, const Eigen::ArrayXd& s) {
  Mat out(spins, spins);
  for (Index i = spins - 1; i >= 0; --i) {
    const Eigen::ArrayXd flipped = flippedHalf(weights, i, s);
    out(i, i) = total<double>(flipped, i);
    out.col(i).head(i) = flipSums<double>(flipped, i, s).matrix();
    out.row(i).head(i) = out.col(i).head(i).transpose();
    fold(weights, i);
  }
  return out;
}

}  // namespace

SpinEnumeration::SpinEnumeration(const Mat& coupling, double temperature) {
  m_quadratic = -(coupling + coupling.transpose()) / (2 * temperature);
  m_quadratic.diagonal().setZero();
  m_logWeight = quadraticForm(m_quadratic);
  Eigen::ArrayXd weights = m_logWeight;
  m_logSum = softmaxInPlace(weights);
  m_logWeight -= m_logSum;
  m_singleLogWeight = m_logWeight.cast<float>();
  m_cumulative.resize(weights.size());
  double sum = 0;
  for (Index c = 0; c < weights.size(); ++c) m_cumulative[c] = sum += weights[c];
  m_withoutField = enumerate(Vec::Zero(dimension()), WithCovariance::yes);
  m_withoutField.flips.setConstant(0.5);  // up and down are alike
}

SpinMarginals SpinEnumeration::marginals(const VecView& fields, WithCovariance covariance) const {
  // The symmetric branch stays there at all times.
  return fields.isZero(0) ? m_withoutField : enumerate(fields, covariance);
}

SpinMarginals SpinEnumeration::enumerate(const VecView& fields, WithCovariance covariance) const {
  const Eigen::ArrayXd s = preferredSpins(fields);
  Eigen::ArrayXd weights = m_logWeight + flipExponents<double>(fields);
  SpinMarginals out;
  out.logSum = softmaxInPlace(weights);
  if (covariance == WithCovariance::no) {
    out.flips = flipSums<double>(std::move(weights), dimension(), s);
    return out;
  }
  out.flipCovariance = jointFlips(std::move(weights), dimension(), s);
  out.flips = out.flipCovariance.diagonal();
  out.flipCovariance -= out.flips * out.flips.transpose();
  return out;
}

Eigen::ArrayXf SpinEnumeration::flips(const VecView& fields) const {
  const Eigen::ArrayXd s = preferredSpins(fields);
  Eigen::ArrayXf weights = m_singleLogWeight + flipExponents<float>(fields);
  weights = (weights - weights.maxCoeff()).exp();
  const float sum = total<float>(weights, dimension());
  return flipSums<float>(std::move(weights), dimension(), s) / sum;
}

double SpinEnumeration::participationRatio(const VecView& fields) const {
  Eigen::ArrayXd weights = m_logWeight + flipExponents<double>(fields);
  softmaxInPlace(weights);
  return weights.square().sum();
}

double SpinEnumeration::meanLogWeight(const Mat& secondMoments) const {
  return 0.5 * m_quadratic.cwiseProduct(secondMoments).sum() - m_logSum;
}

Mat SpinEnumeration::covariance() const {
  return 4 * marginals(Vec::Zero(dimension()), WithCovariance::yes).flipCovariance;
}

Eigen::ArrayXf SpinEnumeration::draw(const VecView& fields,
                                     const std::function<double(Index n)>& uniform) const {
  Eigen::ArrayXd weights = m_logWeight + flipExponents<double>(fields);
  softmaxInPlace(weights);
  double left = uniform(0);
  Index configuration = 0;
  while (configuration + 1 < weights.size() && (left -= weights[configuration]) >= 0)
    ++configuration;
  Eigen::ArrayXf out(dimension());
  for (Index i = 0; i < out.size(); ++i) out[i] = ((configuration >> i) & 1) != 0 ? 1.F : -1.F;
  return out;
}

void SpinEnumeration::sample(const Noise& noise, Index first, BatchFOut out) const {
  const Vec u = fineUniforms(noise, first, out.cols());
  const double* begin = m_cumulative.data();
  for (Index p = 0; p < out.cols(); ++p) {
    const Index configuration =
        std::upper_bound(begin, begin + m_cumulative.size() - 1, u[p]) - begin;
    for (Index i = 0; i < out.rows(); ++i) out(i, p) = ((configuration >> i) & 1) != 0 ? 1.F : -1.F;
  }
}

}  // namespace separatrix
