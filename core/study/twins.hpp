#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// Two samplers on one Brownian path: how far their ends are apart, for ever more steps.
class Twins final : public Result {
public:
  struct Row {
    Index steps;
    double rootMeanSquare;  ///< √(mean |X − X'|²) of the ends
    double largest;         ///< max |X − X'|
    double secondMoment;    ///< mean |X|² − mean |X'|², the weak difference
    double standardError;   ///< of it
  };
  std::vector<Row> rows;

  Table table() const override;
};

/// `twins` {other, coarsest, doublings}: the scene's ensemble with its sampler and with another,
/// each step count doubling the one before. The paths of all runs are the same: the base grid of
/// the noise is that of the finest. What `exact` draws besides the path fades as the root of
/// the step.
Analysis twinsAnalysis();

}  // namespace separatrix
