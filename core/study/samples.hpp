#pragma once

#include "core/sampling/ensemble.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The particles of the scene's ensemble at the data end of their run, or some neighbouring ones.
class Samples final : public Result {
public:
  /// Of an ensemble that is part of one of `total` particles.
  Samples(const Ensemble& ensemble, Index total);

  BatchF points;           ///< d × P
  Index first;             ///< number of the first particle
  Index total;             ///< particles of the whole
  double startDivergence;  ///< as Ensemble's

  Table table() const override;
  std::string remark() const override;
  /// [particles][d]
  std::optional<NumericArray> array() const override;
};

/// `samples` {direction}: where a reverse run ends, or a forward run begins.
Analysis samplesAnalysis();

}  // namespace separatrix
