#pragma once

#include "core/study/analysis.hpp"

namespace separatrix {

/// Everything that is known of one point x at one time s.
class FieldPoint final : public Result {
public:
  double s = 0;
  Vec x;
  Channel channel;
  Posterior posterior;
  Vec componentPosterior;  ///< P(component k | x, s); empty where there are none
  double potential = 0;    ///< U(x) − U(0)
  Vec gradient;            ///< ∇U, d
  Mat hessian;             ///< Hess U, d × d

  Table table() const override;
  std::optional<Json> record() const override;
};

/// `field` {time, at}
Analysis fieldPointAnalysis();

}  // namespace separatrix
