#pragma once

#include "core/targets/dataset_kernel.hpp"

#include <algorithm>

namespace separatrix {

/// How many points one task evaluates at once: `most`, a multiple of 16, or fewer where their
/// weights of all components would take more than 32 MB.
inline Index tileSize(const Target& target, Index most) {
  constexpr Index kWeights = Index{1} << 22;
  constexpr Index kVector = 16;
  const Components* parts = target.components();
  const Index fitting = parts == nullptr ? most : kWeights / parts->count();
  return std::clamp(fitting / kVector * kVector, kVector, most);
}

/// The same for scores: as many as the kernel of large data sets takes at a time, where it is used.
inline Index scoreTileSize(const Target& target, Index most) {
  const Components* parts = target.components();
  const bool large = parts != nullptr && DatasetKernel::suits(parts->count(), target.dimension());
  return large ? DatasetKernel::kTile : tileSize(target, most);
}

}  // namespace separatrix
