#include "core/targets/principal_directions.hpp"

#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/errors.hpp"

#include <Eigen/QR>

#include <algorithm>
#include <string>

namespace separatrix {
namespace {

constexpr Index kLargestEigenproblem = 2000;

/// The deviations of the components from the mean, each times the root of its weight: their
/// product with its transpose is what the places of the components give to the covariance.
Mat weightedDeviations(const Components& parts) {
  const Vec mean = parts.means * parts.weights;
  return (parts.means.colwise() - mean) * parts.weights.cwiseSqrt().asDiagonal();
}

/// The matrix, if its eigenvalues are found in less than minutes.
const Mat& solvable(const Mat& symmetric) {
  if (symmetric.rows() > kLargestEigenproblem)
    throw Failure("the principal directions of a " + std::to_string(symmetric.rows()) + " × " +
                  std::to_string(symmetric.rows()) +
                  " covariance would take minutes; choose coordinates instead, or fewer points");
  return symmetric;
}

bool hasFewColumns(const Mat& deviations) {
  return deviations.cols() < deviations.rows();
}

/// The smaller of the two products of the deviations with their transpose, which have the same
/// eigenvalues but for zeros.
Mat smallerProduct(const Mat& deviations) {
  return hasFewColumns(deviations) ? Mat(deviations.transpose() * deviations)
                                   : Mat(deviations * deviations.transpose());
}

/// Fills the columns from `known` on with directions orthogonal to those before and to one another.
void complete(Mat& basis, Index known) {
  const Index count = basis.cols();
  if (known == count) return;
  if (known == 0) {
    basis.setIdentity();
    return;
  }
  const Eigen::HouseholderQR<Mat> reflections(basis.leftCols(known));
  const Mat all = reflections.householderQ() * Mat::Identity(basis.rows(), count);
  basis.rightCols(count - known) = all.rightCols(count - known);
}

void turnPositive(Mat& basis) {
  constexpr double kNearlyLargest = 0.999;
  for (auto column : basis.colwise()) {
    const double large = kNearlyLargest * column.cwiseAbs().maxCoeff();
    Index first = 0;
    while (std::abs(column[first]) < large) ++first;
    if (column[first] < 0) column = -column;
  }
}

/// Isotropic parts vary by their own variance in each direction, and by their places in no more
/// directions than there are parts: those come from the smaller of two matrices.
PrincipalDirections ofParts(const Components& parts, Index count) {
  constexpr double kRounding = 1e-12;
  const Mat deviations = weightedDeviations(parts);
  const bool few = hasFewColumns(deviations);
  const SymmetricEigen solver(solvable(smallerProduct(deviations)));
  const Vec found = solver.eigenvalues().reverse();
  const Index kept = std::min(count, found.size());
  PrincipalDirections out{Mat::Zero(deviations.rows(), count),
                          Vec::Constant(count, parts.weights.dot(parts.variances))};
  Index known = 0;
  for (; known < kept && found[known] > kRounding * found[0]; ++known) {
    const auto vector = solver.eigenvectors().col(found.size() - 1 - known);
    out.basis.col(known) = few ? Vec(deviations * vector).normalized() : Vec(vector);
    out.variances[known] += found[known];
  }
  complete(out.basis, known);
  return out;
}

}  // namespace

PrincipalDirections principalDirections(const Target& target, Index count) {
  const Index d = target.dimension();
  count = std::min(count, d);
  PrincipalDirections out;
  if (const Components* parts = target.components()) {
    out = ofParts(*parts, count);
  } else if (d > 1 && target.radialTarget() != nullptr) {
    out = {Mat::Identity(d, count), Vec::Constant(count, target.largestVariance())};
  } else {
    const SymmetricEigen solver(solvable(target.covariance()));
    out.basis = solver.eigenvectors().rowwise().reverse().leftCols(count);
    out.variances = solver.eigenvalues().reverse().head(count);
  }
  turnPositive(out.basis);
  return out;
}

Vec principalVariances(const Target& target, Index count) {
  count = std::min(count, target.dimension());
  if (const Components* parts = target.components()) {
    const Vec found = symmetricSpectrum(solvable(smallerProduct(weightedDeviations(*parts))));
    Vec out = Vec::Constant(count, parts->weights.dot(parts->variances));
    const Index kept = std::min(count, found.size());
    out.head(kept) += found.reverse().head(kept).cwiseMax(0);
    return out;
  }
  if (target.dimension() > 1 && target.radialTarget() != nullptr)
    return Vec::Constant(count, target.largestVariance());
  return symmetricSpectrum(solvable(target.covariance())).reverse().head(count);
}

double varianceAlong(const Target& target, const VecView& direction) {
  if (const Components* parts = target.components()) {
    const Vec places = parts->means.transpose() * direction;
    const double mean = parts->weights.dot(places);
    return parts->weights.dot((places.array() - mean).square().matrix() + parts->variances);
  }
  if (target.dimension() > 1 && target.radialTarget() != nullptr) return target.largestVariance();
  return direction.dot(target.covariance() * direction);
}

}  // namespace separatrix
