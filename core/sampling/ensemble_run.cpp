#include "core/parameters/json.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/complement.hpp"
#include "core/sampling/integrate.hpp"
#include "core/sampling/start_law.hpp"
#include "core/targets/tile_size.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace separatrix {
namespace {

constexpr Index kLargestTile = 1024;  // particles that one task carries through all steps
constexpr Index kTileFloats = Index{1} << 20;
// Tiles are padded to whole vectors, so that a particle's bits do not depend on how many there are.
constexpr Index kPadding = 16;
constexpr Index kReports = 64;  // of progress, for each tile

double noisyEnd(const ForwardProcess& process, const EnsembleSpec& spec) {
  const double noisy = spec.sStart.value_or(process.horizon());
  if (noisy > process.horizon())
    throw InvalidInput("ensemble.s_start", numberText(noisy) + " is beyond the horizon " +
                                               numberText(process.horizon()));
  const double shortest = shortestTime(process);
  if (noisy < shortest)
    throw InvalidInput("ensemble.s_start", numberText(noisy) + " is below the shortest time " +
                                               numberText(shortest) + ", 10⁻⁶ of the horizon");
  if (spec.sEnd >= noisy)
    throw InvalidInput("ensemble.s_end",
                       numberText(spec.sEnd) + " is not below the start " + numberText(noisy));
  return noisy;
}

/// Times of the steps and of the cells of the base grid between them, in the order of the run.
std::vector<double> cellTimes(const ForwardProcess& process, const EnsembleSpec& spec,
                              Direction direction, const RunControl& control) {
  requireMemory("ensemble.steps", 8.0 * static_cast<double>(spec.steps * spec.noiseCellsPerStep),
                "the times of the steps", "lower steps");
  std::vector<double> out = timeGrid(process, spec.timeGrid, noisyEnd(process, spec), spec.sEnd,
                                     spec.steps * spec.noiseCellsPerStep, control);
  if (direction == Direction::forward) std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Index> savedSteps(const EnsembleSpec& spec) {
  std::vector<Index> out;
  for (Index step = 0; step < spec.steps; step += spec.saveEvery) out.push_back(step);
  out.push_back(spec.steps);
  return out;
}

const SamplerKind& samplerOf(const EnsembleSpec& spec) {
  const SamplerKind& kind = findSampler(spec.sampler);
  const double lambda = kind.stochasticity(spec.stochasticity);
  if (lambda > kind.mostStochasticity)
    throw InvalidInput("ensemble.stochasticity",
                       numberText(lambda) + " is too much for the sampler " + kind.id +
                           "; it must be at most " + numberText(kind.mostStochasticity));
  return kind;
}

/// Euler's polygon runs away where its steps are too large for the drift; what has once left the
/// range of single precision stays outside. The same words whatever particle is seen first.
void requireFinite(const BatchFView& x, const EnsembleSpec& spec) {
  if (x.allFinite()) return;
  throw Failure("ensemble.steps: " + std::to_string(spec.steps) +
                " are too few: particles left the range of single precision; raise steps or "
                "s_end, lower stochasticity or the horizon, or use the sampler exact");
}

/// A start at a point needs nothing of the starting law.
EnsembleSpec withStart(EnsembleSpec spec, const std::optional<Vec>& point) {
  if (point) spec.start = StartLaw::exactMarginal;
  return spec;
}

std::optional<SpanOfMeans> reductionOf(const Target& target, const EnsembleSpec& spec) {
  // A Gaussian of low rank is one of all coordinates.
  if (spec.start == StartLaw::gls && spec.glsRank) return std::nullopt;
  return smallSpanOfMeans(target);
}

}  // namespace

struct EnsembleRun::State {
  /// Some neighbouring particles on their way.
  struct Tile {
    BatchF x, across, brownian;
    StepMemory memory;
    Index step = 0, saved = 0;
    bool done = false;
  };

  State(const Target& whole, const ForwardProcess& theProcess, const EnsembleSpec& theSpec,
        Direction theDirection, const RunControl& control, Index first, Coordinates coordinates,
        const std::optional<Vec>& theStartPoint);

  double timeAfter(Index step) const {
    return cells[static_cast<std::size_t>(step * spec.noiseCellsPerStep)];
  }
  Index firstOf(Index tile) const { return tile * tileParticles; }
  Index countOf(Index tile) const {
    return std::min(tileParticles, spec.particles - firstOf(tile));
  }
  void run(Index tile, const RunControl& control);
  void begin(Tile& tile, Index index) const;
  void step(Tile& tile, Index index) const;
  void addBrownian(Tile& tile, Index first) const;
  void save(Tile& tile, Index index);
  void report(const RunControl& control, Index steps);

  const ForwardProcess& process;
  EnsembleSpec spec;
  Direction direction;
  std::optional<SpanOfMeans> span;
  const Target& target;  // in V where there is a span
  std::optional<Complement> complement;
  double lambda;
  std::unique_ptr<Sampler> sampler;
  std::vector<double> cells;
  std::vector<Index> steps;  // those after which a state is saved
  StartLaw law;
  Starter start;
  std::optional<Vec> startPoint;  // in R^d
  Noise noise, pathNoise;
  Index firstParticle, tileParticles;
  Ensemble out;
  std::vector<Tile> tiles;
  std::mutex reporting;
  double stepsDone = 0;
};

EnsembleRun::State::State(const Target& whole, const ForwardProcess& theProcess,
                          const EnsembleSpec& theSpec, Direction theDirection,
                          const RunControl& control, Index first, Coordinates coordinates,
                          const std::optional<Vec>& theStartPoint)
    : process(theProcess),
      spec(withStart(theSpec, theStartPoint)),
      direction(theDirection),
      span(reductionOf(whole, spec)),
      target(span ? *span->target : whole),
      lambda(samplerOf(theSpec).stochasticity(theSpec.stochasticity)),
      sampler(samplerOf(theSpec).make()),
      cells(cellTimes(theProcess, theSpec, theDirection, control)),
      steps(savedSteps(theSpec)),
      law(theDirection == Direction::reverse ? spec.start : StartLaw::exactMarginal),
      start(target, theProcess, spec, law, cells.front()),
      startPoint(theStartPoint),
      noise(theSpec.seed),
      pathNoise(theSpec.seed ^ (static_cast<std::uint64_t>(theSpec.replica) << 56)),
      firstParticle(first),
      out(0, 0, {}, {}) {
  const bool lifted = span && coordinates == Coordinates::all;
  if (lifted) complement.emplace(*span, process, direction, lambda);
  const Index dimension = lifted ? whole.dimension() : target.dimension();
  requireMemoryOfStates(spec, 4.0 * static_cast<double>(dimension), "the saved states");
  const Index fitting = kTileFloats / dimension / kPadding * kPadding;
  tileParticles = std::min(scoreTileSize(target, kLargestTile), std::max(kPadding, fitting));
  tiles = std::vector<Tile>(
      static_cast<std::size_t>((spec.particles + tileParticles - 1) / tileParticles));
  std::vector<double> times;
  for (const Index step : steps) times.push_back(timeAfter(step));
  out = Ensemble(dimension, spec.particles, steps, std::move(times), first);
  out.setStartDivergence(start.lowRankDivergence());
}

void EnsembleRun::State::begin(Tile& tile, Index index) const {
  const Index padded = (countOf(index) + kPadding - 1) / kPadding * kPadding;
  const Index first = firstParticle + firstOf(index);
  tile.x.resize(target.dimension(), padded);
  tile.brownian.resize(target.dimension(), padded);
  if (complement) tile.across.resize(out.dimension(), padded);
  if (startPoint) {
    const Vec inSpan = span ? Vec(span->basis.transpose() * *startPoint) : *startPoint;
    tile.x.colwise() = Eigen::VectorXf(inSpan.cast<float>());
    if (complement) complement->startAt(*startPoint, cells.front(), tile.across);
    return;
  }
  start(noise, first, tile.x);
  if (complement) complement->start(law, cells.front(), noise, first, tile.across);
}

/// The Wiener increment of the step: the sum of its cells of the base grid.
void EnsembleRun::State::addBrownian(Tile& tile, Index first) const {
  const bool quietEnd = direction == Direction::reverse &&
                        (lambda == 0 || (cells.back() == 0 && tile.step + 1 == spec.steps));
  tile.brownian.setZero();
  if (quietEnd) return;
  const Index each = spec.noiseCellsPerStep;
  for (Index cell = tile.step * each; cell < (tile.step + 1) * each; ++cell) {
    const auto at = static_cast<std::size_t>(cell);
    const auto scale = static_cast<float>(std::sqrt(std::abs(cells[at + 1] - cells[at])));
    for (Index i = 0; i < tile.brownian.rows(); ++i)
      pathNoise.addNormals(NoisePurpose::diffusion, cell, i, first, tile.brownian.cols(), scale,
                           tile.brownian.row(i).data());
  }
}

void EnsembleRun::State::step(Tile& tile, Index index) const {
  const Index first = firstParticle + firstOf(index);
  addBrownian(tile, first);
  const StepContext context{
      target, process, direction, timeAfter(tile.step), timeAfter(tile.step + 1), lambda};
  sampler->step(context, {tile.brownian, pathNoise, tile.step, first}, tile.memory, tile.x);
  ++tile.step;
}

void EnsembleRun::State::save(Tile& tile, Index index) {
  const Index count = countOf(index);
  const Index first = firstParticle + firstOf(index);
  requireFinite(tile.x.leftCols(count), spec);
  auto state = out.state(tile.saved);
  if (complement) {
    const double now = timeAfter(tile.step);
    if (tile.saved > 0) {
      const double before = out.times()[static_cast<std::size_t>(tile.saved - 1)];
      complement->advance(before, now, pathNoise, tile.step, first, tile.across);
    }
    state.middleCols(firstOf(index), count) =
        complement->lifted(now, tile.x, tile.across).leftCols(count);
  } else {
    state.middleCols(firstOf(index), count) = tile.x.leftCols(count);
  }
  ++tile.saved;
}

void EnsembleRun::State::report(const RunControl& control, Index done) {
  const std::lock_guard oneAtATime(reporting);
  stepsDone += static_cast<double>(done);
  const double all = static_cast<double>(spec.steps) * static_cast<double>(tiles.size());
  control.progress(stepsDone / all);
}

void EnsembleRun::State::run(Index index, const RunControl& control) {
  Tile& tile = tiles[static_cast<std::size_t>(index)];
  if (tile.done) return;
  if (tile.x.size() == 0) begin(tile, index);
  if (tile.saved == 0) save(tile, index);
  const Index often = std::max<Index>(1, spec.steps / kReports);
  while (tile.step < spec.steps) {
    control.checkpoint();
    step(tile, index);
    if (tile.step == steps[static_cast<std::size_t>(tile.saved)]) save(tile, index);
    if (tile.step % often == 0 && tile.step < spec.steps) report(control, often);
  }
  const Index reported = (spec.steps - 1) / often * often;
  tile = {};
  tile.done = true;
  report(control, spec.steps - reported);
}

EnsembleRun::EnsembleRun(const Target& target, const ForwardProcess& process,
                         const EnsembleSpec& spec, Direction direction, const RunControl& control,
                         Index firstParticle, Coordinates coordinates,
                         const std::optional<Vec>& startPoint)
    : m_state(std::make_unique<State>(target, process, spec, direction, control, firstParticle,
                                      coordinates, startPoint)) {}

EnsembleRun::~EnsembleRun() = default;

void EnsembleRun::advance(const RunControl& control) {
  parallelFor(static_cast<Index>(m_state->tiles.size()),
              [&](Index tile) { m_state->run(tile, control); });
}

Ensemble EnsembleRun::take() {
  return std::move(m_state->out);
}

}  // namespace separatrix
