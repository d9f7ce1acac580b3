#include "core/targets/mixture_kernel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

// Compiled once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/targets/mixture_kernel.cpp"
#include <hwy/foreach_target.h>
//
#include "core/numerics/vector_functions.hpp"

#include <hwy/highway.h>

#ifndef SEPARATRIX_MIXTURE_KERNEL
#define SEPARATRIX_MIXTURE_KERNEL
namespace separatrix {
namespace {

/// The components seen through a channel. log₂ w_k N(x; a μ_k, V_k) = scale_k |x − a μ_k|² +
/// offset_k, up to a common constant.
struct SeenComponents {
  Index dimension, count;
  const float* means;     ///< count × dimension, a μ_k
  const float* scales;    ///< −log₂e/(2 V_k)
  const float* offsets;   ///< log₂ w_k − ½ d log₂ V_k − constant
  const float* inverses;  ///< 1/V_k
};

/// Two components of one variance: log₂ w₀/w₁ is slope·(x − centre) + bias.
struct SeenPair {
  std::array<float, kFewDimensions> centre, half, slope;  ///< a(μ₁+μ₀)/2, a(μ₁−μ₀)/2
  float bias, inverse;
};

struct Points {
  Index dimension, count;
  const float* x;
  Index xStride;
  float* out;  ///< may be x
  Index outStride;
};

/// out ← keep x + the score, whose inverse variances carry a factor, + noise dW.
struct Move {
  float keep, noise;
  const float* dW;  ///< null: out is the score alone
  Index stride;
};

}  // namespace
}  // namespace separatrix
#endif

HWY_BEFORE_NAMESPACE();
namespace separatrix {
namespace HWY_NAMESPACE {
namespace {

using Floats = hn::ScalableTag<float>;
using Float = hn::Vec<Floats>;

constexpr Index kAtOnce = 64;  // components whose exponents wait for the largest of them
constexpr std::size_t kLanes = hn::MaxLanes(Floats());

HWY_INLINE Float constant(float value) {
  return hn::Set(Floats(), value);
}

/// Coordinates of one vector of points; a fixed D keeps them in registers, 0 is any number.
template <Index D>
struct Coordinates {
  Index dimension;
  Float at[D > 0 ? D : kFewDimensions];

  HWY_INLINE Coordinates(Index d, const float* x, Index stride) : dimension(D > 0 ? D : d) {
    for (Index i = 0; i < dimension; ++i) at[i] = hn::LoadU(Floats(), x + i * stride);
  }
  HWY_INLINE explicit Coordinates(Index d) : dimension(D > 0 ? D : d) {
    for (Index i = 0; i < dimension; ++i) at[i] = hn::Zero(Floats());
  }
  HWY_INLINE void store(float* out, Index stride) const {
    for (Index i = 0; i < dimension; ++i) hn::StoreU(at[i], Floats(), out + i * stride);
  }
};

/// −½|x − a μ_k|²/V_k, as a power of two.
template <Index D>
HWY_INLINE Float decay(const SeenComponents& parts, Index k, const Coordinates<D>& x) {
  Float square = hn::Zero(Floats());
  for (Index i = 0; i < x.dimension; ++i) {
    const Float z = hn::Sub(x.at[i], constant(parts.means[k * x.dimension + i]));
    square = hn::Add(square, hn::Mul(z, z));
  }
  return hn::Mul(square, constant(parts.scales[k]));
}

/// 2^x for x ≤ 0, at least 2⁻¹²⁶.
HWY_INLINE Float power(Float x) {
  return powerOfTwo(Floats(), hn::Max(x, constant(-126)));
}

/// Below 2⁻¹⁰⁰ a weight is none: its products would leave the range of normal numbers.
HWY_INLINE Float weight(Float x) {
  return hn::IfThenElseZero(hn::Gt(x, constant(-100)), power(x));
}

/// Calls `add(k, exponent − largest)` for all components, and before a new largest exponent
/// `scale(2^(old − new))`; returns the largest.
template <Index D, class Scale, class Add>
HWY_INLINE Float forEachWeight(const SeenComponents& parts, const Coordinates<D>& x, Scale scale,
                               Add add) {
  const Floats d;
  HWY_ALIGN std::array<float, kAtOnce * kLanes> exponents;
  Float largest = constant(-3e38F);
  for (Index first = 0; first < parts.count; first += kAtOnce) {
    const Index count = std::min(kAtOnce, parts.count - first);
    Float here = largest;
    for (Index j = 0; j < count; ++j) {
      const Float value = hn::Add(decay(parts, first + j, x), constant(parts.offsets[first + j]));
      hn::Store(value, d, exponents.data() + j * kLanes);
      here = hn::Max(here, value);
    }
    if (first > 0) scale(weight(hn::Sub(largest, here)));
    largest = here;
    for (Index j = 0; j < count; ++j)
      add(first + j, hn::Sub(hn::Load(d, exponents.data() + j * kLanes), largest));
  }
  return largest;
}

template <Index D>
HWY_INLINE void scoreOf(const SeenComponents& parts, const Coordinates<D>& x, Coordinates<D>& sum) {
  Float total = hn::Zero(Floats());
  forEachWeight(
      parts, x,
      [&](Float factor) HWY_ATTR {
        total = hn::Mul(total, factor);
        for (Index i = 0; i < x.dimension; ++i) sum.at[i] = hn::Mul(sum.at[i], factor);
      },
      [&](Index k, Float exponent) HWY_ATTR {
        const Float w = weight(exponent);
        total = hn::Add(total, w);
        const Float pull = hn::Mul(w, constant(parts.inverses[k]));
        for (Index i = 0; i < x.dimension; ++i) {
          const Float z = hn::Sub(constant(parts.means[k * x.dimension + i]), x.at[i]);
          sum.at[i] = hn::Add(sum.at[i], hn::Mul(pull, z));
        }
      });
  const Float inverse = hn::Div(constant(1), total);
  for (Index i = 0; i < x.dimension; ++i) sum.at[i] = hn::Mul(sum.at[i], inverse);
}

/// Two components: one exponential for both weights.
template <Index D>
HWY_INLINE void scoreOfTwo(const SeenComponents& parts, const Coordinates<D>& x,
                           Coordinates<D>& sum) {
  // The offsets last: halfway between two points they decide, however small the noise.
  const Float difference = hn::Add(hn::Sub(decay(parts, 1, x), decay(parts, 0, x)),
                                   constant(parts.offsets[1] - parts.offsets[0]));
  const Float lesser = weight(hn::Neg(hn::Abs(difference)));
  const Float inverse = hn::Div(constant(1), hn::Add(constant(1), lesser));
  const Float other = hn::Mul(lesser, inverse);
  const auto firstIsLesser = hn::Gt(difference, hn::Zero(Floats()));
  const Float pull0 =
      hn::Mul(hn::IfThenElse(firstIsLesser, other, inverse), constant(parts.inverses[0]));
  const Float pull1 =
      hn::Mul(hn::IfThenElse(firstIsLesser, inverse, other), constant(parts.inverses[1]));
  for (Index i = 0; i < x.dimension; ++i) {
    const Float z0 = hn::Sub(constant(parts.means[i]), x.at[i]);
    const Float z1 = hn::Sub(constant(parts.means[x.dimension + i]), x.at[i]);
    sum.at[i] = hn::Add(hn::Mul(pull0, z0), hn::Mul(pull1, z1));
  }
}

/// (centre − x + half·tanh(½ log ratio))/V.
template <Index D>
HWY_INLINE void scoreOfPair(const SeenPair& pair, const Coordinates<D>& x, Coordinates<D>& sum) {
  Float ratio = constant(pair.bias);
  for (Index i = 0; i < x.dimension; ++i) {
    sum.at[i] = hn::Sub(x.at[i], constant(pair.centre[i]));
    ratio = hn::Add(ratio, hn::Mul(sum.at[i], constant(pair.slope[i])));
  }
  const Float e = powerOfTwo(Floats(), hn::Min(hn::Max(ratio, constant(-126)), constant(126)));
  const Float tanh = hn::Div(hn::Sub(constant(1), e), hn::Add(constant(1), e));
  for (Index i = 0; i < x.dimension; ++i)
    sum.at[i] =
        hn::Mul(hn::Sub(hn::Mul(tanh, constant(pair.half[i])), sum.at[i]), constant(pair.inverse));
}

/// Calls `score(x, sum)` for one vector of points, given where the arrays have it.
template <Index D, class Score>
HWY_INLINE void atVector(const Points& here, const Move& move, const Score& score) {
  const Coordinates<D> x(here.dimension, here.x, here.xStride);
  Coordinates<D> sum(here.dimension);
  score(x, sum);
  if (move.dW != nullptr) {
    const Coordinates<D> dW(here.dimension, move.dW, move.stride);
    for (Index i = 0; i < x.dimension; ++i)
      sum.at[i] = hn::Add(hn::Add(hn::Mul(x.at[i], constant(move.keep)), sum.at[i]),
                          hn::Mul(dW.at[i], constant(move.noise)));
  }
  sum.store(here.out, here.outStride);
}

/// For whole vectors of points; the last are padded.
template <Index D, class Score>
HWY_INLINE void forEachVector(const Points& points, const Move& move, const Score& score) {
  const auto lanes = static_cast<Index>(hn::Lanes(Floats()));
  const auto at = [](auto* array, Index i) { return array == nullptr ? nullptr : array + i; };
  Index first = 0;
  for (; first + lanes <= points.count; first += lanes)
    atVector<D>({points.dimension, lanes, points.x + first, points.xStride, points.out + first,
                 points.outStride},
                {move.keep, move.noise, at(move.dW, first), move.stride}, score);
  const Index rest = points.count - first;
  if (rest == 0) return;
  constexpr auto N = static_cast<Index>(kLanes);
  HWY_ALIGN std::array<float, kFewDimensions * kLanes> x{}, dW{};
  for (Index i = 0; i < points.dimension; ++i) {
    std::copy_n(points.x + i * points.xStride + first, rest, x.data() + i * N);
    if (move.dW != nullptr) std::copy_n(move.dW + i * move.stride + first, rest, dW.data() + i * N);
  }
  atVector<D>({points.dimension, lanes, x.data(), N, x.data(), N},
              {move.keep, move.noise, move.dW == nullptr ? nullptr : dW.data(), N}, score);
  for (Index i = 0; i < points.dimension; ++i)
    std::copy_n(x.data() + i * N, rest, points.out + i * points.outStride + first);
}

template <Index D>
void scoresIn(const SeenComponents& parts, const Points& points, const Move& move) {
  if (parts.count == 2)
    forEachVector<D>(points, move, [&](const Coordinates<D>& x, Coordinates<D>& sum) HWY_ATTR {
      scoreOfTwo(parts, x, sum);
    });
  else
    forEachVector<D>(points, move, [&](const Coordinates<D>& x, Coordinates<D>& sum) HWY_ATTR {
      scoreOf(parts, x, sum);
    });
}

template <Index D>
void pairScoresIn(const SeenPair& seen, const Points& points, const Move& move) {
  const SeenPair pair = seen;  // a copy that no store can change stays in registers
  forEachVector<D>(points, move, [&](const Coordinates<D>& x, Coordinates<D>& sum) HWY_ATTR {
    scoreOfPair(pair, x, sum);
  });
}

void scores(const SeenComponents& parts, const Points& points, const Move& move) {
  if (points.dimension == 1) return scoresIn<1>(parts, points, move);
  if (points.dimension == 2) return scoresIn<2>(parts, points, move);
  scoresIn<0>(parts, points, move);
}

void pairScores(const SeenPair& pair, const Points& points, const Move& move) {
  if (points.dimension == 1) return pairScoresIn<1>(pair, points, move);
  if (points.dimension == 2) return pairScoresIn<2>(pair, points, move);
  pairScoresIn<0>(pair, points, move);
}

template <Index D>
HWY_INLINE Float logDensityOf(const SeenComponents& parts, const Coordinates<D>& x) {
  const Floats d;
  Float total = hn::Zero(d);
  const Float largest = forEachWeight(
      parts, x, [&](Float factor) HWY_ATTR { total = hn::Mul(total, factor); },
      [&](Index, Float exponent) HWY_ATTR { total = hn::Add(total, power(exponent)); });
  return hn::Add(hn::Mul(largest, constant(std::numbers::ln2_v<float>)), logOf(d, split(d, total)));
}

template <Index D>
void logDensitiesIn(const SeenComponents& parts, const Points& points) {
  const auto lanes = static_cast<Index>(hn::Lanes(Floats()));
  HWY_ALIGN std::array<float, (kFewDimensions + 1) * kLanes> padded{};
  constexpr auto N = static_cast<Index>(kLanes);
  for (Index first = 0; first < points.count; first += lanes) {
    const Index here = std::min(lanes, points.count - first);
    for (Index i = 0; i < points.dimension; ++i)
      std::copy_n(points.x + i * points.xStride + first, here, padded.data() + i * N);
    float* const value = padded.data() + kFewDimensions * N;
    hn::Store(logDensityOf(parts, Coordinates<D>(points.dimension, padded.data(), N)), Floats(),
              value);
    std::copy_n(value, here, points.out + first);
  }
}

void logDensities(const SeenComponents& parts, const Points& points) {
  if (points.dimension == 1) return logDensitiesIn<1>(parts, points);
  if (points.dimension == 2) return logDensitiesIn<2>(parts, points);
  logDensitiesIn<0>(parts, points);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace separatrix
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace separatrix {
namespace {

HWY_EXPORT(scores);
HWY_EXPORT(pairScores);
HWY_EXPORT(logDensities);

/// What a kernel reads of the components, computed in double; a few of them need no allocation.
class Seen {
public:
  /// `pull` multiplies the scores.
  Seen(const Components& parts, const Vec& logWeights, const Channel& channel, double pull = 1) {
    const Index d = parts.means.rows(), count = parts.count();
    const std::size_t size = static_cast<std::size_t>(count * (d + 3));
    if (size > m_few.size()) m_many.resize(size);
    float* const means = size > m_few.size() ? m_many.data() : m_few.data();
    float* const rest = means + d * count;
    const double a = channel.signal;
    double variance = 0, logVariance = 0;
    for (Index k = 0; k < count; ++k) {
      const double V = a * a * parts.variances[k] + channel.noiseVariance;
      if (V != variance) logVariance = std::log(2 * std::numbers::pi * V);
      variance = V;
      for (Index i = 0; i < d; ++i) means[k * d + i] = static_cast<float>(a * parts.means(i, k));
      const double offset = logWeights[k] - 0.5 * static_cast<double>(d) * logVariance;
      rest[k] = static_cast<float>(-0.5 * std::numbers::log2e / V);
      rest[count + k] = static_cast<float>(std::numbers::log2e * offset);
      rest[2 * count + k] = static_cast<float>(pull / V);
    }
    m_parts = {d, count, means, rest, rest + count, rest + 2 * count};
  }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;

  const SeenComponents& operator*() const { return m_parts; }

private:
  std::array<float, 256> m_few;
  std::vector<float> m_many;
  SeenComponents m_parts{};
};

SeenPair seenPair(const Components& parts, const Vec& logWeights, const Channel& channel,
                  double pull) {
  const double a = channel.signal;
  const double V = a * a * parts.variances[0] + channel.noiseVariance;
  SeenPair out;
  for (Index i = 0; i < parts.means.rows(); ++i) {
    const double centre = 0.5 * a * (parts.means(i, 1) + parts.means(i, 0));
    const double half = 0.5 * a * (parts.means(i, 1) - parts.means(i, 0));
    const auto at = static_cast<std::size_t>(i);
    out.centre[at] = static_cast<float>(centre);
    out.half[at] = static_cast<float>(half);
    out.slope[at] = static_cast<float>(-2 * std::numbers::log2e * half / V);
  }
  out.bias = static_cast<float>(std::numbers::log2e * (logWeights[0] - logWeights[1]));
  out.inverse = static_cast<float>(pull / V);
  return out;
}

void dispatch(const Components& parts, const Vec& logWeights, const Channel& channel, double pull,
              const Points& points, const Move& move) {
  if (parts.count() == 2 && parts.variances[0] == parts.variances[1])
    HWY_DYNAMIC_DISPATCH(pairScores)(seenPair(parts, logWeights, channel, pull), points, move);
  else
    HWY_DYNAMIC_DISPATCH(scores)(*Seen(parts, logWeights, channel, pull), points, move);
}

}  // namespace

void mixtureScores(const Components& parts, const Vec& logWeights, const Channel& channel,
                   const BatchFView& x, BatchFOut out) {
  dispatch(parts, logWeights, channel, 1,
           {x.rows(), x.cols(), x.data(), x.outerStride(), out.data(), out.outerStride()},
           {0, 0, nullptr, 0});
}

void moveAlongMixtureScores(const Components& parts, const Vec& logWeights, const Channel& channel,
                            const ScoreStep& step, const BatchFView& dW, BatchFOut x) {
  dispatch(
      parts, logWeights, channel, step.pull,
      {x.rows(), x.cols(), x.data(), x.outerStride(), x.data(), x.outerStride()},
      {static_cast<float>(step.keep), static_cast<float>(step.noise), dW.data(), dW.outerStride()});
}

void mixtureLogDensities(const Components& parts, const Vec& logWeights, const Channel& channel,
                         const BatchFView& x, Eigen::Ref<Eigen::VectorXf> out) {
  const Points points = {x.rows(), x.cols(), x.data(), x.outerStride(), out.data(), 0};
  HWY_DYNAMIC_DISPATCH(logDensities)(*Seen(parts, logWeights, channel), points);
}

}  // namespace separatrix
#endif
