#pragma once

#include "core/targets/target.hpp"

namespace separatrix {

/// Orthonormal directions of the data's space in which φ varies most.
struct PrincipalDirections {
  Mat basis;      ///< d × m, one a column, by falling variance; its first large entry is positive
  Vec variances;  ///< m, of φ along each
};

/// The first `count` of them, or all d. Where several have one variance, they are some basis of
/// those directions, the same at each call. Throws Failure where finding them would take minutes.
PrincipalDirections principalDirections(const Target& target, Index count);

/// The variances along the first `count` of them, or all d. Throws as principalDirections does.
Vec principalVariances(const Target& target, Index count);

/// The variance of φ along the unit vector `direction`, without the covariance where the target
/// allows. Throws Failure where the covariance is needed and does not fit.
double varianceAlong(const Target& target, const VecView& direction);

}  // namespace separatrix
