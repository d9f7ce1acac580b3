#pragma once

#include "core/runtime/run_control.hpp"
#include "core/sampling/ensemble.hpp"

namespace separatrix {

/// Runs the ensemble: reverse from `sStart` to `sEnd`, or forward from the law of X at `sEnd`.
/// Steps are uniform in s; a reverse run that ends at s = 0 has no noise in its last step.
/// The result depends on the arguments alone, to the bit, never on the number of threads.
/// Throws InvalidInput where the times or sizes do not go together or the saved states would take
/// too much memory, Failure where the steps are so large that the particles leave the range of
/// single precision, Cancelled when stopped.
Ensemble integrate(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                   Direction direction, const RunControl& control);

/// Throws InvalidInput if the states that a run saves, at `bytesPerState` for each particle, would
/// take more memory than a result may.
void requireMemoryOfStates(const EnsembleSpec& spec, double bytesPerState, const std::string& what);

}  // namespace separatrix
