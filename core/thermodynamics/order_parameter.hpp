#pragma once

#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// A solution of the self-consistency m = ⟨y⟩(m + h) at one inverse temperature β: a stationary
/// point of F(m + h) + |m|²/2, which is F̃ where h = 0 (Ambrogioni 2023, Eq 20).
struct SelfConsistent {
  Vec m;
  double freeEnergy = 0;  ///< F(m + h) + |m|²/2
  Mat response;           ///< βC(m + h), d × d
  double residual = 0;    ///< |m − ⟨y⟩(m + h)|
  int iterations = 0;     ///< of Newton's method or plain iteration, from the given start
  double largestEigenvalue() const;  ///< of the response; below 1 where m is stable
};

/// From `start`, downhill in F(m + h) + |m|²/2 at every step: Newton's method where that function
/// is convex, else m ← ⟨y⟩(m + h). Ends at the rounding level or after 2000 iterations; `residual`
/// says how well. h is d, β ≥ 0.
SelfConsistent solveSelfConsistency(const Target& target, double beta, const VecView& field,
                                    Vec start);

/// The solution of lowest F(m + h) + |m|²/2, searched from the mean of φ and from each component
/// mean (at most 256, evenly chosen), or from 16 draws of φ if it has no parts. Where two are equal
/// to rounding, the most stable one. Throws Cancelled when stopped.
SelfConsistent lowestSelfConsistent(const Target& target, double beta, const VecView& field,
                                    const RunControl& control = {});

/// The largest eigenvalue λ/(1 − λ) of χ = ∂m/∂h = (I − βC)⁻¹βC [Eq 22], λ the largest of βC.
/// Infinite where λ ≥ 1 − 10⁻¹²: at a critical point and along a continuous symmetry.
double largestSusceptibility(const SelfConsistent& solution);

/// χ = (I − βC)⁻¹βC, d × d [Eq 22]; none where it is infinite.
std::optional<Mat> susceptibilityMatrix(const SelfConsistent& solution);

/// eᵀχe for a unit vector e.
double susceptibilityAlong(const SelfConsistent& solution, const VecView& direction);

}  // namespace separatrix
