#pragma once

#include "core/study/analysis.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "core/thermodynamics/order_parameter.hpp"

namespace separatrix {

/// Free energies and entropies at one x̂ over time, and the self-consistent solution of lowest F̃
/// with its susceptibility. Table cells are empty where a value is infinite or unknown.
class Thermodynamics final : public Result {
public:
  struct State {
    double s = 0;
    FreeEnergy atPoint;         ///< at x̂
    SelfConsistent solution;    ///< the one of lowest F(m + h) + |m|²/2; says its residual
    double susceptibility = 0;  ///< the largest eigenvalue of χ there; may be infinite
  };
  Vec xHat, field;
  std::vector<State> states;

  Table table() const override;
};

/// `thermodynamics` {times, at, field}
Analysis thermodynamicsAnalysis();

}  // namespace separatrix
