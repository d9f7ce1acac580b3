#pragma once

#include "core/targets/target.hpp"

#include <memory>
#include <optional>

namespace separatrix {

/// A mixture of components of one variance v, by V = span{μ_k − μ_1} (theory §4): in V it is the
/// mixture `target`, across V the Gaussian N(origin, v I), and the two are independent.
struct SpanOfMeans {
  Mat basis;   ///< d × r, orthonormal, of V; r ≥ 1
  Vec origin;  ///< (I−P) μ_1, d
  double variance = 0;
  std::unique_ptr<const Target> target;  ///< of Qᵀy in R^r, with the weights and labels
};

/// None for a target without components or with several variances, and where V is the whole space.
/// Takes time d K min(d, K).
std::optional<SpanOfMeans> spanOfMeans(const Target& target);

/// The same where V has no more than half the dimensions and is found in less than a second or so:
/// where it pays to simulate in it.
std::optional<SpanOfMeans> smallSpanOfMeans(const Target& target);

}  // namespace separatrix
