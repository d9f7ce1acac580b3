#pragma once

#include "core/processes/forward_process.hpp"
#include "core/targets/target.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace separatrix {

enum class Direction { reverse, forward };

/// One step of the time grid, the same for all particles.
struct StepContext {
  const Target& target;
  const ForwardProcess& process;
  Direction direction;
  double from;           ///< s before the step: the noisy end when reverse
  double to;             ///< s after it
  double stochasticity;  ///< λ ≥ 0, within the sampler's range

  double size() const { return direction == Direction::reverse ? from - to : to - from; }
};

/// What is random in one step of the particles first, first + 1, ….
struct StepNoise {
  /// d × P: the increment of the Wiener process over the step, of variance `context.size()`; zero
  /// where the step has no noise.
  const BatchF& brownian;
  const Noise& numbers;  ///< for draws beside the Brownian path
  Index cell;            ///< their cell: the number of the step
  Index first;
};

/// What a scheme carries from step to step of one batch of particles; it begins empty.
struct StepMemory {
  struct Past {
    double s;
    BatchF value;  ///< d × P
  };
  std::vector<Past> past;      ///< of a multistep scheme: the steps before, newest last
  BatchF score, next, middle;  ///< scratch, so that steps need not allocate
};

/// A scheme for the dynamics of theory §4. It implements one step and nothing else; time grid,
/// noise, saving and stopping belong to `integrate`. Immutable.
class Sampler {
public:
  virtual ~Sampler() = default;

  /// Moves the d × P particles `x` on by one step.
  virtual void step(const StepContext& context, const StepNoise& noise, StepMemory& memory,
                    BatchFOut x) const = 0;
};

/// What a scheme approximates as its steps become small.
enum class Dynamics {
  sde,       ///< the generative SDE at stochasticity λ; λ = 0 is the probability flow
  ode,       ///< the probability flow
  discrete,  ///< a Markov chain of its own, defined by its steps
};

struct SamplerKind {
  std::string id, title, source;
  Dynamics dynamics = Dynamics::sde;
  /// The error of an expectation falls as (step size)^weakOrder, that of a path as
  /// (step size)^strongOrder where the path follows a Brownian one; for an ODE both are the order.
  /// No weak order: the law is exact at any step size. No strong order: paths draw more than the
  /// Brownian path.
  std::optional<int> weakOrder = 1, strongOrder = 1;
  /// The λ it can do. Where both are one number, λ is that whatever the scene says.
  double leastStochasticity = 0, mostStochasticity = 100;
  std::function<std::unique_ptr<Sampler>()> make;

  /// λ of a run whose scene says `asked`.
  double stochasticity(double asked) const {
    return leastStochasticity == mostStochasticity ? leastStochasticity : asked;
  }
};

/// All samplers, in the order they are offered.
const std::vector<SamplerKind>& samplerCatalog();

/// Throws InvalidInput ("ensemble.sampler") for an unknown id.
const SamplerKind& findSampler(const std::string& id);

}  // namespace separatrix
