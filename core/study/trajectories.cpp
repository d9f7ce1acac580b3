#include "core/study/trajectories.hpp"

#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

namespace separatrix {

std::vector<std::uint8_t> destinationRanks(const Components& parts) {
  std::vector<Index> order(static_cast<std::size_t>(parts.count()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return parts.means(0, a) < parts.means(0, b); });
  std::vector<std::uint8_t> ranks(order.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    ranks[static_cast<std::size_t>(order[rank])] =
        static_cast<std::uint8_t>(std::min<std::size_t>(rank, 255));
  return ranks;
}

std::vector<Index> nearestComponents(const BatchFView& points, const Components& parts,
                                     const RunControl& control) {
  const Eigen::MatrixXf means = parts.means.cast<float>();
  std::vector<Index> out(static_cast<std::size_t>(points.cols()));
  constexpr Index kTile = 4096;
  parallelFor((points.cols() + kTile - 1) / kTile, [&](Index tile) {
    control.checkpoint();
    for (Index p = tile * kTile; p < std::min(points.cols(), (tile + 1) * kTile); ++p)
      (means.colwise() - points.col(p))
          .colwise()
          .squaredNorm()
          .minCoeff(&out[static_cast<std::size_t>(p)]);
  });
  return out;
}

namespace {

void addDestinations(std::vector<std::uint8_t>& out, const Ensemble& paths, const Target& target,
                     const RunControl& control) {
  const Components* parts = target.components();
  if (parts == nullptr) return;
  const std::vector<std::uint8_t> ranks = destinationRanks(*parts);
  for (const Index nearest : nearestComponents(paths.state(paths.dataEnd()), *parts, control))
    out.push_back(ranks[static_cast<std::size_t>(nearest)]);
}

/// The paths in the coordinates of the plane.
Ensemble projected(const Ensemble& paths, const Plane& plane, const RunControl& control) {
  Ensemble out(2, paths.particles(), paths.steps(), paths.times(), paths.firstParticle());
  out.setStartDivergence(paths.startDivergence());
  const Eigen::MatrixXf basis = plane.basis.cast<float>().transpose();
  parallelFor(paths.saved(), [&](Index k) {
    control.checkpoint();
    out.state(k) = basis * paths.state(k);
  });
  return out;
}

/// The projections of all paths with their destinations, part by part, so that the number of
/// dimensions costs no memory.
ResultPtr projectedRun(const Problem& problem, const Request& request, const Plane& plane,
                       const RunControl& control) {
  const EnsembleSpec& spec = problem.scene().ensemble;
  std::shared_ptr<Trajectories> out;
  const auto add = [&](const Ensemble& part) {
    if (!out) {
      Ensemble whole(2, spec.particles, part.steps(), part.times());
      whole.setStartDivergence(part.startDivergence());
      out = std::make_shared<Trajectories>(std::move(whole), spec.particles, plane);
    }
    const Ensemble shadow = projected(part, plane, control);
    for (Index k = 0; k < part.saved(); ++k)
      out->ensemble.state(k).middleCols(part.firstParticle(), part.particles()) = shadow.state(k);
    addDestinations(out->destinations, part, problem.data(), control);
  };
  integrateInParts(problem.target(), problem.process(), spec, directionOf(request), control, add);
  return out;
}

}  // namespace

Trajectories::Trajectories(Ensemble paths, const Target& target, const RunControl& control)
    : ensemble(std::move(paths)), total(ensemble.particles()) {
  addDestinations(destinations, ensemble, target, control);
}

Trajectories::Trajectories(Ensemble part, Index totalParticles, std::optional<Plane> projectedOn)
    : ensemble(std::move(part)), plane(std::move(projectedOn)), total(totalParticles) {}

std::string startRemark(double divergence) {
  if (divergence == 0) return {};
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), divergence,
                                 std::chars_format::general, 3)
                       .ptr;
  return "the start has gls_rank directions of the covariance; the Gaussian with all of them is " +
         std::string(digits.data(), end) + " nats away";
}

ParameterSpec directionSpec() {
  return ParameterSpec::choice("direction", {"reverse", "forward"})
      .labelled("Direction", "", "reverse: from noise to data; forward: from data to noise.");
}

Direction directionOf(const Request& request) {
  return request.text("direction") == "forward" ? Direction::forward : Direction::reverse;
}

Table Trajectories::table() const {
  const auto saved = static_cast<std::size_t>(ensemble.saved());
  const std::size_t rows = saved * static_cast<std::size_t>(ensemble.particles());
  std::vector<std::int64_t> particle(rows), step(rows);
  std::vector<double> s(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    particle[row] = ensemble.firstParticle() + static_cast<std::int64_t>(row / saved);
    step[row] = ensemble.steps()[row % saved];
    s[row] = ensemble.times()[row % saved];
  }
  Table out;
  out.columns.push_back({"particle", "", "", std::move(particle)});
  out.columns.push_back({"step", "", "", std::move(step)});
  out.columns.push_back({"s", "s", "", std::move(s)});
  addCoordinates<float>(out, rows, ensemble.dimension(), [&](std::size_t row, Index i) {
    return ensemble.state(static_cast<Index>(row % saved))(i, static_cast<Index>(row / saved));
  });
  for (std::size_t i = 0; plane && i < plane->names.size(); ++i) {
    out.columns[3 + i].name = plane->names[i];
    out.columns[3 + i].symbol = plane->symbols[i];
  }
  return out;
}

std::optional<NumericArray> Trajectories::array() const {
  NumericArray out;
  const auto saved = static_cast<std::size_t>(ensemble.saved());
  const auto particles = static_cast<std::size_t>(ensemble.particles());
  const auto dimension = static_cast<std::size_t>(ensemble.dimension());
  out.shape = {saved, particles, dimension};
  out.part = ArrayPart{1, static_cast<std::size_t>(ensemble.firstParticle()),
                       static_cast<std::size_t>(total)};
  out.values.reserve(saved * particles * dimension);
  for (Index k = 0; k < ensemble.saved(); ++k) {
    const auto state = ensemble.state(k);
    for (Index p = 0; p < state.cols(); ++p)
      for (Index i = 0; i < state.rows(); ++i) out.values.push_back(state(i, p));
  }
  return out;
}

Analysis trajectoriesAnalysis() {
  Analysis out;
  out.id = "trajectories";
  out.title = "Trajectories";
  out.source = "Song et al. 2021; Raya & Ambrogioni 2023, Fig 2";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = planeSpecs(
      "none", "On which plane the trajectories are projected; none: all coordinates are given.");
  out.parameters.insert(out.parameters.begin(), directionSpec());
  out.run = [](const Problem& problem, const Request& request,
               const RunControl& control) -> ResultPtr {
    const EnsembleSpec& spec = problem.scene().ensemble;
    const auto plane = planeOf(problem, request);
    // A row holds particle, step, s and the coordinates.
    const double row = 24.0 + 4.0 * static_cast<double>(plane ? 2 : problem.target().dimension());
    requireMemoryOfStates(spec, row, "the table of the saved states");
    if (plane) return projectedRun(problem, request, *plane, control);
    return std::make_shared<Trajectories>(
        integrate(problem.target(), problem.process(), spec, directionOf(request), control),
        problem.data(), control);
  };
  out.runInParts = [](const Problem& problem, const Request& request, const RunControl& control,
                      const ResultConsumer& consume) {
    const EnsembleSpec& spec = problem.scene().ensemble;
    const auto plane = planeOf(problem, request);
    integrateInParts(problem.target(), problem.process(), spec, directionOf(request), control,
                     [&](Ensemble part) {
                       if (plane) part = projected(part, *plane, control);
                       consume(Trajectories(std::move(part), spec.particles, plane));
                     });
  };
  return out;
}

}  // namespace separatrix
