#pragma once

#include "core/runtime/noise.hpp"
#include "tests/core/support.hpp"

namespace separatrix::test {

/// The state a y + b z of a data point, with the noise that slices give it.
inline Vec stateOf(const Vec& y, const Channel& channel, Index index, std::uint64_t seed) {
  Vec z(y.size());
  for (Index i = 0; i < z.size(); ++i) {
    float value = 0;
    Noise(seed).normals(NoisePurpose::start, 0, i, index, 1, &value);
    z[i] = static_cast<double>(value);
  }
  return channel.signal * y + std::sqrt(channel.noiseVariance) * z;
}

}  // namespace separatrix::test
