#include "core/study/twins.hpp"

#include "core/runtime/errors.hpp"
#include "core/sampling/integrate.hpp"

#include <cmath>

namespace separatrix {
namespace {

Twins::Row compare(Index steps, const BatchF& ends, const BatchF& others) {
  const auto n = static_cast<double>(ends.cols());
  const auto difference = (ends - others).cast<double>();
  const Eigen::ArrayXd squares = difference.colwise().squaredNorm().transpose();
  const Eigen::ArrayXd moments =
      (ends.cast<double>().colwise().squaredNorm() - others.cast<double>().colwise().squaredNorm())
          .transpose();
  const double spread = (moments - moments.mean()).square().mean();
  return {steps, std::sqrt(squares.mean()), std::sqrt(squares.maxCoeff()), moments.mean(),
          std::sqrt(spread / n)};
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Index coarsest = request.integer("coarsest");
  const Index doublings = request.integer("doublings");
  constexpr Index kMostSteps = 10'000'000;
  if (coarsest > kMostSteps >> doublings)
    throw InvalidInput("doublings", std::to_string(doublings) + " from " +
                                        std::to_string(coarsest) +
                                        " steps are more than 10 000 000; lower one of them");
  EnsembleSpec spec = problem.scene().ensemble;
  const std::string own = spec.sampler;
  auto out = std::make_shared<Twins>();
  const double all = std::ldexp(2.0, static_cast<int>(doublings) + 1) - 2;
  double before = 0;
  for (Index k = 0; k <= doublings; ++k) {
    spec.steps = coarsest << k;
    spec.saveEvery = spec.steps;
    spec.noiseCellsPerStep = Index{1} << (doublings - k);
    const double share = std::ldexp(1.0, static_cast<int>(k)) / all;
    const auto ends = [&](const std::string& sampler) -> BatchF {
      spec.sampler = sampler;
      const RunControl part = control.within(before, share);
      before += share;
      return integrate(problem.target(), problem.process(), spec, Direction::reverse, part,
                       Coordinates::span)
          .state(1);
    };
    const BatchF first = ends(own);
    out->rows.push_back(compare(spec.steps, first, ends(request.text("other"))));
    control.publish(std::make_shared<Twins>(*out));
  }
  return out;
}

}  // namespace

Table Twins::table() const {
  std::vector<std::int64_t> steps;
  std::vector<double> rootMeanSquare, largest, secondMoment, standardError;
  for (const Row& row : rows) {
    steps.push_back(row.steps);
    rootMeanSquare.push_back(row.rootMeanSquare);
    largest.push_back(row.largest);
    secondMoment.push_back(row.secondMoment);
    standardError.push_back(row.standardError);
  }
  Table out;
  out.columns = {{"steps", "n", "", steps},
                 {"rms_difference", "⟨|X−X'|²⟩^½", "", rootMeanSquare},
                 {"max_difference", "max |X−X'|", "", largest},
                 {"second_moment_difference", "⟨|X|²⟩−⟨|X'|²⟩", "", secondMoment},
                 {"standard_error", "", "", standardError}};
  return out;
}

Analysis twinsAnalysis() {
  Analysis out;
  out.id = "twins";
  out.title = "Two samplers on one Brownian path";
  out.source = "Kloeden & Platen 1992, §9.7";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  std::vector<std::string> samplers;
  for (const SamplerKind& kind : samplerCatalog()) samplers.push_back(kind.id);
  // The one that few scenes have, of higher order.
  std::swap(samplers[0], samplers[1]);
  out.parameters = {
      ParameterSpec::choice("other", samplers)
          .labelled("Other sampler", "", "What the scene's sampler is compared with."),
      ParameterSpec::integer("coarsest", 16)
          .labelled("Fewest steps", "n", "Steps of the first pair of runs.")
          .within(1, 1e7)
          .slider(1, 1000, true),
      ParameterSpec::integer("doublings", 6)
          .labelled("Doublings", "", "How often the number of steps is doubled.")
          .within(0, 20)
          .slider(0, 10),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
