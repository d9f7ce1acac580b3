#include "core/regimes/empirical_law.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/regimes/cloning.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kTile = 32;  // samples

Average averageOf(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double each : values) sum += each;
  const double mean = sum / n;
  for (const double each : values) squares += (each - mean) * (each - mean);
  return {mean, n > 1 ? std::sqrt(squares / (n * (n - 1))) : 0};
}

}  // namespace

struct EmpiricalLaw::Sample {
  double entropy = 0, participationRatio = 0, sameClass = 0;
  int origin = 0;    // class that x was made from
  Vec classWeights;  // empty where there are too many classes for pairs
};

EmpiricalLaw::EmpiricalLaw(const Components& parts)
    : m_logWeights(parts.weights.array().log()),
      m_cumulative(parts.count()),
      m_classes(classesOf(parts)) {
  const Vec mean = parts.means.rowwise().mean();
  m_points = (parts.means.colwise() - mean).transpose();
  m_squares = m_points.rowwise().squaredNorm();
  double sum = 0;
  for (Index k = 0; k < parts.count(); ++k) m_cumulative[k] = sum += parts.weights[k];
  m_classCount = 1 + *std::max_element(m_classes.begin(), m_classes.end());
}

/// Evenly through the points by their weights.
Index EmpiricalLaw::pointOf(Index sample, Index samples) const {
  const double share = (static_cast<double>(sample) + 0.5) / static_cast<double>(samples);
  const auto found =
      std::lower_bound(m_cumulative.begin(), m_cumulative.end(), share * m_cumulative[count() - 1]);
  return std::min<Index>(found - m_cumulative.begin(), count() - 1);
}

void EmpiricalLaw::weigh(const Channel& channel, Index samples, const Noise& noise, Index cell,
                         Index first, Index size, const RunControl& control,
                         std::vector<Sample>& out) const {
  const auto [a, b2] = channel;
  Mat x(dimension(), size);
  Vec normals(size);
  for (Index p = 0; p < size; ++p) x.col(p) = a * m_points.row(pointOf(first + p, samples));
  for (Index i = 0; i < dimension(); ++i) {
    noise.normals(NoisePurpose::start, cell, i, first, size, normals.data());
    x.row(i) += std::sqrt(b2) * normals.transpose();
  }
  control.checkpoint();
  Mat weights = (m_points * x) * (a / b2);
  weights.colwise() += m_logWeights - m_squares * (a * a / (2 * b2));
  Vec classes(m_classCount);
  for (Index p = 0; p < size; ++p) {
    control.checkpoint();
    auto w = weights.col(p);
    softmaxInPlace(w);
    Sample sample;
    sample.origin = m_classes[static_cast<std::size_t>(pointOf(first + p, samples))];
    classes.setZero();
    for (Index j = 0; j < w.size(); ++j) {
      if (w[j] > 0) sample.entropy -= w[j] * std::log(w[j]);
      classes[m_classes[static_cast<std::size_t>(j)]] += w[j];
    }
    sample.participationRatio = w.squaredNorm();
    sample.sameClass = classes.squaredNorm();
    if (m_classCount <= kMostPaired) sample.classWeights = classes;
    out[static_cast<std::size_t>(first + p)] = std::move(sample);
  }
}

/// Given that x comes from one of two classes, their shares of the weight are the posterior of the
/// law of those two alone.
std::vector<Average> EmpiricalLaw::pairAverages(const std::vector<Sample>& samples) const {
  std::vector<Average> out;
  for (int c = 0; m_classCount <= kMostPaired && c < m_classCount; ++c)
    for (int other = c + 1; other < m_classCount; ++other) {
      std::vector<double> values;
      for (const Sample& sample : samples) {
        if (sample.origin != c && sample.origin != other) continue;
        const double one = sample.classWeights[c], two = sample.classWeights[other];
        if (!(one + two > 0)) continue;
        const double share = one / (one + two);
        values.push_back(share * share + (1 - share) * (1 - share));
      }
      out.push_back(averageOf(values));
    }
  return out;
}

EmpiricalAverages EmpiricalLaw::averages(const Channel& channel, Index samples, const Noise& noise,
                                         Index cell, const RunControl& control) const {
  std::vector<Sample> all(static_cast<std::size_t>(samples));
  parallelFor((samples + kTile - 1) / kTile, [&](Index tile) {
    const Index first = tile * kTile;
    weigh(channel, samples, noise, cell, first, std::min(kTile, samples - first), control, all);
  });
  const auto average = [&](double Sample::*member) {
    std::vector<double> values;
    for (const Sample& sample : all) values.push_back(sample.*member);
    return averageOf(values);
  };
  return {average(&Sample::entropy), average(&Sample::participationRatio),
          average(&Sample::sameClass), pairAverages(all)};
}

}  // namespace separatrix
