#include "core/processes/process_kind.hpp"

namespace separatrix {

ParameterSpec horizonSpec(double value) {
  return ParameterSpec::real("horizon", value)
      .labelled("Horizon", "T", "Diffusion time at which the process ends in noise.")
      .within(1e-3, 1e4)
      .slider(0.1, 20, true);
}

}  // namespace separatrix
