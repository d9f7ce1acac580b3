#pragma once

#include "core/runtime/run_control.hpp"
#include "core/sampling/ensemble.hpp"

#include <functional>

namespace separatrix {

/// Which of the coordinates of a mixture of equal variance are wanted: all, or those in
/// V = span{μ_k − μ_1} alone (theory §4), as many as V has dimensions. The particles are simulated
/// in V wherever that is smaller by half; across V they are drawn in closed form.
enum class Coordinates { all, span };

/// A run of an ensemble: reverse from `sStart` to `sEnd`, or forward from the law of X at `sEnd`.
/// With a `startPoint`, in R^d, all particles start there whatever the starting law.
/// A reverse run that ends at s = 0 has no noise in its last step. The result depends on the
/// arguments alone, to the bit: not on the number of threads, nor on stops on the way, nor on how
/// many particles there are. Refers to target and process, which must outlive it.
class EnsembleRun {
public:
  /// Of the particles [firstParticle, firstParticle + spec.particles). Throws InvalidInput where
  /// the times or sizes do not go together, or the states and saved states would take too much
  /// memory; Cancelled when stopped.
  EnsembleRun(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
              Direction direction, const RunControl& control, Index firstParticle = 0,
              Coordinates coordinates = Coordinates::all,
              const std::optional<Vec>& startPoint = std::nullopt);
  ~EnsembleRun();

  /// Goes on to the end. Throws Cancelled when stopped: what was done is kept, and the next call
  /// goes on from there. Throws Failure where the steps are so large that the particles leave the
  /// range of single precision.
  void advance(const RunControl& control);

  /// What `advance` has made, once it has returned; then the run is over.
  Ensemble take();

private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// An EnsembleRun from beginning to end.
Ensemble integrate(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                   Direction direction, const RunControl& control,
                   Coordinates coordinates = Coordinates::all,
                   const std::optional<Vec>& startPoint = std::nullopt);

/// The same in parts of neighbouring particles, each given to `consume` in their order, so that no
/// more than one part is in memory, whatever the size of the whole.
void integrateInParts(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                      Direction direction, const RunControl& control,
                      const std::function<void(Ensemble part)>& consume);

/// Throws InvalidInput if the states that a run saves, at `bytesPerState` for each particle, would
/// take more memory than a result may.
void requireMemoryOfStates(const EnsembleSpec& spec, double bytesPerState, const std::string& what);

}  // namespace separatrix
