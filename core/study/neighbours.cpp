#include "core/study/neighbours.hpp"

#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr Index kAutomaticParticles = 6;

/// The `count` columns of `points` nearest to x, the first of equals first. In double precision: x
/// is a state over a signal that may be next to nothing.
void findNearest(const Mat& points, const Vec& squares, const Vec& x, std::size_t count,
                 Neighbours::Neighbour* out) {
  const Vec relative = squares - 2 * (points.transpose() * x);  // |x − y|² − |x|²
  std::vector<Index> order(static_cast<std::size_t>(points.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(order.begin(), end, order.end(), [&](Index one, Index other) {
    return relative[one] != relative[other] ? relative[one] < relative[other] : one < other;
  });
  for (std::size_t rank = 0; rank < count; ++rank)
    out[rank] = {order[rank], (x - points.col(order[rank])).norm()};
}

/// How many trajectories from the request's first one on.
Index particlesOf(const Request& request, Index all) {
  const Index first = request.integer("first");
  if (first >= all)
    throw InvalidInput("first", std::to_string(first) + " is not one of the ensemble's " +
                                    std::to_string(all) + ", which are counted from 0");
  if (request.isNull("paths")) return std::min(kAutomaticParticles, all - first);
  const Index wanted = request.integer("paths");
  if (wanted > all - first)
    throw InvalidInput("paths", "the ensemble has " + std::to_string(all - first) +
                                    " from particle " + std::to_string(first) + " on, not " +
                                    std::to_string(wanted));
  return wanted;
}

void refuseTooMany(const Neighbours& out, const Problem& problem) {
  const auto states = static_cast<double>(problem.scene().ensemble.savedStates() * out.particles);
  requireMemory("paths",
                states * (4 * static_cast<double>(problem.target().dimension()) +
                          64 * static_cast<double>(out.count)),
                std::to_string(out.particles) + " trajectories", "ask for fewer");
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Components* parts = problem.data().components();
  if (parts == nullptr)
    throw Failure("this target has no points to be near to; use a data set or a mixture");
  auto out = std::make_shared<Neighbours>();
  EnsembleSpec spec = problem.scene().ensemble;
  out->firstParticle = request.integer("first");
  out->particles = spec.particles = particlesOf(request, spec.particles);
  out->count = static_cast<std::size_t>(std::min<Index>(request.integer("count"), parts->count()));
  out->labels = parts->labels;
  refuseTooMany(*out, problem);
  EnsembleRun ensembleRun(problem.target(), problem.process(), spec, Direction::reverse, control,
                          out->firstParticle);
  ensembleRun.advance(control);
  const Ensemble paths = ensembleRun.take();
  for (Index k = 0; k < paths.saved(); ++k) {
    const double s = paths.times()[static_cast<std::size_t>(k)];
    const double a = problem.process().signal(s);
    if (!(static_cast<float>(a) > 0)) continue;  // nothing is left of the data
    out->times.push_back(s);
    out->signalAt.push_back(a);
    out->states.emplace_back(paths.state(k));
  }
  const std::size_t times = out->times.size();
  out->nearest.resize(static_cast<std::size_t>(out->particles) * times * out->count);
  const Vec squares = parts->means.colwise().squaredNorm();
  parallelFor(out->particles * static_cast<Index>(times), [&](Index task) {
    control.checkpoint();
    const auto k = static_cast<std::size_t>(task) % times;
    const Index p = task / static_cast<Index>(times);
    findNearest(parts->means, squares, out->states[k].col(p).cast<double>() / out->signalAt[k],
                out->count, &out->nearest[static_cast<std::size_t>(task) * out->count]);
  });
  return out;
}

}  // namespace

const Neighbours::Neighbour& Neighbours::at(Index particle, std::size_t time,
                                            std::size_t rank) const {
  return nearest[(static_cast<std::size_t>(particle) * times.size() + time) * count + rank];
}

Table Neighbours::table() const {
  std::vector<std::int64_t> particle, ranks, point, label;
  std::vector<double> s, distance;
  for (Index p = 0; p < particles; ++p)
    for (std::size_t k = 0; k < times.size(); ++k)
      for (std::size_t rank = 0; rank < count; ++rank) {
        const Neighbour& found = at(p, k, rank);
        particle.push_back(firstParticle + p);
        s.push_back(times[k]);
        ranks.push_back(static_cast<std::int64_t>(rank) + 1);
        point.push_back(found.point);
        distance.push_back(found.distance);
        if (!labels.empty()) label.push_back(labels[static_cast<std::size_t>(found.point)]);
      }
  Table out;
  out.columns = {{"particle", "", "", std::move(particle)},
                 {"s", "s", "", std::move(s)},
                 {"rank", "", "", std::move(ranks)},
                 {"point", "", "", std::move(point)},
                 {"distance", "|x/a − y|", "", std::move(distance)}};
  if (!labels.empty()) out.columns.push_back({"label", "", "", std::move(label)});
  return out;
}

Analysis neighboursAnalysis() {
  Analysis out;
  out.id = "neighbours";
  out.title = "The data points nearest to a trajectory over time";
  out.source = "Biroli et al. 2024, Figs 5, 11";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {
      ParameterSpec::integer("first", 0)
          .labelled("First", "", "The first of the ensemble's trajectories, counted from 0.")
          .within(0, 1e9)
          .slider(0, 100),
      ParameterSpec::of(ParameterKind::integer, "paths")
          .labelled("Trajectories", "", "How many from there on; automatic: 6, or what there is.")
          .within(1, 1e6)
          .slider(1, 20)
          .orNull(),
      ParameterSpec::integer("count", 3)
          .labelled("Neighbours", "", "How many nearest data points at each time.")
          .within(1, 1e6)
          .slider(1, 20)};
  out.run = run;
  return out;
}

}  // namespace separatrix
