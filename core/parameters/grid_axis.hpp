#pragma once

#include "core/parameters/parameter_spec.hpp"

namespace separatrix {

/// `count` values from `from` to `to` inclusive, evenly spaced; count = 1: `from` alone.
struct GridAxis {
  double from = 0;
  double to = 1;
  Index count = 1;

  double at(Index i) const {
    if (count == 1) return from;
    // Exact at both ends.
    const double u = static_cast<double>(i) / static_cast<double>(count - 1);
    return i == count - 1 ? to : from + u * (to - from);
  }
};

/// The axes of a validated `grid` value.
std::vector<GridAxis> gridAxes(const ParameterValues& values, const std::string& name);
Json gridJson(const std::vector<GridAxis>& axes);

}  // namespace separatrix
