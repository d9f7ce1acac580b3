#include "core/targets/hypersphere.hpp"

#include "core/numerics/bessel_ratio.hpp"
#include "core/numerics/matrix_size.hpp"
#include "core/numerics/von_mises_fisher.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/gaussian_mixture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

using Row = Eigen::Array<float, 1, Eigen::Dynamic>;

/// A = I_{ν+1}/I_ν of every z ≥ 0 to single precision: the first terms of the uniform expansion,
/// at a higher order unless this one is high, and down from there by
/// A_ν = 1/(2(ν+1)/z + A_{ν+1}), which divides an error of the start by A⁻² at each order.
Row besselRatios(double order, const Row& z) {
  constexpr double kHighOrder = 200;
  const int steps = order < kHighOrder ? 8 : 0;
  const double high = order + steps;
  const auto inverse = static_cast<float>(1 / high);
  const Row t = z * inverse;
  const Row q = (1 + t.square()).sqrt();
  const Row p2 = q.square().inverse();
  // As in bessel_ratio.cpp, with pE₁' = p/8 − 5p³/8.
  const Row correction = 0.5F + 0.125F * inverse * (1 - 5 * p2) / q;
  Row A = t * ((1 + q).inverse() - inverse * p2 * correction);
  for (int j = steps; j-- > 0;) A = (static_cast<float>(2 * (order + j + 1)) / z + A).inverse();
  return A;
}

}  // namespace

/// What the posterior at distance |x| is along x (radial) and across (tangential).
struct Hypersphere::Radial {
  double logEvidence, scoreOverDistance, meanOverDistance;
  double radialHessian, radialVariance, tangentialVariance;  // tangential Hessian: score/|x|
};

Hypersphere::Hypersphere(Index dimension, double radius)
    : m_dimension(dimension), m_radius(radius) {
  if (dimension < 2)
    throw InvalidInput("target.dimension",
                       std::to_string(dimension) + " is too small for a sphere of its own; use 2");
}

Mat Hypersphere::covariance() const {
  requireMatrixFits(m_dimension, "the covariance");
  return largestVariance() * Mat::Identity(m_dimension, m_dimension);
}

double Hypersphere::largestVariance() const {
  return m_radius * m_radius / static_cast<double>(m_dimension);
}

/// log p = −(d/2) log 2πb² − (|x| − a r)²/2b² + (log Φ(z) − z), and its derivatives by |x|.
Hypersphere::Radial Hypersphere::radial(double distance, const Channel& channel) const {
  const double a = channel.signal;
  const double b2 = channel.noiseVariance;
  const auto d = static_cast<double>(m_dimension);
  const double perLength = a * m_radius / b2;  // z/|x|
  const BesselRatio bessel = besselRatio(0.5 * d - 1, perLength * distance);
  const double beyond = std::fma(-a, m_radius, distance);  // |x| − a r
  Radial out{};
  out.logEvidence = -0.5 * d * std::log(2 * std::numbers::pi * b2) - beyond * beyond / (2 * b2) +
                    bessel.scaledLog;
  // (a r A − |x|)/b², by whichever of A and 1 − A is the smaller.
  if (bessel.ratio < 0.5) {
    out.scoreOverDistance = (perLength * a * m_radius * bessel.overArgument - 1) / b2;
  } else {
    out.scoreOverDistance = (-beyond / b2 - perLength * bessel.complement) / distance;
  }
  out.meanOverDistance = m_radius * perLength * bessel.overArgument;
  out.radialHessian = perLength * perLength * bessel.slope - 1 / b2;
  out.radialVariance = m_radius * m_radius * bessel.slope;
  out.tangentialVariance = m_radius * m_radius * bessel.overArgument;
  return out;
}

Posterior Hypersphere::posterior(const VecView& x, const Channel& channel) const {
  requireMatrixFits(m_dimension, "the Hessian");
  const double distance = x.norm();
  const Radial at = radial(distance, channel);
  const Vec direction = distance > 0 ? Vec(x / distance) : Vec::Zero(m_dimension);
  const auto axial = [&](double along, double across) {
    Mat out = -across * direction * direction.transpose();
    out.diagonal().array() += across;
    out += along * direction * direction.transpose();
    return out;
  };
  return {at.logEvidence, at.scoreOverDistance * x, at.meanOverDistance * x,
          axial(at.radialHessian, at.scoreOverDistance),
          axial(at.radialVariance, at.tangentialVariance)};
}

void Hypersphere::posteriorBatch(const BatchView& x, const Channel& channel,
                                 PosteriorBatch& out) const {
  const Eigen::ArrayXd distances = x.colwise().norm().transpose();
  out.logEvidence.resize(x.cols());
  Eigen::ArrayXd score(x.cols()), mean(x.cols());
  for (Index p = 0; p < x.cols(); ++p) {
    const Radial at = radial(distances[p], channel);
    out.logEvidence[p] = at.logEvidence;
    score[p] = at.scoreOverDistance;
    mean[p] = at.meanOverDistance;
  }
  out.score = x * score.matrix().asDiagonal();
  out.mean = x * mean.matrix().asDiagonal();
}

void Hypersphere::scores(const BatchFView& x, const Channel& channel, BatchFOut out) const {
  constexpr float kAsGoodAsInfinite = 1e18F;
  const double reach = channel.signal * m_radius;
  const auto precision = static_cast<float>(1 / channel.noiseVariance);
  const Row distance = x.colwise().norm().array().max(std::numeric_limits<float>::min());
  const Row z =
      (static_cast<float>(reach / channel.noiseVariance) * distance).min(kAsGoodAsInfinite);
  const Row A = besselRatios(0.5 * static_cast<double>(m_dimension) - 1, z);
  const Row scale = precision * (static_cast<float>(reach) * A - distance) / distance;
  out = x * scale.matrix().asDiagonal();
}

/// Normal numbers, each particle's divided by their norm.
void Hypersphere::sample(const Noise& noise, Index first, BatchFOut out) const {
  const Index count = out.cols();
  Eigen::ArrayXd z(count), squares = Eigen::ArrayXd::Zero(count);
  for (Index i = 0; i < m_dimension; ++i) {
    noise.normals(NoisePurpose::dataNoise, 0, i, first, count, z.data());
    squares += z.square();
    out.row(i) = z.cast<float>().matrix().transpose();
  }
  const Row scale = (m_radius * squares.rsqrt()).cast<float>().transpose();
  out = out * scale.matrix().asDiagonal();
}

/// 1 − cos of the angle between y and x, at |x| = distance.
double Hypersphere::drawGap(double distance, const Channel& channel,
                            const ParticleUniforms& uniform) const {
  const double concentration = channel.signal * m_radius * distance / channel.noiseVariance;
  return drawVonMisesFisherGap(m_dimension, concentration, uniform);
}

/// The law of von Mises and Fisher around x/|x|: an angle to it, in any direction across it.
void Hypersphere::samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                                  const Channel& channel, BatchFOut y) const {
  const Index count = x.cols();
  Batch across(m_dimension, count);
  for (Index i = 0; i < m_dimension; ++i)
    noise.normals(NoisePurpose::posteriorNoise, cell, i, first, count, across.row(i).data());
  for (Index p = 0; p < count; ++p) {
    Vec direction = x.col(p).cast<double>();
    const double distance = direction.norm();
    if (!std::isfinite(distance)) {
      y.col(p).setConstant(std::numeric_limits<float>::quiet_NaN());
      continue;
    }
    if (distance > 0)
      direction /= distance;
    else
      direction = Vec::Unit(m_dimension, 0);
    const ParticleUniforms uniform(noise, NoisePurpose::posteriorChoice, cell, first + p);
    const double gap = drawGap(distance, channel, uniform);
    const Vec normal = across.col(p);
    const Vec tangent = normal - direction.dot(normal) * direction;
    const double sine = std::sqrt(gap * (2 - gap));
    y.col(p) =
        (m_radius * ((1 - gap) * direction + (sine / tangent.norm()) * tangent)).cast<float>();
  }
}

/// The sphere at x = ρ e.
class Hypersphere::Axis final : public Target {
public:
  explicit Axis(const Hypersphere& sphere) : m_sphere(sphere) {}

  Index dimension() const override { return 1; }
  Vec mean() const override { return Vec::Zero(1); }
  Mat covariance() const override { return Mat::Constant(1, 1, m_sphere.largestVariance()); }
  bool hasDensity() const override { return false; }

  Posterior posterior(const VecView& x, const Channel& channel) const override {
    const Radial at = m_sphere.radial(std::abs(x[0]), channel);
    return {at.logEvidence, at.scoreOverDistance * x, at.meanOverDistance * x,
            Mat::Constant(1, 1, at.radialHessian), Mat::Constant(1, 1, at.radialVariance)};
  }
  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override {
    m_sphere.posteriorBatch(x, channel, out);  // which is in the direction of x, of any length
  }
  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override {
    m_sphere.scores(x, channel, out);
  }
  void sample(const Noise& noise, Index first, BatchFOut out) const override {
    BatchF all(m_sphere.m_dimension, out.cols());
    m_sphere.sample(noise, first, all);
    out = all.row(0);
  }
  void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                       const Channel& channel, BatchFOut y) const override {
    for (Index p = 0; p < x.cols(); ++p) {
      const ParticleUniforms uniform(noise, NoisePurpose::posteriorChoice, cell, first + p);
      const double distance = std::abs(static_cast<double>(x(0, p)));
      const double along =
          std::isfinite(distance)
              ? m_sphere.m_radius * (1 - m_sphere.drawGap(distance, channel, uniform))
              : std::numeric_limits<double>::quiet_NaN();
      y(0, p) = static_cast<float>(x(0, p) < 0 ? -along : along);
    }
  }

private:
  Hypersphere m_sphere;
};

std::unique_ptr<const Target> Hypersphere::radialTarget() const {
  return std::make_unique<Axis>(*this);
}

TargetKind hypersphereKind() {
  TargetKind kind;
  kind.id = "hypersphere";
  kind.title = "Sphere";
  kind.source = "Raya & Ambrogioni 2023, §3; Ambrogioni 2023";
  kind.parameters = {
      ParameterSpec::integer("dimension", 2)
          .labelled("Dimension", "d", "Of the space; the sphere is its surface of points |y| = r.")
          .within(1, 10'000)
          .slider(1, 10),
      ParameterSpec::real("radius", 1)
          .labelled("Radius", "r", "Distance of all data from the origin.")
          .within(1e-6, kLargestCoordinate)
          .slider(0.1, 3),
  };
  kind.make = [](const ParameterValues& values, FileLoader&) -> std::unique_ptr<Target> {
    const Index dimension = values.integer("dimension");
    const double radius = values.real("radius");
    if (dimension > 1) return std::make_unique<Hypersphere>(dimension, radius);
    Mat ends(1, 2);
    ends << -radius, radius;
    return std::make_unique<GaussianMixture>(Components{ends, Vec::Constant(2, 0.5), Vec::Zero(2)});
  };
  return kind;
}

}  // namespace separatrix
