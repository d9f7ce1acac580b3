#pragma once

#include "core/fields/potential.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

struct Interval {
  double low = 0;
  double high = 0;
};

/// ∂U/∂x of a one-dimensional mixture, with bounds over whole intervals: what finding all its
/// zeros with certainty takes. U = −A log p + B x²/2.
class ScalarGradient {
public:
  ScalarGradient(const Components& parts, const Channel& channel, const Potential& potential);

  struct Value {
    double gradient = 0;   ///< U'
    double curvature = 0;  ///< U''
    double roundoff = 0;   ///< bound on the rounding error of the gradient
  };
  Value at(double x) const;

  /// Bounds of U'' over [centre − radius, centre + radius].
  Interval curvatureBounds(double centre, double radius) const;

  /// Contains every zero of U'.
  Interval searchRange() const;

private:
  Vec scores(double x) const { return (m_means.array() - x) * m_precisions.array(); }
  Vec exponents(double x) const;
  Vec logWeights(double x) const;

  Vec m_means, m_precisions, m_offsets;  // a μ_k, 1/V_k, log w_k − ½ log V_k, largest 0
  Potential m_potential;
};

}  // namespace separatrix
