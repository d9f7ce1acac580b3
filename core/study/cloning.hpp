#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The cloning experiment [B Fig 2; theory §7]: pairs of reverse runs from one x ~ p(x, t) each,
/// and how many of them end in the same class, against t = −log a.
class Cloning final : public Result {
public:
  std::vector<double> times;           ///< t
  std::vector<double> phi;             ///< measured
  std::vector<double> standardErrors;  ///< √(φ(1 − φ)/n) + 1/n
  std::vector<double> exact;           ///< CloningCurve; NaN where it is not known

  double stochasticity = 1;  ///< λ of the runs
  double speciation = 0;     ///< t_S, NaN where there is none

  /// t/t_S; empty where there is no t_S.
  std::vector<double> relativeTimes() const;

  Table table() const override;
  /// Where λ is not the 1 of the exact curve.
  std::string remark() const override;
};

/// `cloning` {times, pairs}: with the scene's ensemble, its sampler and its steps for the whole
/// horizon, of which a start at s has its share. Ends on points are of the class of the nearest;
/// pairs of other ends count by Σ_c P(c|x) P(c|x') at the end, as λ = 1 and any λ have it.
Analysis cloningAnalysis();

}  // namespace separatrix
