#include "core/regimes/empirical_law.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "core/regimes/cloning.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kTile = 32;            // samples
constexpr Index kRound = 512 * kTile;  // that are kept at a time

}  // namespace

struct EmpiricalLaw::Tile {
  Index first, size, samples;  // `samples`: all there are
};

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

void EmpiricalLaw::weigh(const Channel& channel, const Tile& tile, const Noise& noise, Index cell,
                         const RunControl& control, std::span<Sample> out) const {
  const auto [a, b2] = channel;
  const auto [first, size, samples] = tile;
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
    out[static_cast<std::size_t>(p)] = std::move(sample);
  }
}

/// Averages over samples as they come.
class EmpiricalLaw::Averager {
public:
  explicit Averager(int classes)
      : m_pairs(classes <= kMostPaired ? static_cast<std::size_t>(classes * (classes - 1) / 2) : 0),
        m_classCount(classes) {}

  void add(const Sample& sample) {
    m_entropy.add(sample.entropy);
    m_participationRatio.add(sample.participationRatio);
    m_sameClass.add(sample.sameClass);
    for (int other = 0; !m_pairs.empty() && other < m_classCount; ++other)
      if (other != sample.origin) addPair(sample, other);
  }

  EmpiricalAverages averages() const {
    EmpiricalAverages out{
        m_entropy.average(), m_participationRatio.average(), m_sameClass.average(), {}};
    for (const Moments& pair : m_pairs) out.pairs.push_back(pair.average());
    return out;
  }

private:
  /// Given that x comes from one of two classes, their shares of the weight are the posterior of
  /// the law of those two alone.
  void addPair(const Sample& sample, int other) {
    const double own = sample.classWeights[sample.origin], its = sample.classWeights[other];
    if (!(own + its > 0)) return;
    const double share = own / (own + its);
    const int first = std::min(sample.origin, other), second = std::max(sample.origin, other);
    // In the order (0, 1), (0, 2), … (1, 2), …
    const int place = first * (2 * m_classCount - first - 1) / 2 + second - first - 1;
    m_pairs[static_cast<std::size_t>(place)].add(share * share + (1 - share) * (1 - share));
  }

  Moments m_entropy, m_participationRatio, m_sameClass;
  std::vector<Moments> m_pairs;
  int m_classCount;
};

EmpiricalAverages EmpiricalLaw::averages(const Channel& channel, Index samples, const Noise& noise,
                                         Index cell, const RunControl& control) const {
  Averager averager(m_classCount);
  std::vector<Sample> round(static_cast<std::size_t>(std::min(kRound, samples)));
  for (Index start = 0; start < samples; start += kRound) {
    const Index size = std::min(kRound, samples - start);
    parallelFor((size + kTile - 1) / kTile, [&](Index tile) {
      const Index first = tile * kTile, count = std::min(kTile, size - first);
      weigh(channel, {start + first, count, samples}, noise, cell, control,
            std::span(round).subspan(static_cast<std::size_t>(first)));
    });
    for (Index i = 0; i < size; ++i) averager.add(round[static_cast<std::size_t>(i)]);
  }
  return averager.averages();
}

}  // namespace separatrix
