#include "core/runtime/noise.hpp"

#include "core/runtime/noise_kernel.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kLanes = 4;  // one Philox block serves four neighbouring particles
using Block = std::array<std::uint32_t, kLanes>;

Block philox(std::uint64_t seed, NoisePurpose purpose, Index cell, Index coordinate, Index block) {
  const auto b = static_cast<std::uint64_t>(block);
  // 40 bits of block, 24 of purpose: room for 4·10¹² particles.
  const r123::Philox4x32::ctr_type counter = {
      {static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(cell),
       static_cast<std::uint32_t>(coordinate),
       static_cast<std::uint32_t>(purpose) | (static_cast<std::uint32_t>(b >> 32) << 8)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const auto bits = r123::Philox4x32{}(counter, key);
  return {bits[0], bits[1], bits[2], bits[3]};
}

double openUnit(std::uint32_t bits) {
  return (static_cast<double>(bits) + 0.5) * 0x1p-32;
}

std::array<double, kLanes> normalsOf(const Block& bits) {
  std::array<double, kLanes> z{};
  for (std::size_t pair = 0; pair < kLanes; pair += 2) {
    const double radius = std::sqrt(-2.0 * std::log(openUnit(bits[pair])));
    const double angle = 2.0 * std::numbers::pi * openUnit(bits[pair + 1]);
    z[pair] = radius * std::cos(angle);
    z[pair + 1] = radius * std::sin(angle);
  }
  return z;
}

std::array<double, kLanes> uniformsOf(const Block& bits) {
  return {openUnit(bits[0]), openUnit(bits[1]), openUnit(bits[2]), openUnit(bits[3])};
}

NoiseKey noiseKey(std::uint64_t seed, NoisePurpose purpose, Index cell, Index coordinate) {
  return {seed, static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(cell),
          static_cast<std::uint32_t>(coordinate)};
}

template <class Transform>
void fill(std::uint64_t seed, NoisePurpose purpose, Index cell, Index coordinate, Index first,
          Index count, Transform transform, double* out) {
  const Index end = first + count;
  for (Index block = first / kLanes; block * kLanes < end; ++block) {
    const auto values = transform(philox(seed, purpose, cell, coordinate, block));
    const Index from = std::max(first, block * kLanes);
    const Index to = std::min(end, (block + 1) * kLanes);
    for (Index particle = from; particle < to; ++particle)
      out[particle - first] = values[static_cast<std::size_t>(particle - block * kLanes)];
  }
}

}  // namespace

void Noise::normals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                    float* out) const {
  fillNormals(noiseKey(m_seed, purpose, cell, coordinate), first, count, out);
}

void Noise::addNormals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                       float scale, float* out) const {
  separatrix::addNormals(noiseKey(m_seed, purpose, cell, coordinate), first, count, scale, out);
}

void Noise::normals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                    double* out) const {
  fill(m_seed, purpose, cell, coordinate, first, count, normalsOf, out);
}

void Noise::uniforms(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                     double* out) const {
  fill(m_seed, purpose, cell, coordinate, first, count, uniformsOf, out);
}

double ParticleUniforms::operator()(Index n) const {
  constexpr double kResolution = 0x1p-32;  // of one number
  double coarse = 0, fine = 0;
  m_noise.uniforms(m_purpose, m_cell, 2 * n, m_particle, 1, &coarse);
  m_noise.uniforms(m_purpose, m_cell, 2 * n + 1, m_particle, 1, &fine);
  return coarse + (fine - 0.5) * kResolution;
}

}  // namespace separatrix
