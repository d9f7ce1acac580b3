#include "core/sampling/integrate.hpp"

#include "core/runtime/memory_limit.hpp"

#include <algorithm>

namespace separatrix {

void requireMemoryOfStates(const EnsembleSpec& spec, double bytesPerState,
                           const std::string& what) {
  const double perParticle = bytesPerState * static_cast<double>(spec.savedStates());
  const double perState = bytesPerState * static_cast<double>(spec.particles);
  const auto particles = static_cast<Index>(kLargestResultBytes / perParticle);
  const auto states = static_cast<Index>(kLargestResultBytes / perState);
  std::string remedy = "set particles to " + std::to_string(particles) + " or less";
  if (particles < 1) remedy = "save fewer states";
  if (states > 1)
    remedy += ", or save_every to " + std::to_string((spec.steps + states - 2) / (states - 1)) +
              " or more";
  requireMemory("ensemble", perParticle * static_cast<double>(spec.particles), what, remedy);
}

Ensemble integrate(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                   Direction direction, const RunControl& control, Coordinates coordinates,
                   const std::optional<Vec>& startPoint) {
  EnsembleRun run(target, process, spec, direction, control, 0, coordinates, startPoint);
  run.advance(control);
  return run.take();
}

void integrateInParts(const Target& target, const ForwardProcess& process, const EnsembleSpec& spec,
                      Direction direction, const RunControl& control,
                      const std::function<void(Ensemble)>& consume) {
  constexpr double kPartBytes = 2e8;
  constexpr Index kTile = 1024;
  const double bytes = 4.0 * static_cast<double>(target.dimension() * spec.savedStates());
  const Index fitting = static_cast<Index>(kPartBytes / bytes) / kTile * kTile;
  EnsembleSpec part = spec;
  for (Index first = 0; first < spec.particles; first += part.particles) {
    part.particles = std::min(std::max(kTile, fitting), spec.particles - first);
    const auto before = static_cast<double>(first), all = static_cast<double>(spec.particles);
    const auto share = static_cast<double>(part.particles);
    const RunControl inPart = control.within(before / all, share / all);
    EnsembleRun run(target, process, part, direction, inPart, first);
    run.advance(inPart);
    consume(run.take());
  }
}

}  // namespace separatrix
