#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// What the data are thought to be along a slice between two data points at one time: its states
/// x(α) and the denoised prediction x̂₀ = ⟨y⟩ at each, by the scene's score and by the exact one of
/// the data.
class Denoised final : public Result {
public:
  double s = 0;
  double signal = 1;           ///< a at s
  std::vector<double> angles;  ///< α
  Batch states;                ///< x(α), d × angles
  Batch predictions;           ///< x̂₀ by the scene's score, d × angles
  Batch exact;                 ///< ⟨y⟩ of the data, d × angles

  Table table() const override;
};

/// `denoised` {time, pair, angles}.
Analysis denoisedAnalysis();

}  // namespace separatrix
