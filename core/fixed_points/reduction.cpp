#include "core/fixed_points/reduction.hpp"

#include "core/targets/gaussian_mixture.hpp"

#include <Eigen/QR>

#include <algorithm>

namespace separatrix {
namespace {

constexpr double kRankTolerance = 1e-13;

/// An orthonormal basis of the span of the columns; of one dimension at least.
Mat spanBasis(const Mat& columns) {
  Eigen::ColPivHouseholderQR<Mat> decomposition;
  decomposition.setThreshold(kRankTolerance);
  decomposition.compute(columns);
  const Index rank = std::max<Index>(1, decomposition.rank());
  return decomposition.householderQ() * Mat::Identity(columns.rows(), rank);
}

}  // namespace

Reduction::Reduction(const Target& target) : m_full(target) {
  const Components* parts = target.components();
  if (parts == nullptr || target.dimension() == 1) return;
  m_variance = parts->variances[0];
  if ((parts->variances.array() != m_variance).any()) return;
  const Mat basis = spanBasis(parts->means.colwise() - Vec(parts->means.col(0)));
  if (basis.cols() == target.dimension()) return;
  m_basis = basis;
  m_offset = parts->means.col(0) - m_basis * (m_basis.transpose() * parts->means.col(0));
  Components inside{m_basis.transpose() * parts->means, parts->weights, parts->variances};
  m_reduced = std::make_unique<GaussianMixture>(std::move(inside));
}

double Reduction::hiddenEigenvalue(const Landscape& landscape, double t) const {
  if (!m_reduced) return 1;
  const Channel at = landscape.channel(t);
  const double V = at.signal * at.signal * m_variance + at.noiseVariance;
  const auto [c, scale] = landscape.weights(t);
  return (c + at.noiseVariance / V) / scale;
}

Vec Reduction::lifted(const Landscape& landscape, const Vec& x, double t) const {
  if (!m_reduced) return x;
  Vec out = m_basis * x;
  // c x + (b²/V)(x − a μ) = 0
  const Channel at = landscape.channel(t);
  const double V = at.signal * at.signal * m_variance + at.noiseVariance;
  const double eigenvalue = hiddenEigenvalue(landscape, t);
  if (m_offset.squaredNorm() > 0)
    out +=
        (at.signal * (at.noiseVariance / V) / (eigenvalue * landscape.weights(t).scale)) * m_offset;
  return out;
}

}  // namespace separatrix
