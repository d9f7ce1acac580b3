#include "core/targets/span_of_means.hpp"

#include "core/targets/gaussian_mixture.hpp"

#include <Eigen/QR>

#include <algorithm>

namespace separatrix {
namespace {

/// An orthonormal basis of the span of the columns; of one dimension at least.
Mat spanBasis(const Mat& columns) {
  constexpr double kRankTolerance = 1e-13;
  Eigen::ColPivHouseholderQR<Mat> decomposition;
  decomposition.setThreshold(kRankTolerance);
  decomposition.compute(columns);
  const Index rank = std::max<Index>(1, decomposition.rank());
  return decomposition.householderQ() * Mat::Identity(columns.rows(), rank);
}

/// So many components in so many dimensions are in no small span but by chance.
bool mayHaveSmallSpan(const Components& parts) {
  constexpr double kMostWork = 4e9;
  constexpr Index kSmall = 16;
  const Index d = parts.means.rows(), count = parts.count();
  if (d > kSmall && 2 * (count - 1) > d) return false;
  const auto dimension = static_cast<double>(d), size = static_cast<double>(count);
  return dimension * size * std::min(size, dimension) <= kMostWork;
}

}  // namespace

std::optional<SpanOfMeans> spanOfMeans(const Target& target) {
  const Components* parts = target.components();
  if (parts == nullptr || target.dimension() == 1) return std::nullopt;
  SpanOfMeans out;
  out.variance = parts->variances[0];
  if ((parts->variances.array() != out.variance).any()) return std::nullopt;
  const Vec first = parts->means.col(0);
  out.basis = spanBasis(parts->means.colwise() - first);
  if (out.basis.cols() == target.dimension()) return std::nullopt;
  out.origin = first - out.basis * (out.basis.transpose() * first);
  out.target = std::make_unique<GaussianMixture>(Components{
      out.basis.transpose() * parts->means, parts->weights, parts->variances, parts->labels});
  return out;
}

std::optional<SpanOfMeans> smallSpanOfMeans(const Target& target) {
  const Components* parts = target.components();
  if (parts == nullptr || !mayHaveSmallSpan(*parts)) return std::nullopt;
  auto out = spanOfMeans(target);
  if (out && 2 * out->basis.cols() > target.dimension()) out.reset();
  return out;
}

}  // namespace separatrix
