#pragma once

#include "core/study/analysis.hpp"
#include "core/thermodynamics/exponents.hpp"

namespace separatrix {

/// The critical point of the symmetric solution and the exponents around it, beside those of
/// mean-field theory. `critical` is none, and all values empty, where there is none.
class Exponents final : public Result {
public:
  std::optional<SymmetricCriticalPoint> critical;
  double s = 0;  ///< critical time; NaN where the process does not reach it
  CriticalExponents measured;

  Table table() const override;
};

/// `exponents` {from, to, points}
Analysis exponentsAnalysis();

}  // namespace separatrix
