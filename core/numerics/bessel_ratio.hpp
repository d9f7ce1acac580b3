#pragma once

namespace separatrix {

/// Φ(z) = Γ(ν+1) (2/z)^ν I_ν(z) = ₀F₁(; ν+1; z²/4), the mean of exp(z y₁) over the unit sphere of
/// dimension d = 2ν + 2, with its logarithmic derivatives.
struct BesselRatio {
  double scaledLog = 0;     ///< log Φ − z, ≤ 0
  double ratio = 0;         ///< A = (log Φ)' = I_{ν+1}(z)/I_ν(z), in [0, 1)
  double complement = 1;    ///< 1 − A
  double overArgument = 0;  ///< A/z; 1/(2ν+2) at z = 0
  double slope = 0;         ///< A' = (log Φ)'' = 1 − A² − (2ν+1) A/z; 1/(2ν+2) at z = 0
};

/// For any ν ≥ 0 and 0 ≤ z ≤ 10¹⁰⁰, each value to 2·10⁻¹³ of itself (scaledLog: of itself or
/// 10⁻¹⁵, the larger).
BesselRatio besselRatio(double order, double z);

}  // namespace separatrix
