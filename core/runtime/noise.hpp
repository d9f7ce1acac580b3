#pragma once

#include "core/runtime/types.hpp"

#include <cstdint>

namespace separatrix {

/// What a random number is for; two purposes never share numbers.
enum class NoisePurpose : std::uint32_t {
  start = 1,            ///< the noise in the starting points
  diffusion = 2,        ///< the Brownian path
  dataChoice = 3,       ///< which component a data point comes from
  dataNoise = 4,        ///< the data point within its component
  posteriorChoice = 5,  ///< which part of the posterior y is drawn from
  posteriorNoise = 6,   ///< y within it
  complement = 7,       ///< across the span of the means
};

/// Counter-based random numbers (Philox4x32-10, Salmon et al. 2011): each is a pure function of
/// (seed, purpose, particle, cell, coordinate), whatever thread asks for it and in whatever order.
/// `cell` is the cell of the base time grid, 0 where there is no time.
class Noise {
public:
  explicit Noise(std::uint64_t seed) : m_seed(seed) {}

  /// Standard normals of the particles [first, first + count) for one purpose, cell and coordinate.
  /// Box–Muller with 32 bits for the radius, so |value| ≤ √(66 log 2) ≈ 6.764. The same bits
  /// however the particles are cut into ranges and on every machine.
  void normals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
               float* out) const;

  /// out[i] += scale · the normal above: increments of a Wiener process.
  void addNormals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                  float scale, float* out) const;

  /// The same in double; the floats of the call above are within 10⁻⁶ of these.
  void normals(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
               double* out) const;

  /// Uniform numbers in (0, 1), keyed in the same way.
  void uniforms(NoisePurpose purpose, Index cell, Index coordinate, Index first, Index count,
                double* out) const;

private:
  std::uint64_t m_seed;
};

/// The uniform numbers of one particle for one purpose and cell, with all the bits of a double, in
/// (0, 1): the n-th is the same whenever it is asked for.
class ParticleUniforms {
public:
  ParticleUniforms(const Noise& noise, NoisePurpose purpose, Index cell, Index particle)
      : m_noise(noise), m_purpose(purpose), m_cell(cell), m_particle(particle) {}

  double operator()(Index n) const;

private:
  const Noise& m_noise;
  NoisePurpose m_purpose;
  Index m_cell, m_particle;
};

}  // namespace separatrix
