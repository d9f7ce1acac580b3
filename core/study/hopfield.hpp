#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The modern Hopfield energy of the component means beside F̃, on a segment of x̂. Cells are empty
/// where the signal is 0 and the temperature infinite.
class Hopfield final : public Result {
public:
  double s = 0;
  Batch points;                       ///< x̂, d × P
  Vec energy, regularizedFreeEnergy;  ///< P

  Table table() const override;
};

/// `hopfield` {time, from, to, points}
Analysis hopfieldAnalysis();

}  // namespace separatrix
