#pragma once

#include "core/fixed_points/landscape.hpp"

namespace separatrix {

/// Exact reduction (theory §4): the fixed points of a mixture of equal variances v in the
/// coordinates of V = span{μ_k − μ_1}. Across V the potential is that of one Gaussian, so the fixed
/// points lie at one known place there, and Hess U has one known eigenvalue.
class Reduction {
public:
  /// Of a target that V does not span; keeps all coordinates of any other.
  explicit Reduction(const Target& target);

  /// The mixture in V's coordinates, or the target itself.
  const Target& target() const { return m_reduced ? *m_reduced : m_full; }
  Index hiddenDimensions() const { return m_full.dimension() - target().dimension(); }

  /// The eigenvalue of ∂F/∂x across V; 1 where nothing is hidden.
  double hiddenEigenvalue(const Landscape& landscape, double t) const;
  /// The point of R^d.
  Vec lifted(const Landscape& landscape, const Vec& x, double t) const;
  /// Its coordinates in V.
  Vec reduced(const VecView& x) const { return m_reduced ? Vec(m_basis.transpose() * x) : Vec(x); }

private:
  const Target& m_full;
  std::unique_ptr<const Target> m_reduced;
  Mat m_basis;   // d × r, orthonormal
  Vec m_offset;  // μ_1 across V
  double m_variance = 0;
};

}  // namespace separatrix
