#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The graphical solution for fixed points along a direction e through the origin, at one time.
/// m = ⟨y⟩(m + h) gives those of the free energy; `line` and `curve` cross where the scene's
/// potential is stationary along e, and for the generative SDE of two deltas are the two sides
/// (θ² + 1)x and −2θ tanh(θx/(θ² − 1)) of [RA Fig 3a].
class SelfConsistency final : public Result {
public:
  double s = 0;
  Vec direction;              ///< e, |e| = 1
  std::vector<double> m;      ///< along e, in the units of the data
  std::vector<double> mean;   ///< e·⟨y⟩(m e + h)
  std::vector<double> x;      ///< a m: the place of `line` and `curve`
  std::vector<double> line;   ///< 2(1 + Bb²/A)x, U = −A log p + B|x|²/2
  std::vector<double> curve;  ///< 2a e·⟨y⟩ at x e, without field

  Table table() const override;
};

/// `self-consistency` {time, direction, range, field}
Analysis selfConsistencyAnalysis();

}  // namespace separatrix
