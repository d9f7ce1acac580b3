#pragma once

#include "core/runtime/types.hpp"

#include <cstdint>

namespace separatrix {

/// What the words of a Philox counter and key are made of, besides the block of particles.
struct NoiseKey {
  std::uint64_t seed;
  std::uint32_t purpose;  ///< below 2⁸: its word carries the upper bits of the block too
  std::uint32_t cell, coordinate;
};

/// Standard normals of the particles [first, first + count) in single precision: `out[i]` is
/// within 10⁻⁶ of Box–Muller in exact arithmetic, and the same bits on every instruction set.
/// Vectors as wide as the machine has them.
void fillNormals(const NoiseKey& key, Index first, Index count, float* out);

/// out[i] += scale times the same.
void addNormals(const NoiseKey& key, Index first, Index count, float scale, float* out);

}  // namespace separatrix
