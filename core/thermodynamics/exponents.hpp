#pragma once

#include "core/numerics/linear_fit.hpp"
#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

#include <optional>
#include <vector>

namespace separatrix {

/// Where the mean of φ, a solution of the self-consistency by symmetry, loses its stability.
struct SymmetricCriticalPoint {
  double beta = 0;  ///< critical inverse temperature β_c = a²/b²
  Vec m;            ///< the mean of φ, d
};

/// None if the mean solves m = ⟨y⟩(m) by no symmetry, or is stable at all temperatures down to
/// 10⁻⁶ of the data's largest variance.
std::optional<SymmetricCriticalPoint> symmetricCriticalPoint(const Target& target);

/// How the ensemble behaves around a critical point, at temperatures t = 1/β = t_c(1 + τ)
/// (Ambrogioni 2023, §6). Exponents are fitted with corrections to scaling of first and second
/// order in |τ| or m².
struct CriticalExponents {
  std::vector<double> tau;    ///< |τ|, from large to small
  std::vector<double> field;  ///< h at τ = 0, along e, from large to small
  std::vector<double> m;      ///< |m − m_c| at −|τ|
  std::vector<double> mOfField;
  std::vector<double> above, below;  ///< eᵀχe at ±|τ|, e the direction of m − m_c

  Estimate orderParameter;       ///< m ~ |τ|^β̂
  Estimate susceptibilityAbove;  ///< χ ~ |τ|^−γ
  Estimate susceptibilityBelow;  ///< the same below t_c
  Estimate criticalIsotherm;     ///< h ~ m^δ
  Estimate amplitudeRatio;       ///< χ(+τ)/χ(−τ) as τ → 0
};

struct ScalingWindow {
  double from = 1e-5, to = 1e-2;  ///< of |τ|; fields are spaced so that m is about as large
  Index points = 24;              ///< evenly spaced in log |τ|, ≥ 5
};

CriticalExponents measureExponents(const Target& target, const SymmetricCriticalPoint& critical,
                                   const ScalingWindow& window, const RunControl& control);

}  // namespace separatrix
