#include "core/thermodynamics/order_parameter.hpp"

#include "core/numerics/matrix_size.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/thermodynamics/free_energy.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace separatrix {
namespace {

constexpr int kIterations = 2000;
constexpr int kRoughIterations = 20;
constexpr double kRoughStep = 1e-4;  // of the size of the data: Newton's method does the rest
constexpr double kWarmest = 1e-200;  // for β = 0, where no signal is left
constexpr Index kMostStarts = 256;
constexpr Index kDraws = 16;

/// m ↦ ⟨y⟩(m + h) and what belongs to it, at one β.
class MeanField {
public:
  MeanField(const Target& target, double beta, const VecView& field)
      : m_target(target),
        m_beta(std::max(beta, kWarmest)),
        m_channel(temperatureChannel(m_beta)),
        m_field(field) {}

  struct Point {
    Vec m, mean;
    Mat response;
    double freeEnergy = 0;
    double residual() const { return (m - mean).norm(); }
  };

  Point at(Vec m) const {
    Point out;
    const Posterior p = m_target.posterior(m + m_field, m_channel);
    out.mean = p.mean;
    out.response = m_beta * p.covariance;
    // F(m + h) + |m|²/2 = F̃(m + h) − m·h − |h|²/2
    out.freeEnergy = regularizedFreeEnergy(p.logEvidence, m.size(), m_channel) - m.dot(m_field) -
                     0.5 * m_field.squaredNorm();
    out.m = std::move(m);
    return out;
  }

  Batch means(const Batch& m) const {
    PosteriorBatch out;
    m_target.posteriorBatch(m.colwise() + m_field, m_channel, out);
    return out.mean;
  }

  /// Newton's point; empty where the function is not convex.
  static Vec newton(const Point& from) {
    // Along a continuous symmetry there is neither slope nor curvature: the shift keeps roundoff
    // from being taken for a way.
    constexpr double kShift = 1e-10;
    Mat curvature = -from.response;
    curvature.diagonal().array() += 1 + kShift;
    const Eigen::LLT<Mat> factors(curvature);
    if (factors.info() != Eigen::Success) return {};
    return from.m - factors.solve(from.m - from.mean);
  }

private:
  const Target& m_target;
  double m_beta;
  Channel m_channel;
  Vec m_field;
};

SelfConsistent result(const MeanField::Point& at, int iterations) {
  SelfConsistent out;
  out.m = at.m;
  out.freeEnergy = at.freeEnergy;
  out.response = at.response;
  out.residual = at.residual();
  out.iterations = iterations;
  return out;
}

SelfConsistent solve(const MeanField& field, Vec start, const RunControl& control) {
  constexpr double kRoundoff = 1e-15;
  MeanField::Point at = field.at(std::move(start));
  int i = 0;
  for (; i < kIterations; ++i) {
    control.checkpoint();
    const double size = std::max(at.m.norm(), at.mean.norm());
    if (at.residual() <= kRoundoff * size) break;
    const Vec target = MeanField::newton(at);
    MeanField::Point next;
    bool better = false;
    if (target.size() > 0 && target.allFinite()) {
      next = field.at(target);
      const double slack = 1e-13 * (1 + std::abs(at.freeEnergy));
      better = next.freeEnergy <= at.freeEnergy + slack && next.residual() < at.residual();
    }
    if (!better) next = field.at(at.mean);
    const bool stuck = next.residual() >= at.residual() && at.residual() <= 1e-13 * (1 + size);
    if (stuck) break;
    at = std::move(next);
  }
  return result(at, i);
}

Batch starts(const Target& target) {
  const Components* parts = target.components();
  const Vec mean = target.mean();
  if (parts == nullptr) {
    BatchF draws(target.dimension(), kDraws);
    target.sample(Noise(1), 0, draws);
    Batch out(target.dimension(), kDraws + 1);
    out << mean, draws.cast<double>();
    return out;
  }
  const Index count = std::min(parts->count(), kMostStarts);
  Batch out(target.dimension(), count + 1);
  out.col(0) = mean;
  for (Index k = 0; k < count; ++k) out.col(k + 1) = parts->means.col(k * parts->count() / count);
  return out;
}

/// Of points that plain iteration has brought together, one each; the first stays.
Batch distinct(const Batch& points, double tolerance) {
  Batch out(points.rows(), points.cols());
  Index count = 0;
  for (Index k = 0; k < points.cols(); ++k) {
    bool known = false;
    for (Index other = 0; other < count && !known; ++other)
      known = (points.col(k) - out.col(other)).norm() <= tolerance;
    if (!known) out.col(count++) = points.col(k);
  }
  return out.leftCols(count);
}

/// Plain iteration from all starts at once, until they hardly move.
Batch roughSolutions(const MeanField& meanField, Batch points, const RunControl& control) {
  const double size = points.colwise().norm().maxCoeff();
  for (int i = 0; i < kRoughIterations; ++i) {
    control.checkpoint();
    const Batch next = meanField.means(points);
    const double step = (next - points).colwise().norm().maxCoeff();
    points = distinct(next, 1e-6 * size);
    if (step <= kRoughStep * size) break;
  }
  return points;
}

}  // namespace

double SelfConsistent::largestEigenvalue() const {
  return separatrix::largestEigenvalue(response);
}

SelfConsistent solveSelfConsistency(const Target& target, double beta, const VecView& field,
                                    Vec start) {
  return solve(MeanField(target, beta, field), std::move(start), {});
}

SelfConsistent lowestSelfConsistent(const Target& target, double beta, const VecView& field,
                                    const RunControl& control) {
  requireMatrixFits(target.dimension(), "the susceptibility");
  const MeanField meanField(target, beta, field);
  const Batch points = roughSolutions(meanField, starts(target), control);
  std::vector<SelfConsistent> found;
  for (Index k = 0; k < points.cols(); ++k) {
    found.push_back(solve(meanField, points.col(k), control));
  }
  double lowest = std::numeric_limits<double>::infinity();
  for (const SelfConsistent& each : found) lowest = std::min(lowest, each.freeEnergy);
  const SelfConsistent* best = nullptr;
  double leastEigenvalue = std::numeric_limits<double>::infinity();
  for (const SelfConsistent& each : found) {
    if (each.freeEnergy > lowest + 1e-13 * (1 + std::abs(lowest))) continue;
    const double eigenvalue = each.largestEigenvalue();
    if (best != nullptr && eigenvalue >= leastEigenvalue - 1e-9) continue;
    best = &each;
    leastEigenvalue = eigenvalue;
  }
  return *best;
}

double largestSusceptibility(const SelfConsistent& solution) {
  const double lambda = solution.largestEigenvalue();
  if (lambda >= 1 - 1e-12) return std::numeric_limits<double>::infinity();
  return lambda / (1 - lambda);
}

std::optional<Mat> susceptibilityMatrix(const SelfConsistent& solution) {
  if (!std::isfinite(largestSusceptibility(solution))) return std::nullopt;
  Mat inverse = -solution.response;
  inverse.diagonal().array() += 1;
  return inverse.partialPivLu().solve(solution.response);
}

double susceptibilityAlong(const SelfConsistent& solution, const VecView& direction) {
  // By eigenvectors: what is infinite across the direction, along a continuous symmetry, must not
  // come in by the rounding of the direction.
  constexpr double kMarginal = 1e-9, kRounding = 1e-12;
  const SymmetricEigen axes(solution.response);
  const Eigen::ArrayXd lambda = axes.eigenvalues();
  const Eigen::ArrayXd overlaps = (axes.eigenvectors().transpose() * direction).array().square();
  const auto across = (1 - lambda).abs() < kMarginal && overlaps < kRounding;
  return across.select(0, overlaps * lambda / (1 - lambda)).sum();
}

}  // namespace separatrix
