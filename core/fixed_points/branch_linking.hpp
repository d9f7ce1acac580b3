#pragma once

#include <vector>

namespace separatrix {

/// How the ordered fixed points of a line at two close times belong together, when there are more
/// of them at one time (`many`) than at the other (`few`).
struct Linking {
  struct Birth {
    std::size_t lower, upper;  ///< indices into `many` of the pair that is born
    bool aroundMatch;          ///< a pitchfork: the point between them has a match
  };
  std::vector<std::size_t> matches;  ///< for each of `few`, its index in `many`
  std::vector<Birth> births;
};

/// The order-preserving linking of least total distance, in which every unmatched point belongs to
/// a pair of neighbours (a fold) or to a pair around a matched point (a pitchfork).
/// Requires few.size() ≤ many.size(), an even difference, both ascending.
Linking linkFixedPoints(const std::vector<double>& few, const std::vector<double>& many);

}  // namespace separatrix
