#pragma once

#include "core/runtime/types.hpp"

namespace separatrix {

/// A number from a fit with its 95 % confidence interval (Student's t).
struct Estimate {
  double value = 0, low = 0, high = 0;
};

/// The coefficient `which` of the least-squares fit y ≈ X c; X is n × k with n > k, of full rank.
Estimate fittedCoefficient(const Mat& X, const Vec& y, Index which);

}  // namespace separatrix
