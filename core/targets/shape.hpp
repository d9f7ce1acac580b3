#pragma once

#include "core/targets/target_kind.hpp"

namespace separatrix {

/// `shape` {shape, count, radius, spread}: points in the plane, of equal weight, each widened to a
/// Gaussian of standard deviation `spread` in each coordinate; a Gaussian mixture.
/// - ring: evenly on the circle around the origin, the first at angle 0.
/// - grid: the smallest square lattice over [−radius, radius]² that holds them, filled row by row
///   from below; one point is the origin.
/// - spiral: Archimedes', from radius/8 outwards to `radius` in two turns, equal arc lengths
///   between neighbours.
/// - two-moons: two half circles around (∓radius/2, ∓radius/4), the first open below and the
///   second above, half of the points evenly on each; of an odd number the first has one more.
TargetKind shapeKind();

}  // namespace separatrix
