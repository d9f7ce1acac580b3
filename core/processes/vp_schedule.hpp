#pragma once

#include "core/processes/forward_process.hpp"

#include <cmath>

namespace separatrix {

/// A variance-preserving process: everything follows from the rate β(s) and its integral.
class VpSchedule : public ForwardProcess {
public:
  virtual double rate(double s) const = 0;            ///< β(s)
  virtual double integratedRate(double s) const = 0;  ///< ∫₀ˢ β

  double signal(double s) const override { return std::exp(-0.5 * integratedRate(s)); }
  double noiseVariance(double s) const override { return -std::expm1(-integratedRate(s)); }
  double drift(double s) const override { return -0.5 * rate(s); }
  double diffusion(double s) const override { return rate(s); }
  bool variancePreserving() const override { return true; }
};

}  // namespace separatrix
