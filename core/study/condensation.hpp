#pragma once

#include "core/regimes/condensation.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The free energies ψ₊ and ψ₋ of the points of both classes over time, of two Gaussians: where ψ₊
/// freezes, at t_C, single points win [B App C].
class CondensationCurve final : public Result {
public:
  double alpha = 0;           ///< log n/d
  double collapse = 0;        ///< t_C
  std::vector<double> times;  ///< t = −log a
  std::vector<Condensation> values;

  Table table() const override;
};

/// `condensation` {times, points}
Analysis condensationAnalysis();

}  // namespace separatrix
