#pragma once

#include "core/runtime/types.hpp"

#include <vector>

namespace separatrix {

/// K points in R^d with further numbers each, as plain values.
struct PointRows {
  Mat points;                   ///< d × K
  std::vector<Vec> attributes;  ///< one Vec of length K per attribute, in the order of their specs

  friend bool operator==(const PointRows& a, const PointRows& b);
};

/// `rows` with the points `first … last` (none if last = first − 1) replaced by `others`.
PointRows spliced(const PointRows& rows, Index first, Index last, const PointRows& others);

/// The points of those numbers, in that order.
PointRows selected(const PointRows& rows, const std::vector<int>& which);

}  // namespace separatrix
