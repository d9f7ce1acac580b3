#include "core/study/memorisation.hpp"

#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/log_time.hpp"
#include "core/study/trajectories.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// The part of the result of some neighbouring particles.
void add(Memorisation& out, const Ensemble& part, const Problem& problem,
         const RunControl& control) {
  const Components& points = *problem.data().components();
  const std::vector<Index> end = nearestComponents(part.state(part.dataEnd()), points, control);
  std::vector<double> last(end.size(), 0);
  for (Index k = 0; k < part.saved(); ++k) {
    const double s = part.times()[static_cast<std::size_t>(k)];
    const auto a = static_cast<float>(problem.process().signal(s));
    if (!(a > 0)) continue;  // nothing is left of the data
    out.latest = std::max(out.latest, logTime(problem.process(), s));
    const BatchF scaled = part.state(k) / a;
    const std::vector<Index> now = nearestComponents(scaled, points, control);
    for (std::size_t p = 0; p < end.size(); ++p)
      if (now[p] != end[p]) last[p] = logTime(problem.process(), s);
  }
  const auto state = part.state(part.dataEnd());
  for (std::size_t p = 0; p < end.size(); ++p) {
    const Vec x = state.col(static_cast<Index>(p)).cast<double>();
    out.nearest.push_back(end[p]);
    if (!points.labels.empty())
      out.labels.push_back(points.labels[static_cast<std::size_t>(end[p])]);
    out.distances.push_back((x - points.means.col(end[p])).norm());
    out.collapseTimes.push_back(last[p]);
  }
}

ResultPtr run(const Problem& problem, const Request&, const RunControl& control) {
  requireLogTime(problem, "the collapse");
  if (problem.data().components() == nullptr)
    throw Failure("this target has no points to end on; use a data set or a mixture");
  const Index particles = problem.scene().ensemble.particles;
  requireMemory("ensemble.particles", 90 * static_cast<double>(particles),
                std::to_string(particles) + " particles", "ask for fewer");
  auto out = std::make_shared<Memorisation>();
  integrateInParts(problem.target(), problem.process(), problem.scene().ensemble,
                   Direction::reverse, control,
                   [&](const Ensemble& part) { add(*out, part, problem, control); });
  return out;
}

}  // namespace

double Memorisation::meanCollapseTime() const {
  double sum = 0;
  for (const double t : collapseTimes) sum += t;
  return sum / static_cast<double>(collapseTimes.size());
}

double Memorisation::standardError() const {
  const auto n = static_cast<double>(collapseTimes.size());
  const double mean = meanCollapseTime();
  double squares = 0;
  for (const double t : collapseTimes) squares += (t - mean) * (t - mean);
  return n > 1 ? std::sqrt(squares / (n * (n - 1))) : 0;
}

Memorisation::Histogram Memorisation::histogram(double end, std::size_t bins) const {
  Histogram out;
  const double width = end / static_cast<double>(bins);
  for (std::size_t i = 0; i < bins; ++i) {
    out.t.push_back((static_cast<double>(i) + 0.5) * width);
    out.density.push_back(0);
  }
  const double each = 1 / (width * static_cast<double>(collapseTimes.size()));
  for (const double t : collapseTimes)
    if (t <= end) out.density[std::min(bins - 1, static_cast<std::size_t>(t / width))] += each;
  return out;
}

Table Memorisation::table() const {
  std::vector<std::int64_t> particle;
  for (std::size_t p = 0; p < nearest.size(); ++p) particle.push_back(static_cast<std::int64_t>(p));
  Table out;
  out.columns = {{"particle", "", "", std::move(particle)},
                 {"nearest", "", "", nearest},
                 {"distance", "|x − y|", "", distances},
                 {"t_collapse", "t̂_C", "", collapseTimes}};
  if (!labels.empty()) out.columns.push_back({"label", "", "", labels});
  return out;
}

Analysis memorisationAnalysis() {
  Analysis out;
  out.id = "memorisation";
  out.title = "Which data point each trajectory ends on, and since when";
  out.source = "Biroli et al. 2024, Figs 5, 11";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.run = run;
  return out;
}

}  // namespace separatrix
