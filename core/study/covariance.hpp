#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The spectrum of the data covariance: along which directions, and when, the generative process
/// decides. A direction of variance λ is decided at a²λ = 1, the first at the speciation time
/// [B Eq 9], where its eigenvalue 1 − a²λ of the Landau matrix M = I − a² C turns negative.
class CovarianceSpectrum final : public Result {
public:
  std::vector<double> variances;      ///< λ, falling
  std::vector<double> decisionTimes;  ///< s; NaN: never
  std::vector<double> landau;         ///< 1 − a²λ at the time asked for; NaN without one

  Table table() const override;
};

/// `covariance` {time, count}
Analysis covarianceAnalysis();

}  // namespace separatrix
