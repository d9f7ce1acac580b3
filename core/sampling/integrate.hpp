#pragma once

#include "core/runtime/run_control.hpp"
#include "core/sampling/ensemble.hpp"

namespace separatrix {

/// Runs the ensemble: reverse from `sStart` to `sEnd`, or forward from the law of X at `sEnd`.
/// Steps are uniform in s; a reverse run that ends at s = 0 has no noise in its last step.
/// The result depends on the arguments alone, to the bit, never on the number of threads.
/// Throws InvalidInput where the times or sizes do not go together, Cancelled when stopped.
Ensemble integrate(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                   Direction direction, const RunControl& control);

}  // namespace separatrix
