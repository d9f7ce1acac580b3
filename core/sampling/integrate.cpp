#include "core/sampling/integrate.hpp"

#include "core/parameters/json.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/start_law.hpp"
#include "core/targets/tile_size.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace separatrix {
namespace {

constexpr Index kLargestTile = 512;  // particles that one task carries through all steps
// Tiles are padded to whole vectors, so that a particle's bits do not depend on how many there are.
constexpr Index kPadding = 16;

struct TimeSpan {
  double start, end;  // in the order of the run
};

std::string text(double value) {
  return canonicalNumber(value).dump();
}

TimeSpan timeSpan(const ForwardProcess& process, const EnsembleSpec& spec, Direction direction) {
  const double noisy = spec.sStart.value_or(process.horizon());
  if (noisy > process.horizon())
    throw InvalidInput("ensemble.s_start",
                       text(noisy) + " is beyond the horizon " + text(process.horizon()));
  const double shortest = shortestTime(process);
  if (noisy < shortest)
    throw InvalidInput("ensemble.s_start", text(noisy) + " is below the shortest time " +
                                               text(shortest) + ", 10⁻⁶ of the horizon");
  if (spec.sEnd >= noisy)
    throw InvalidInput("ensemble.s_end",
                       text(spec.sEnd) + " is not below the start " + text(noisy));
  return direction == Direction::reverse ? TimeSpan{noisy, spec.sEnd} : TimeSpan{spec.sEnd, noisy};
}

const SamplerKind& samplerKind(const std::string& id) {
  for (const SamplerKind& kind : samplerCatalog())
    if (kind.id == id) return kind;
  throw InvalidInput("ensemble.sampler", "\"" + id + "\" is not a sampler");
}

std::vector<Index> savedSteps(const EnsembleSpec& spec) {
  std::vector<Index> out;
  for (Index step = 0; step < spec.steps; step += spec.saveEvery) out.push_back(step);
  out.push_back(spec.steps);
  return out;
}

/// Euler's polygon runs away where its steps are too large for the drift; what has once left the
/// range of single precision stays outside. The same words whatever particle is seen first.
void requireFinite(const BatchFView& x, const EnsembleSpec& spec) {
  if (x.allFinite()) return;
  throw Failure("ensemble.steps: " + std::to_string(spec.steps) +
                " are too few: particles left the range of single precision; raise steps or "
                "s_end, or lower stochasticity or the horizon");
}

/// The Wiener increment of one step for one tile: the sum of its cells of the base grid.
void brownianIncrement(const Noise& noise, Index step, Index cells, double stepSize, Index first,
                       BatchF& scratch, BatchF& out) {
  const auto deviation = static_cast<float>(std::sqrt(stepSize / static_cast<double>(cells)));
  out.setZero();
  for (Index cell = 0; cell < cells; ++cell) {
    for (Index i = 0; i < out.rows(); ++i)
      noise.normals(NoisePurpose::diffusion, step * cells + cell, i, first, out.cols(),
                    scratch.row(i).data());
    out += deviation * scratch;
  }
}

}  // namespace

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
                   Direction direction, const RunControl& control) {
  const TimeSpan span = timeSpan(process, spec, direction);
  const auto sampler = samplerKind(spec.sampler).make();
  requireMemoryOfStates(spec, 4.0 * static_cast<double>(target.dimension()), "the saved states");
  const std::vector<Index> steps = savedSteps(spec);
  const auto timeAfter = [&](Index step) {
    if (step == spec.steps) return span.end;
    const double u = static_cast<double>(step) / static_cast<double>(spec.steps);
    return span.start + u * (span.end - span.start);
  };
  std::vector<double> times;
  for (const Index step : steps) times.push_back(timeAfter(step));
  Ensemble out(target.dimension(), spec.particles, steps, times);

  const Noise noise(spec.seed);
  const StartLaw law = direction == Direction::reverse ? spec.start : StartLaw::exactMarginal;
  const Starter start(target, process, law, span.start);
  const bool quietEnd = direction == Direction::reverse && span.end == 0;
  const Index size = scoreTileSize(target, kLargestTile);
  const Index tiles = (spec.particles + size - 1) / size;
  std::mutex reporting;
  Index tilesDone = 0;
  parallelFor(tiles, [&](Index tile) {
    const Index first = tile * size;
    const Index count = std::min(size, spec.particles - first);
    const Index padded = (count + kPadding - 1) / kPadding * kPadding;
    BatchF x(target.dimension(), padded);
    BatchF brownian(target.dimension(), padded), scratch(target.dimension(), padded);
    start(noise, first, x);
    out.state(0).middleCols(first, count) = x.leftCols(count);
    Index saved = 1;
    for (Index step = 0; step < spec.steps; ++step) {
      control.checkpoint();
      const StepContext context{
          target, process, direction, timeAfter(step), timeAfter(step + 1), spec.stochasticity};
      const bool noiseless = direction == Direction::reverse &&
                             (spec.stochasticity == 0 || (quietEnd && step + 1 == spec.steps));
      if (noiseless)
        brownian.setZero();
      else
        brownianIncrement(noise, step, spec.noiseCellsPerStep, context.size(), first, scratch,
                          brownian);
      sampler->step(context, brownian, x);
      if (step + 1 != steps[static_cast<std::size_t>(saved)]) continue;
      requireFinite(x.leftCols(count), spec);
      out.state(saved++).middleCols(first, count) = x.leftCols(count);
    }
    const std::lock_guard oneAtATime(reporting);
    control.progress(static_cast<double>(++tilesDone) / static_cast<double>(tiles));
  });
  return out;
}

}  // namespace separatrix
