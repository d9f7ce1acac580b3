#pragma once

#include "core/fields/diffused_field.hpp"
#include "core/study/analysis.hpp"

#include <array>

namespace separatrix {

/// Two points of the data with a noise of their own each, which is the same at all times.
struct SlicePair {
  std::array<Vec, 2> y, z;
};

/// The points i and j of the data, counted from 0; of data without points, draws from them. Throws
/// InvalidInput ("pair") where there is no such point, and where both are one.
SlicePair slicePair(const Problem& problem, Index i, Index j);
/// The `pair` that is requested.
SlicePair slicePair(const Problem& problem, const Request& request);
ParameterSpec pairSpec();

/// How a slice goes from the state x₁ = a y₁ + b z₁ at α = 0 to x₂ at α = π/2.
enum class SliceKind {
  circle,  ///< x(α) = cos α x₁ + sin α x₂, which keeps the norm of noise [RA §4.2]
  line,    ///< x(α) = x₁ + (2α/π)(x₂ − x₁)
};

/// `curve`, and what it says.
ParameterSpec curveSpec();
SliceKind sliceKind(const Request& request);

/// A slice at one time, with the score of `target`, which must outlive it: the scene's, or the
/// exact one of its data.
class SliceCurve {
public:
  SliceCurve(const Target& target, const Problem& problem, const SlicePair& pair, double s,
             SliceKind kind = SliceKind::circle);

  /// x(α), d × angles.
  Batch states(const Vec& angles) const;
  /// ∇U(x(α))·x'(α).
  Vec slopes(const Vec& angles, const RunControl& control) const;

private:
  Batch tangents(const Vec& angles) const;

  DiffusedField m_field;
  Potential m_potential;
  SliceKind m_kind;
  std::array<Vec, 2> m_ends;
};

}  // namespace separatrix
