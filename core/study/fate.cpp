#include "core/study/fate.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kMostPaths = 60;
constexpr Index kMostSaved = 200;
constexpr double kPathBytes = 1e8;

bool isWhole(double value) {
  return value == std::floor(value);
}

/// The scene's ensemble from s on: as many steps as it has below s.
EnsembleSpec specFrom(const Problem& problem, double s, const RunControl& control) {
  const ForwardProcess& process = problem.process();
  EnsembleSpec spec = problem.scene().ensemble;
  if (s <= spec.sEnd)
    throw InvalidInput(
        "time", numberText(s) +
                    " is not above the data end of the ensemble, s_end = " + numberText(spec.sEnd));
  if (spec.timeGrid == TimeGridKind::integers && !(isWhole(s) && isWhole(spec.sEnd)))
    spec.timeGrid = TimeGridKind::uniform;
  const double noisy =
      std::max(s, std::min(process.horizon(), spec.sStart.value_or(process.horizon())));
  const std::vector<double> times =
      timeGrid(process, spec.timeGrid, noisy, spec.sEnd, spec.steps, control);
  spec.steps = std::count_if(times.begin(), times.end(), [s](double time) { return time < s; });
  spec.sStart = s;
  return spec;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Target& target = problem.target();
  const Components* parts = target.components();
  if (parts == nullptr)
    throw Failure(
        "this target has no components to end in; use a mixture, two-gaussians, a shape or a data "
        "set");
  auto out = std::make_shared<Fate>();
  out->s = request.real("time");
  out->at = pointValue(request, "at", problem);
  out->weights = DiffusedField(target, problem.process(), out->s).componentPosterior(out->at);
  out->particles = request.integer("runs");
  out->componentsWide = parts->variances.maxCoeff() > 0;
  EnsembleSpec spec = specFrom(problem, out->s, control);
  out->stochasticity = stochasticityOf(spec);
  const auto sampled = [&](Index particles, Index saveEvery, const RunControl& part) {
    spec.particles = particles;
    spec.saveEvery = saveEvery;
    return integrate(target, problem.process(), spec, Direction::reverse, part, Coordinates::all,
                     out->at);
  };
  const double pathBytes = 4.0 * kMostSaved * static_cast<double>(target.dimension());
  const Index paths = std::clamp<Index>(static_cast<Index>(kPathBytes / pathBytes), 1,
                                        std::min(kMostPaths, out->particles));
  out->paths = std::make_shared<Trajectories>(
      sampled(paths, (spec.steps + kMostSaved - 1) / kMostSaved, control.within(0, 0.1)), target,
      control);
  const Ensemble ends = sampled(out->particles, spec.steps, control.within(0.1, 0.9));
  out->shares = Vec::Zero(parts->count());
  const auto n = static_cast<double>(out->particles);
  for (const Index nearest : nearestComponents(ends.state(ends.dataEnd()), *parts, control))
    ++out->shares[nearest];
  out->shares /= n;
  // As if half a particle more had ended there and half a particle had not.
  const Vec likely = (n * out->shares.array() + 0.5) / (n + 1);
  out->standardErrors = (likely.array() * (1 - likely.array()) / n).sqrt();
  return out;
}

}  // namespace

Table Fate::table() const {
  std::vector<std::int64_t> component;
  for (Index k = 0; k < weights.size(); ++k) component.push_back(k);
  const auto list = [](const Vec& values) {
    return std::vector<double>(values.begin(), values.end());
  };
  Table out;
  out.columns = {{"component", "k", "", std::move(component)},
                 {"weight", "w_k", "", list(weights)},
                 {"share", "n_k/n", "", list(shares)},
                 {"standard_error", "", "", list(standardErrors)}};
  return out;
}

std::string Fate::remark() const {
  if (stochasticity != 1)
    return "the weights are the fates of the SDE, stochasticity 1, only; these trajectories have "
           "another";
  if (componentsWide)
    return "a share counts the ends nearest to a mean, which where components overlap may belong "
           "to another";
  return {};
}

Analysis fateAnalysis() {
  Analysis out;
  out.id = "fate";
  out.title = "Where one point ends";
  out.source = "theory: Raya & Ambrogioni 2023, Eqs 4, 7; Ambrogioni 2023, Eqs 6–10";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {timeSpec(),
                    ParameterSpec::of(ParameterKind::vector, "at")
                        .labelled("At", "x", "The point: x0,x1,…")
                        .within(-1e9, 1e9)
                        .needed(),
                    ParameterSpec::integer("runs", 1000)
                        .labelled("Runs", "n", "How many particles start at the point.")
                        .within(1, 1e7)
                        .slider(100, 10000, true)};
  out.run = run;
  return out;
}

}  // namespace separatrix
