#pragma once

#include "core/study/analysis.hpp"
#include "core/thermodynamics/order_parameter.hpp"

namespace separatrix {

/// The self-consistent m of lowest free energy at one time, in an external field h, and how it
/// answers to more of it.
class OrderParameter final : public Result {
public:
  double s = 0;
  double beta = 0;
  Vec field;  ///< h, d
  SelfConsistent solution;
  std::optional<Mat> susceptibility;  ///< χ, d × d; none where it is infinite

  Table table() const override;
  std::optional<Json> record() const override;
};

/// `order-parameter` {time, field}
Analysis orderParameterAnalysis();

}  // namespace separatrix
