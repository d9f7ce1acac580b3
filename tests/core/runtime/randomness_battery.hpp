#pragma once

#include <boost/math/special_functions/binomial.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

// Ten tests of a sequence of 32-bit words, those of SmallCrush (L'Ecuyer & Simard 2007, TestU01;
// Knuth, TAOCP vol. 2, §3.3.2), each against the exact or asymptotic law of its statistic. They
// look at the 20 upper bits of a word; reverse the words to look at the lower ones.

namespace separatrix::test {

using Word = std::uint32_t;
using WordSpan = std::span<const Word>;

struct TestOutcome {
  std::string test;
  double p;  ///< of a statistic as extreme, to either side
};

inline std::uint64_t top(Word word, int bits) {
  return word >> (32 - bits);
}

/// Two-sided, where P(≤ what was seen) = `below` and P(≥ what was seen) = `above`.
inline double twoSided(double below, double above) {
  return std::min(1.0, 2 * std::min(below, above));
}

inline double poissonP(double seen, double mean) {
  using boost::math::gamma_p, boost::math::gamma_q;
  return twoSided(gamma_q(seen + 1, mean), seen == 0 ? 1.0 : gamma_p(seen, mean));
}

inline double normalP(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2));
}

/// Pearson's χ². `expected` are probabilities of neighbouring classes; those with less than ten
/// expected counts are joined to their neighbours, and what they lack of 1 is the last class.
inline double chiSquareP(const std::vector<double>& counts,
                         const std::vector<double>& probabilities) {
  const double n = std::accumulate(counts.begin(), counts.end(), 0.0);
  if (n == 0) return 0;
  double statistic = 0, seen = 0, expected = 0, seenBefore = 0, expectedBefore = 0;
  int classes = 0;
  const auto close = [&] {
    statistic += (seen - expected) * (seen - expected) / expected;
    seenBefore += seen, expectedBefore += expected;
    seen = expected = 0;
    ++classes;
  };
  for (std::size_t i = 0; i < counts.size(); ++i) {
    seen += counts[i];
    expected += n * probabilities[i];
    if (expected >= 10 && n - expectedBefore - expected >= 10) close();
  }
  seen = n - seenBefore, expected = n - expectedBefore;
  close();
  const double half = 0.5 * (classes - 1);
  return twoSided(boost::math::gamma_p(half, statistic / 2),
                  boost::math::gamma_q(half, statistic / 2));
}

/// Counts of `classes` values; larger ones count as the last.
class Histogram {
public:
  explicit Histogram(std::size_t classes) : m_counts(classes) {}
  void add(std::size_t value) { m_counts[std::min(value, m_counts.size() - 1)] += 1; }
  double p(const std::vector<double>& probabilities) const {
    return chiSquareP(m_counts, probabilities);
  }
  double total() const { return std::accumulate(m_counts.begin(), m_counts.end(), 0.0); }

private:
  std::vector<double> m_counts;
};

inline std::vector<double> binomialLaw(unsigned n, double p) {
  std::vector<double> out(n + 1);
  for (unsigned k = 0; k <= n; ++k)
    out[k] =
        boost::math::binomial_coefficient<double>(n, k) * std::pow(p, k) * std::pow(1 - p, n - k);
  return out;
}

/// 2¹⁴ birthdays in a year of 2⁴⁰ days: equal spacings are Poisson of mean n³/4k = 1.
inline double birthdaySpacings(WordSpan words) {
  constexpr std::size_t n = 1 << 14;
  std::vector<std::uint64_t> days(n);
  double equal = 0, mean = 0;
  for (; words.size() >= 2 * n; words = words.subspan(2 * n), mean += 1) {
    for (std::size_t i = 0; i < n; ++i)
      days[i] = top(words[2 * i], 20) << 20 | top(words[2 * i + 1], 20);
    std::sort(days.begin(), days.end());
    for (std::size_t i = n - 1; i > 0; --i) days[i] -= days[i - 1];
    std::sort(days.begin() + 1, days.end());
    for (std::size_t i = 2; i < n; ++i) equal += days[i] == days[i - 1];
  }
  return poissonP(equal, mean);
}

/// n balls in k = 2³⁰ urns.
inline double collision(WordSpan words) {
  std::vector<Word> urns(words.size() / 2);
  for (std::size_t i = 0; i < urns.size(); ++i)
    urns[i] = static_cast<Word>(top(words[2 * i], 15) << 15 | top(words[2 * i + 1], 15));
  std::sort(urns.begin(), urns.end());
  const auto distinct = std::unique(urns.begin(), urns.end()) - urns.begin();
  const auto n = static_cast<double>(urns.size());
  const double k = 0x1p30;
  const double mean = n + k * std::expm1(n * std::log1p(-1 / k));
  return poissonP(n - static_cast<double>(distinct), mean);
}

/// Between words below 1/16; a fixed number of gaps, so that long ones are not left out.
inline double gap(WordSpan words) {
  const double wanted = 0.95 * static_cast<double>(words.size()) / 16;
  Histogram gaps(256);
  std::size_t length = 0;
  double found = 0;
  for (const Word word : words) {
    if (top(word, 4) != 0) {
      ++length;
    } else if (found++ < wanted) {
      gaps.add(length);
      length = 0;
    }
  }
  if (found < wanted) return 0;
  std::vector<double> law(256);
  for (std::size_t i = 0; i < law.size(); ++i)
    law[i] = std::pow(15.0 / 16, static_cast<double>(i)) / 16;
  return gaps.p(law);
}

/// How many of 64 values are in a hand of 64.
inline double poker(WordSpan words) {
  constexpr std::size_t size = 64;
  Histogram hands(size + 1);
  for (; words.size() >= size; words = words.subspan(size)) {
    std::uint64_t seen = 0;
    for (const Word word : words.first(size)) seen |= std::uint64_t{1} << top(word, 6);
    hands.add(static_cast<std::size_t>(std::popcount(seen)));
  }
  std::vector<double> law(size + 1);
  law[0] = 1;
  for (std::size_t draw = 0; draw < size; ++draw)
    for (std::size_t k = size + 1; k-- > 0;)
      law[k] = law[k] * static_cast<double>(k) / size +
               (k > 0 ? law[k - 1] * static_cast<double>(size - k + 1) / size : 0);
  return hands.p(law);
}

/// How many words until all of 16 values have come.
inline double couponCollector(WordSpan words) {
  constexpr unsigned values = 16;
  const auto wanted = static_cast<double>(words.size() / 60);  // 54 on average
  Histogram lengths(400);
  unsigned seen = 0;
  std::size_t length = 0;
  double found = 0;
  for (const Word word : words) {
    seen |= 1U << top(word, 4);
    ++length;
    if (seen != (1U << values) - 1) continue;
    if (found++ < wanted) lengths.add(length);
    seen = 0, length = 0;
  }
  if (found < wanted) return 0;
  std::vector<double> have(values + 1), law(400);
  have[0] = 1;
  for (std::size_t draw = 1; draw < law.size(); ++draw) {
    law[draw] = have[values - 1] / values;  // the last one comes now
    have[values] = 0;
    for (unsigned k = values; k-- > 0;)
      have[k] = have[k] * k / values + (k > 0 ? have[k - 1] * (values - k + 1) / values : 0);
  }
  return lengths.p(law);
}

/// The largest of six, to the sixth power, is uniform.
inline double maxOfT(WordSpan words) {
  constexpr std::size_t t = 6, classes = 4096;
  Histogram powers(classes);
  for (; words.size() >= t; words = words.subspan(t)) {
    const Word largest = *std::max_element(words.begin(), words.begin() + t);
    const double power = std::pow((largest + 0.5) * 0x1p-32, t);
    powers.add(static_cast<std::size_t>(power * classes));
  }
  return powers.p(std::vector<double>(classes, 1.0 / classes));
}

/// How many of 256 are below 1/8.
inline double weightDistribution(WordSpan words) {
  constexpr unsigned size = 256;
  Histogram weights(size + 1);
  for (; words.size() >= size; words = words.subspan(size))
    weights.add(static_cast<std::size_t>(
        std::count_if(words.begin(), words.begin() + size, [](Word w) { return top(w, 3) == 0; })));
  return weights.p(binomialLaw(size, 0.125));
}

/// Of 60 × 60 matrices over GF(2).
inline double matrixRank(WordSpan words) {
  constexpr std::size_t size = 60;
  Histogram defects(4);
  for (; words.size() >= 3 * size; words = words.subspan(3 * size)) {
    std::array<std::uint64_t, size> basis{};  // of the rows, by their leading bit
    std::size_t rank = 0;
    for (std::size_t i = 0; i < size; ++i) {
      std::uint64_t row =
          top(words[3 * i], 20) << 40 | top(words[3 * i + 1], 20) << 20 | top(words[3 * i + 2], 20);
      while (row != 0) {
        std::uint64_t& pivot = basis[static_cast<std::size_t>(63 - std::countl_zero(row))];
        if (pivot == 0) {
          pivot = row;
          ++rank;
          break;
        }
        row ^= pivot;
      }
    }
    defects.add(size - rank);
  }
  std::vector<double> law(4);
  for (int defect = 0; defect < 4; ++defect) {
    const int rank = static_cast<int>(size) - defect;
    double p = std::pow(2.0, -defect * defect);
    for (int i = 0; i < rank; ++i)
      p *= std::pow(1 - std::pow(2.0, i - static_cast<int>(size)), 2) /
           (1 - std::pow(2.0, i - rank));
    law[static_cast<std::size_t>(defect)] = p;
  }
  return defects.p(law);
}

/// Weights of two blocks of 300 bits, one after the other, in 16 classes each.
inline double hammingIndependence(WordSpan words) {
  constexpr std::size_t size = 15;
  constexpr unsigned classes = 16;
  const auto law = binomialLaw(20 * size, 0.5);
  std::vector<unsigned> classOf;
  std::vector<double> one(classes), both(classes * classes);
  double sum = 0;
  for (const double p : law) {
    classOf.push_back(std::min(classes - 1, static_cast<unsigned>(sum * classes)));
    one[classOf.back()] += p;
    sum += p;
  }
  for (unsigned i = 0; i < classes; ++i)
    for (unsigned j = 0; j < classes; ++j) both[i * classes + j] = one[i] * one[j];
  const auto weight = [](WordSpan block) {
    int bits = 0;
    for (const Word word : block.first(size)) bits += std::popcount(top(word, 20));
    return static_cast<std::size_t>(bits);
  };
  Histogram pairs(classes * classes);
  for (; words.size() >= 2 * size; words = words.subspan(2 * size))
    pairs.add(classOf[weight(words)] * classes + classOf[weight(words.subspan(size))]);
  return pairs.p(both);
}

constexpr unsigned kSteps = 160;

/// Feller vol. 1, ch. III, of a walk of 160 steps; its changes of sign in the first 159.
struct WalkLaws {
  static constexpr unsigned half = kSteps / 2;
  std::vector<double> end = binomialLaw(kSteps, 0.5), maximum{end}, positive = {}, returns = {},
                      changes = {};

  WalkLaws() {
    const auto middle = [](unsigned n) { return binomialLaw(2 * n, 0.5)[n]; };
    const auto odd = binomialLaw(kSteps - 1, 0.5);
    for (unsigned m = 0; m <= kSteps; ++m) maximum[m] = end[half + (m + 1) / 2];
    for (unsigned k = 0; k <= half; ++k) {
      positive.push_back(middle(k) * middle(half - k));
      returns.push_back(binomialLaw(kSteps - k, 0.5)[half]);
      if (k < half) changes.push_back(2 * odd[half + k]);
    }
  }
};

/// Where walks end, their maximum, the time they are positive, returns to 0 and changes of sign.
inline std::vector<TestOutcome> randomWalk(WordSpan words) {
  static const WalkLaws laws;
  constexpr unsigned size = kSteps / 20;
  Histogram ends(laws.end.size()), maxima(laws.maximum.size()), positives(laws.positive.size()),
      returns(laws.returns.size()), changes(laws.changes.size());
  for (; words.size() >= size; words = words.subspan(size)) {
    int at = 0, largest = 0, last = 0;  // last: the sign of the last side
    unsigned positive = 0, returned = 0, changed = 0;
    for (unsigned step = 0; step < kSteps; ++step) {
      const int before = at;
      at += (words[step / 20] >> (31 - step % 20)) & 1U ? 1 : -1;
      largest = std::max(largest, at);
      positive += before + at > 0;
      returned += at == 0;
      const int side = (at > 0) - (at < 0);
      changed += side != 0 && side == -last && step + 1 < kSteps;
      last = side != 0 ? side : last;
    }
    ends.add(static_cast<std::size_t>(at + static_cast<int>(kSteps)) / 2);
    maxima.add(static_cast<std::size_t>(largest));
    positives.add(positive / 2);
    returns.add(returned);
    changes.add(changed);
  }
  return {{"walk: end", ends.p(laws.end)},
          {"walk: maximum", maxima.p(laws.maximum)},
          {"walk: time positive", positives.p(laws.positive)},
          {"walk: returns", returns.p(laws.returns)},
          {"walk: changes of sign", changes.p(laws.changes)}};
}

/// All of them: 14 p-values.
inline std::vector<TestOutcome> battery(WordSpan words) {
  std::vector<TestOutcome> out = {{"birthday spacings", birthdaySpacings(words)},
                                  {"collision", collision(words)},
                                  {"gap", gap(words)},
                                  {"poker", poker(words)},
                                  {"coupon collector", couponCollector(words)},
                                  {"max of t", maxOfT(words)},
                                  {"weight distribution", weightDistribution(words)},
                                  {"matrix rank", matrixRank(words)},
                                  {"Hamming independence", hammingIndependence(words)}};
  for (TestOutcome& outcome : randomWalk(words)) out.push_back(std::move(outcome));
  return out;
}

}  // namespace separatrix::test
