#pragma once

#include "core/processes/forward_process.hpp"
#include "core/targets/target.hpp"

#include <functional>
#include <memory>
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
  double stochasticity;  ///< λ ≥ 0

  double size() const { return direction == Direction::reverse ? from - to : to - from; }
};

/// A scheme for the dynamics of theory §4. It implements one step and nothing else; time grid,
/// noise, saving and stopping belong to `integrate`.
class Sampler {
public:
  virtual ~Sampler() = default;

  /// Moves the d × P particles `x` on by one step. `brownian` (d × P) is the increment of the
  /// Wiener process over the step, of variance `context.size()`; zero where the step has no noise.
  virtual void step(const StepContext& context, const BatchFView& brownian, BatchFOut x) const = 0;

  /// The error of an expectation falls as (step size)^weakOrder.
  virtual int weakOrder() const = 0;
};

struct SamplerKind {
  std::string id, title, source;
  std::function<std::unique_ptr<Sampler>()> make;
};

/// All samplers, in the order they are offered.
const std::vector<SamplerKind>& samplerCatalog();

}  // namespace separatrix
