#include "core/targets/gaussian_mixture.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/numerics/matrix_size.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/dataset_kernel.hpp"
#include "core/targets/mixture_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numbers>

namespace separatrix {
namespace {

using RowVec = Eigen::RowVectorXd;
constexpr Index kCoordinatesAtOnce = 16;
constexpr std::size_t kComponentsAtOnce = 256;

void requireSize(const char* entry, Index size, Index components) {
  if (size == components) return;
  throw InvalidInput(entry, "has " + std::to_string(size) + " values for " +
                                std::to_string(components) + " means; give one for each");
}

void requirePointOrWidth(const Vec& variances) {
  for (const double variance : variances)
    if (variance > 0 && variance < kLeastVariance)
      throw InvalidInput(
          "target.variances",
          numberText(variance) + " is too small; give 0 for a point, otherwise 1e-30 or more");
}

/// Of a component as it is seen through the channel: V_k = a² v_k + b².
Vec channelVariances(const Components& parts, const Channel& channel) {
  return channel.signal * channel.signal * parts.variances.array() + channel.noiseVariance;
}

}  // namespace

struct GaussianMixture::LazyKernel {
  std::once_flag once;
  std::unique_ptr<const DatasetKernel> kernel;

  const DatasetKernel& of(const Components& parts) {
    std::call_once(once, [&] { kernel = std::make_unique<DatasetKernel>(parts); });
    return *kernel;
  }
};

GaussianMixture::~GaussianMixture() = default;

GaussianMixture::GaussianMixture(Components components) : m_parts(std::move(components)) {
  const Index count = m_parts.means.cols();
  requireSize("target.weights", m_parts.weights.size(), count);
  requireSize("target.variances", m_parts.variances.size(), count);
  requirePointOrWidth(m_parts.variances);
  if (!m_parts.labels.empty()) requireSize("target.labels", std::ssize(m_parts.labels), count);
  m_parts.weights /= m_parts.weights.sum();
  m_logWeights = m_parts.weights.array().log();
  if (DatasetKernel::suits(count, dimension()) && DatasetKernel::hasEqualVariances(m_parts))
    m_kernel = std::make_unique<LazyKernel>();
  m_cumulativeWeights.resize(count);
  double sum = 0;
  for (Index k = 0; k < count; ++k) m_cumulativeWeights[k] = sum += m_parts.weights[k];
}

Vec GaussianMixture::mean() const {
  return m_parts.means * m_parts.weights;
}

Mat GaussianMixture::covariance() const {
  requireMatrixFits(dimension(), "the covariance");
  const Mat centred = m_parts.means.colwise() - mean();
  Mat out = centred * m_parts.weights.asDiagonal() * centred.transpose();
  out.diagonal().array() += m_parts.weights.dot(m_parts.variances);
  return out;
}

/// With fewer components than dimensions, from the K × K matrix that has the same eigenvalues.
double GaussianMixture::largestVariance() const {
  if (m_parts.count() >= dimension()) return Target::largestVariance();
  const Mat centred = (m_parts.means.colwise() - mean()) * m_parts.weights.cwiseSqrt().asDiagonal();
  return largestEigenvalue(centred.transpose() * centred) + m_parts.weights.dot(m_parts.variances);
}

/// log w_k N(x; a μ_k, V_k I) = relative + offset, apart so that the weights of components equally
/// far keep all their digits at small noise.
GaussianMixture::Exponents GaussianMixture::exponents(const VecView& x,
                                                      const Channel& channel) const {
  const Vec variances = channelVariances(m_parts, channel);
  const double halfDimension = 0.5 * static_cast<double>(dimension());
  Vec squares(m_parts.count());
  for (Index k = 0; k < squares.size(); ++k)
    squares[k] = (x - channel.signal * m_parts.means.col(k)).squaredNorm() / (2 * variances[k]);
  const double least = squares.minCoeff();
  const auto logs = (2 * std::numbers::pi * variances.array()).log();
  return {m_logWeights.array() - halfDimension * logs - (squares.array() - least), -least};
}

Vec GaussianMixture::componentPosterior(const VecView& x, const Channel& channel) const {
  Vec weights = exponents(x, channel).relative;
  softmaxInPlace(weights);
  return weights;
}

Posterior GaussianMixture::posterior(const VecView& x, const Channel& channel) const {
  requireMatrixFits(dimension(), "the Hessian");
  const double a = channel.signal;
  const double b2 = channel.noiseVariance;
  const Index d = dimension();
  const Vec V = channelVariances(m_parts, channel);
  auto [w, offset] = exponents(x, channel);

  Posterior out;
  out.logEvidence = offset + softmaxInPlace(w);
  // Score and mean of y given x and the component.
  const auto score = [&](Index k) -> Vec { return (a * m_parts.means.col(k) - x) / V[k]; };
  const auto mean = [&](Index k) -> Vec {
    return (b2 * m_parts.means.col(k) + a * m_parts.variances[k] * x) / V[k];
  };
  out.score.setZero(d);
  out.mean.setZero(d);
  std::vector<Index> present;
  for (Index k = 0; k < w.size(); ++k) {
    if (w[k] == 0) continue;
    present.push_back(k);
    out.score += w[k] * score(k);
    out.mean += w[k] * mean(k);
  }

  out.hessian = -w.cwiseQuotient(V).sum() * Mat::Identity(d, d);
  out.covariance = b2 * w.dot(m_parts.variances.cwiseQuotient(V)) * Mat::Identity(d, d);
  for (std::size_t first = 0; first < present.size(); first += kComponentsAtOnce) {
    const std::size_t count = std::min(kComponentsAtOnce, present.size() - first);
    Mat scoreSpread(d, static_cast<Index>(count)), meanSpread(d, static_cast<Index>(count));
    for (std::size_t j = 0; j < count; ++j) {
      const Index k = present[first + j];
      scoreSpread.col(static_cast<Index>(j)) = std::sqrt(w[k]) * (score(k) - out.score);
      meanSpread.col(static_cast<Index>(j)) = std::sqrt(w[k]) * (mean(k) - out.mean);
    }
    out.hessian.noalias() += scoreSpread * scoreSpread.transpose();
    out.covariance.noalias() += meanSpread * meanSpread.transpose();
  }
  return out;
}

/// P(component k | x) at P points, K × P: each component contiguous over the points.
Batch GaussianMixture::weights(const BatchView& x, const Channel& channel, Vec& logEvidence) const {
  const double a = channel.signal;
  const Vec V = channelVariances(m_parts, channel);
  const double halfDimension = 0.5 * static_cast<double>(dimension());
  // A few coordinates at a time stay in the cache.
  Batch w = Batch::Zero(m_parts.count(), x.cols());
  for (Index first = 0; first < x.rows(); first += kCoordinatesAtOnce)
    for (Index k = 0; k < w.rows(); ++k)
      for (Index i = first; i < std::min(first + kCoordinatesAtOnce, x.rows()); ++i)
        w.row(k).array() += (x.row(i).array() - a * m_parts.means(i, k)).square();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  RowVec least = RowVec::Constant(x.cols(), kInfinity);
  for (Index k = 0; k < w.rows(); ++k) {
    w.row(k) *= 0.5 / V[k];
    least = least.cwiseMin(w.row(k));
  }
  RowVec largest = RowVec::Constant(x.cols(), -kInfinity);
  for (Index k = 0; k < w.rows(); ++k) {
    const double offset = m_logWeights[k] - halfDimension * std::log(2 * std::numbers::pi * V[k]);
    w.row(k).array() = offset - (w.row(k) - least).array();
    largest = largest.cwiseMax(w.row(k));
  }
  RowVec sum = RowVec::Zero(x.cols());
  for (Index k = 0; k < w.rows(); ++k) {
    w.row(k) = (w.row(k) - largest).array().exp();
    sum += w.row(k);
  }
  logEvidence = (largest.array() + sum.array().log() - least.array()).transpose();
  for (Index k = 0; k < w.rows(); ++k) w.row(k).array() /= sum.array();
  return w;
}

void GaussianMixture::posteriorBatch(const BatchView& x, const Channel& channel,
                                     PosteriorBatch& out) const {
  const double a = channel.signal;
  const double b2 = channel.noiseVariance;
  const Vec V = channelVariances(m_parts, channel);
  Batch w = weights(x, channel, out.logEvidence);
  w.array().colwise() /= V.array();
  out.score.setZero(x.rows(), x.cols());
  out.mean.setZero(x.rows(), x.cols());
  for (Index first = 0; first < x.rows(); first += kCoordinatesAtOnce)
    for (Index k = 0; k < w.rows(); ++k)
      for (Index i = first; i < std::min(first + kCoordinatesAtOnce, x.rows()); ++i) {
        const double mu = m_parts.means(i, k);
        out.score.row(i).array() += w.row(k).array() * (a * mu - x.row(i).array());
        out.mean.row(i).array() +=
            w.row(k).array() * (b2 * mu + a * m_parts.variances[k] * x.row(i).array());
      }
}

void GaussianMixture::scores(const BatchFView& x, const Channel& channel, BatchFOut out) const {
  if (dimension() <= kFewDimensions) return mixtureScores(m_parts, m_logWeights, channel, x, out);
  if (m_kernel) return m_kernel->of(m_parts).scores(x, channel, out);
  using Row = Eigen::Array<float, 1, Eigen::Dynamic>;
  const auto a = static_cast<float>(channel.signal);
  const Vec V = channelVariances(m_parts, channel);
  const Index components = m_parts.count();
  Vec offsets = m_logWeights.array() - 0.5 * static_cast<double>(dimension()) * V.array().log();
  offsets.array() -= offsets.maxCoeff();

  BatchF w(components, x.cols());
  Row largest = Row::Constant(x.cols(), -std::numeric_limits<float>::infinity());
  for (Index k = 0; k < components; ++k) {
    // Less its mean under component k, so that it stays small in many dimensions.
    const auto variance = static_cast<float>(V[k]);
    Row excess = Row::Zero(x.cols());
    for (Index i = 0; i < x.rows(); ++i)
      excess +=
          (x.row(i).array() - a * static_cast<float>(m_parts.means(i, k))).square() - variance;
    w.row(k) = static_cast<float>(offsets[k]) - excess * static_cast<float>(0.5 / V[k]);
    largest = largest.max(w.row(k).array());
  }
  Row sum = Row::Zero(x.cols());
  for (Index k = 0; k < components; ++k) {
    w.row(k) = (w.row(k).array() - largest).exp();
    sum += w.row(k).array();
  }
  sum = sum.inverse();
  out.setZero();
  for (Index k = 0; k < components; ++k) {
    w.row(k).array() *= sum * static_cast<float>(1 / V[k]);
    for (Index i = 0; i < x.rows(); ++i)
      out.row(i).array() +=
          w.row(k).array() * (a * static_cast<float>(m_parts.means(i, k)) - x.row(i).array());
  }
}

void GaussianMixture::moveAlongScores(const ScoreStep& step, const Channel& channel,
                                      const BatchFView& dW, BatchFOut x) const {
  if (dimension() <= kFewDimensions)
    return moveAlongMixtureScores(m_parts, m_logWeights, channel, step, dW, x);
  Target::moveAlongScores(step, channel, dW, x);
}

void GaussianMixture::logDensities(const BatchFView& x, const Channel& channel,
                                   Eigen::Ref<Eigen::VectorXf> out) const {
  if (dimension() <= kFewDimensions)
    return mixtureLogDensities(m_parts, m_logWeights, channel, x, out);
  Target::logDensities(x, channel, out);
}

void GaussianMixture::sample(const Noise& noise, Index first, BatchFOut out) const {
  const Index count = out.cols();
  Vec u(count);
  noise.uniforms(NoisePurpose::dataChoice, 0, 0, first, count, u.data());
  std::vector<Index> part(static_cast<std::size_t>(count));
  for (Index p = 0; p < count; ++p) {
    const auto* begin = m_cumulativeWeights.data();
    const auto* end = begin + m_parts.count() - 1;
    part[static_cast<std::size_t>(p)] = std::upper_bound(begin, end, u[p]) - begin;
  }
  const bool points = m_parts.variances.maxCoeff() == 0;
  Eigen::VectorXf z = Eigen::VectorXf::Zero(count);
  for (Index i = 0; i < out.rows(); ++i) {
    if (!points) noise.normals(NoisePurpose::dataNoise, 0, i, first, count, z.data());
    for (Index p = 0; p < count; ++p) {
      const Index k = part[static_cast<std::size_t>(p)];
      const double width = std::sqrt(m_parts.variances[k]);
      out(i, p) = static_cast<float>(m_parts.means(i, k) + width * static_cast<double>(z[p]));
    }
  }
}

/// A component by its weight, then N((b²μ_k + a v_k x)/V_k, b² v_k/V_k).
void GaussianMixture::samplePosterior(const Noise& noise, Index cell, Index first,
                                      const BatchFView& x, const Channel& channel,
                                      BatchFOut y) const {
  const double a = channel.signal;
  const double b2 = channel.noiseVariance;
  const Vec V = channelVariances(m_parts, channel);
  const Index count = x.cols();
  Vec logEvidence;
  const Batch w = weights(x.cast<double>(), channel, logEvidence);
  std::vector<Index> part(static_cast<std::size_t>(count), m_parts.count() - 1);
  for (Index p = 0; p < count; ++p) {
    double left = ParticleUniforms(noise, NoisePurpose::posteriorChoice, cell, first + p)(0);
    Index k = 0;
    while (k < m_parts.count() && (left -= w(k, p)) >= 0) ++k;
    if (k < m_parts.count()) part[static_cast<std::size_t>(p)] = k;
  }
  const bool wide = m_parts.variances.maxCoeff() > 0;
  Vec z = Vec::Zero(count);
  for (Index i = 0; i < y.rows(); ++i) {
    if (wide) noise.normals(NoisePurpose::posteriorNoise, cell, i, first, count, z.data());
    for (Index p = 0; p < count; ++p) {
      const Index k = part[static_cast<std::size_t>(p)];
      const double v = m_parts.variances[k];
      const double mean = (b2 * m_parts.means(i, k) + a * v * static_cast<double>(x(i, p))) / V[k];
      y(i, p) = static_cast<float>(mean + std::sqrt(b2 * v / V[k]) * z[p]);
    }
  }
}

TargetKind gaussianMixtureKind() {
  TargetKind kind;
  kind.id = "gaussian-mixture";
  kind.title = "Points and Gaussian mixture";
  kind.source = "theory: Raya & Ambrogioni 2023, Eq 7; Ambrogioni 2023, Eq 6";
  kind.parameters = {
      ParameterSpec::of(ParameterKind::pointTable, "means", Json::parse("[[-1],[1]]"))
          .labelled("Points", "μ", "Position of each component; all of one dimension.")
          .within(-kLargestCoordinate, kLargestCoordinate)
          .slider(-3, 3),
      ParameterSpec::of(ParameterKind::vector, "weights", 1)
          .labelled("Weight", "w", "Relative weight of each component.")
          .above(0, 1e12)
          .slider(0.05, 1),
      ParameterSpec::of(ParameterKind::vector, "variances", 0)
          .labelled("Variance", "v", "Variance of each component; 0 is a single point.")
          .within(0, 1e12)
          .slider(0, 1)
          .also("variance"),
  };
  kind.make = [](const ParameterValues& values, FileLoader&) {
    Components parts;
    parts.means = values.points("means");
    parts.weights = values.vector("weights", parts.means.cols());
    parts.variances = values.vector("variances", parts.means.cols());
    return std::make_unique<GaussianMixture>(std::move(parts));
  };
  return kind;
}

}  // namespace separatrix
