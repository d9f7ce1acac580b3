#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// Diffused spins have two temperatures, their own, T, and that of the noise, b²/a² = 1/β, which is
/// σ²s where a = 1 [A §5]. The symmetric state m = 0 is stable above the line 1/β = Λ(T), the
/// largest eigenvalue of the spins' own covariance; below it the spins of the posterior order.
class TwoTemperatures final : public Result {
public:
  std::vector<double> temperatures;  ///< T
  std::vector<double> noises;        ///< 1/β
  std::vector<double> critical;      ///< Λ at each T
  /// |m|/√d of the solution of m = ⟨y⟩(m) of lowest F̃, temperatures × noises; NaN where there are
  /// too many spins to search for it.
  Batch order;

  Table table() const override;
  std::string remark() const override;
};

/// `two-temperatures` {temperatures, noises}: for Ising spins.
Analysis twoTemperaturesAnalysis();

}  // namespace separatrix
