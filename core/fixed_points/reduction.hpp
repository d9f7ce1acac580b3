#pragma once

#include "core/fixed_points/landscape.hpp"

namespace separatrix {

/// Exact reduction of the fixed points of a target of R^d to fewer dimensions:
/// - a mixture of equal variances v to V = span{μ_k − μ_1} (theory §4). Across V the potential is
///   that of one Gaussian, so the fixed points lie at one known place there, and Hess U has one
///   known eigenvalue;
/// - a law that is the same in all directions to x = ρ e_0. Off the origin a fixed point is one of
///   a sphere of them, along which Hess U is zero; at the origin all its eigenvalues are equal.
/// Any other target stays as it is.
class Reduction {
public:
  explicit Reduction(const Target& target);

  /// The reduced target, or the target itself.
  const Target& target() const { return m_reduced ? *m_reduced : m_full; }
  Index hiddenDimensions() const { return m_full.dimension() - target().dimension(); }

  /// All d eigenvalues of ∂F/∂x, ascending, of those in the reduced coordinates x.
  Vec spectrum(const Landscape& landscape, const Vec& x, double t, const Vec& reduced) const;
  /// How many eigenvalues cross zero at an event where `reduced` of the reduced ones do.
  Index multiplicity(const Landscape& landscape, const Vec& x, double t, Index reduced) const;
  /// The same fixed points are those of another x.
  bool isMirrored(const Landscape& landscape, const Vec& x, double t) const;
  /// The point of R^d.
  Vec lifted(const Landscape& landscape, const Vec& x, double t) const;

private:
  enum class Kind { none, span, radial };
  double acrossSpan(const Landscape& landscape, double t) const;

  const Target& m_full;
  Kind m_kind = Kind::none;
  std::unique_ptr<const Target> m_reduced;
  Mat m_basis;   // d × r, orthonormal
  Vec m_offset;  // μ_1 across V
  double m_variance = 0;
};

}  // namespace separatrix
