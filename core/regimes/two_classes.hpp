#pragma once

#include "core/targets/target.hpp"

#include <string>

namespace separatrix {

/// The model of [B]: ½ N(m, σ² I) + ½ N(−m, σ² I) in R^d, |m|² = d μ̃².
struct TwoClasses {
  double dimension = 1;
  double muTilde = 1;
  double sigma2 = 1;
  Vec direction;  ///< m/|m|, d; of the second component

  /// Λ, the largest eigenvalue of the covariance.
  double largestVariance() const { return sigma2 + dimension * muTilde * muTilde; }
};

/// What `target` is of that model. Throws Failure that says so where it is none.
TwoClasses twoClassesOf(const Target& target, const std::string& what);

/// t_S = ½ log Λ [B Eq 9], for any process that preserves variance; t = −log a. NaN for Λ < 1.
double speciationLogTime(const TwoClasses& model);

/// t_C = ½ log(1 + σ²/(e^{2α} − 1)), α = log n/d [B Eq 10], for the same; infinite for α = 0.
double collapseLogTime(const TwoClasses& model, double alpha);

}  // namespace separatrix
