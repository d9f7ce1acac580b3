#include "core/targets/ising.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/numerics/matrix_size.hpp"
#include "core/runtime/errors.hpp"
#include "core/targets/curie_weiss.hpp"
#include "core/targets/spin_enumeration.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kMostListedSpins = 8;
const char* const kCurieWeiss = "curie-weiss";

Vec fieldsOf(const VecView& x, const Channel& channel) {
  return (channel.signal / channel.noiseVariance) * x;
}

/// log N(x; a s, b² I) at the configuration s that x prefers.
double preferredLogDensity(const VecView& x, const Channel& channel) {
  const double b2 = channel.noiseVariance;
  return -0.5 * static_cast<double>(x.size()) * std::log(2 * std::numbers::pi * b2) -
         (x.array().abs() - channel.signal).square().sum() / (2 * b2);
}

/// (a⟨y⟩ − x)/b², without the difference of a and ⟨y⟩ where spins are nearly certain.
Eigen::ArrayXd scoreOf(const VecView& x, const Channel& channel, const Eigen::ArrayXd& flips) {
  const double a = channel.signal;
  return preferredSpins(x) * (a - x.array().abs() - 2 * a * flips) / channel.noiseVariance;
}

Components listConfigurations(const SpinCoupling& coupling) {
  const Index spins = coupling.dimension();
  const Index count = Index{1} << spins;
  Components out;
  out.means.resize(spins, count);
  out.weights.resize(count);
  out.variances = Vec::Zero(count);
  for (Index c = 0; c < count; ++c) {
    for (Index i = 0; i < spins; ++i) out.means(i, c) = ((c >> i) & 1) != 0 ? 1 : -1;
    out.weights[c] =
        std::exp(coupling.meanLogWeight(out.means.col(c) * out.means.col(c).transpose()));
  }
  return out;
}

}  // namespace

Ising::Ising(std::unique_ptr<const SpinCoupling> coupling) : m_coupling(std::move(coupling)) {
  if (dimension() <= kMostListedSpins) m_configurations = listConfigurations(*m_coupling);
}

Mat Ising::covariance() const {
  requireMatrixFits(dimension(), "the covariance");
  return m_coupling->covariance();
}

Posterior Ising::posterior(const VecView& x, const Channel& channel) const {
  requireMatrixFits(dimension(), "the Hessian");
  const double a = channel.signal;
  const double b2 = channel.noiseVariance;
  const Eigen::ArrayXd s = preferredSpins(x);
  const SpinMarginals spins = m_coupling->marginals(fieldsOf(x, channel), WithCovariance::yes);
  Posterior out;
  out.logEvidence = preferredLogDensity(x, channel) + spins.logSum;
  out.score = scoreOf(x, channel, spins.flips.array());
  out.mean = s * (1 - 2 * spins.flips.array());
  const Vec twice = 2 * s;
  out.covariance = twice.asDiagonal() * spins.flipCovariance * twice.asDiagonal();
  out.hessian = (a * a / (b2 * b2)) * out.covariance;
  out.hessian.diagonal().array() -= 1 / b2;
  return out;
}

void Ising::posteriorBatch(const BatchView& x, const Channel& channel, PosteriorBatch& out) const {
  out.logEvidence.resize(x.cols());
  out.score.resize(x.rows(), x.cols());
  out.mean.resize(x.rows(), x.cols());
  for (Index p = 0; p < x.cols(); ++p) {
    const Vec point = x.col(p);
    const SpinMarginals spins = m_coupling->marginals(fieldsOf(point, channel), WithCovariance::no);
    out.logEvidence[p] = preferredLogDensity(point, channel) + spins.logSum;
    out.score.col(p) = scoreOf(point, channel, spins.flips.array());
    out.mean.col(p) = preferredSpins(point) * (1 - 2 * spins.flips.array());
  }
}

void Ising::scores(const BatchFView& x, const Channel& channel, BatchFOut out) const {
  for (Index p = 0; p < x.cols(); ++p) {
    const Vec point = x.col(p).cast<double>();
    if (!point.allFinite()) {  // a particle that ran away
      out.col(p).setConstant(std::numeric_limits<float>::quiet_NaN());
      continue;
    }
    const Eigen::ArrayXf flips = m_coupling->flips(fieldsOf(point, channel));
    out.col(p) = scoreOf(point, channel, flips.cast<double>()).cast<float>();
  }
}

void Ising::sample(const Noise& noise, Index first, BatchFOut out) const {
  m_coupling->sample(noise, first, out);
}

void Ising::samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                            const Channel& channel, BatchFOut y) const {
  for (Index p = 0; p < x.cols(); ++p) {
    const Vec point = x.col(p).cast<double>();
    if (!point.allFinite()) {
      y.col(p).setConstant(std::numeric_limits<float>::quiet_NaN());
      continue;
    }
    const ParticleUniforms uniform(noise, NoisePurpose::posteriorChoice, cell, first + p);
    y.col(p) = m_coupling->draw(fieldsOf(point, channel), uniform);
  }
}

const Components* Ising::components() const {
  return m_configurations.count() > 0 ? &m_configurations : nullptr;
}

Vec Ising::componentPosterior(const VecView& x, const Channel& channel) const {
  const Vec h = fieldsOf(x, channel);
  const Vec s = preferredSpins(x);
  Vec out(m_configurations.count());
  for (Index c = 0; c < out.size(); ++c) {
    const auto y = m_configurations.means.col(c);
    out[c] = m_coupling->meanLogWeight(y * y.transpose()) + h.dot(y - s);
  }
  if (out.size() > 0) softmaxInPlace(out);
  return out;
}

std::optional<WeightStatistics> Ising::weightStatistics(const VecView& x,
                                                        const Channel& channel) const {
  requireMatrixFits(dimension(), "the covariance");
  const Vec h = fieldsOf(x, channel);
  const SpinMarginals spins = m_coupling->marginals(h, WithCovariance::yes);
  const Vec mean = preferredSpins(x) * (1 - 2 * spins.flips.array());
  const Vec twice = 2 * preferredSpins(x);
  const Mat covariance = twice.asDiagonal() * spins.flipCovariance * twice.asDiagonal();
  WeightStatistics out;
  out.entropy = spins.logSum - m_coupling->meanLogWeight(covariance + mean * mean.transpose()) +
                2 * h.cwiseAbs().dot(spins.flips);
  out.participationRatio = m_coupling->participationRatio(h);
  return out;
}

namespace {

std::unique_ptr<const SpinCoupling> makeCoupling(const ParameterValues& values) {
  const Index dimension = values.integer("dimension");
  const double temperature = values.real("temperature");
  const Json& coupling = values.json().at("coupling");
  if (coupling.is_object())
    return std::make_unique<CurieWeiss>(dimension, coupling.at(kCurieWeiss).get<double>(),
                                        temperature);
  const Mat W = values.points("coupling");
  if (W.cols() != dimension)
    throw InvalidInput("target.coupling", "is " + std::to_string(W.cols()) + " × " +
                                              std::to_string(W.cols()) + " for the dimension " +
                                              std::to_string(dimension) +
                                              "; give a row and a column for each spin");
  if (dimension > SpinEnumeration::kLargestDimension)
    throw InvalidInput("target.dimension",
                       std::to_string(dimension) + " is too large for a coupling matrix, whose " +
                           "configurations are enumerated; it must be at most " +
                           std::to_string(SpinEnumeration::kLargestDimension) +
                           ", or the coupling {\"curie-weiss\": J}");
  return std::make_unique<SpinEnumeration>(W, temperature);
}

}  // namespace

TargetKind isingKind() {
  TargetKind kind;
  kind.id = "ising";
  kind.title = "Ising spins";
  kind.source = "Ambrogioni 2023, §5";
  kind.parameters = {
      ParameterSpec::integer("dimension", 2)
          .labelled("Spins", "d",
                    "Number of spins; with a coupling matrix at most 20, whose 2^d configurations "
                    "are enumerated.")
          .within(1, static_cast<double>(CurieWeiss::kLargestDimension))
          .slider(1, 64, true),
      ParameterSpec::matrix("coupling", Json::parse(R"({"curie-weiss": 1})"), {kCurieWeiss})
          .labelled("Coupling", "W",
                    "Matrix W of exp(−Σ W_jk y_j y_k/2T), j ≠ k, so that positive entries are "
                    "antiferromagnetic; or {\"curie-weiss\": J}, every pair −J/d.")
          .within(-1e6, 1e6)
          .slider(-2, 2),
      ParameterSpec::real("temperature", 1)
          .labelled("Temperature", "T", "Of the data's own ensemble; not a time.")
          .within(1e-6, 1e6)
          .slider(0.1, 10, true),
  };
  kind.make = [](const ParameterValues& values, FileLoader&) {
    return std::make_unique<Ising>(makeCoupling(values));
  };
  return kind;
}

}  // namespace separatrix
