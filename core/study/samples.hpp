#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// The particles of the scene's ensemble at the data end of their run.
class Samples final : public Result {
public:
  BatchF points;  ///< d × P

  Table table() const override;
  /// [particles][d]
  std::optional<NumericArray> array() const override;
};

/// `samples` {direction}: where a reverse run ends, or a forward run begins.
Analysis samplesAnalysis();

}  // namespace separatrix
