#pragma once

#include "core/targets/target.hpp"

#include <cmath>
#include <random>

/// Data as sets of images are, and points around them.
namespace separatrix::test {

/// K points in [0, 1]^d, most coordinates of a point 0 or 1: sums of a few patterns, clipped, so
/// that points have neighbours at many distances. One in ten lies next to another.
inline Components imageLikePoints(Index dimension, Index count, unsigned seed) {
  constexpr Index kPatterns = 12;
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Mat patterns(dimension, kPatterns);
  for (double& value : patterns.reshaped()) value = normal(random);
  for (Index i = 1; i < dimension; ++i)
    patterns.row(i) = 0.8 * patterns.row(i - 1) + 0.6 * patterns.row(i);
  Components out{Mat(dimension, count), Vec::Constant(count, 1.0 / static_cast<double>(count)),
                 Vec::Zero(count)};
  for (Index k = 0; k < count; ++k) {
    Vec mixed(kPatterns);
    for (double& value : mixed) value = 0.5 * normal(random);
    out.means.col(k) = ((patterns * mixed).array() - 0.3).max(0).min(1);
    if (k % 10 == 9)
      for (Index i = 0; i < dimension; ++i)
        out.means(i, k) = std::clamp(out.means(i, k - 1) + 0.02 * normal(random), 0.0, 1.0);
  }
  return out;
}

/// a μ_k + b z for some of the components.
inline BatchF noisedPoints(const Components& parts, const Channel& channel, Index count,
                           unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_int_distribution<Index> component(0, parts.count() - 1);
  const double deviation =
      std::sqrt(channel.noiseVariance + channel.signal * channel.signal * parts.variances[0]);
  BatchF out(parts.means.rows(), count);
  for (Index p = 0; p < count; ++p) {
    const Index k = component(random);
    for (Index i = 0; i < out.rows(); ++i)
      out(i, p) =
          static_cast<float>(channel.signal * parts.means(i, k) + deviation * normal(random));
  }
  return out;
}

}  // namespace separatrix::test
