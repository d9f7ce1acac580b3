#pragma once

#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// The probability that two independent reverse runs from one x ~ p(x, s) end in the same class
/// (λ = 1): φ = E_x Σ_c P(c|x)² [B Eq 6; theory §7]. Classes are the labels of the components, or
/// the components where they have none; where they overlap at the data, it is the class that the
/// posterior gives them, not the side they are on.
/// By quadrature, for components in one dimension and for those of equal variance with means on
/// one line in any number of dimensions. Prepared once, evaluated at many times.
class CloningCurve {
public:
  explicit CloningCurve(const Target& target);

  /// None where it is not known: means not on a line, or more than 256 components.
  std::optional<double> operator()(const Channel& channel) const;

private:
  Components m_line;         // in one dimension; none: not known
  std::vector<int> m_class;  // of each component, from 0
};

/// The class of each component, numbered from 0: by labels where there are some.
std::vector<int> classesOf(const Components& parts);

}  // namespace separatrix
