#include "core/study/random_energy.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/thermodynamics/free_energy.hpp"

#include <limits>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 40;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  control.checkpoint();
  const ForwardProcess& process = problem.process();
  const double scale = request.real("nu") * request.real("x_norm");
  const double horizon = process.horizon();
  const GridAxis automatic{horizon / static_cast<double>(kAutomaticTimes), horizon,
                           kAutomaticTimes};
  const GridAxis axis = axisValue(request, "times").value_or(automatic);
  const Index realizations = request.integer("realizations");
  const double bytesOfTime = 200 + 8 * static_cast<double>(realizations);
  requireMemory(
      "times", bytesOfTime * static_cast<double>(axis.count),
      std::to_string(realizations) + " realizations at " + std::to_string(axis.count) + " times",
      "ask for fewer of either");
  auto out = std::make_shared<RandomEnergy>();
  requireWithin(axis, process);
  out->times = valuesOf(axis);
  const auto reduced = [&](double s) { return scale * inverseTemperature(process.channel(s)); };
  for (const double s : out->times) {
    control.checkpoint();
    out->betas.push_back(inverseTemperature(process.channel(s)));
    out->reducedBetas.push_back(reduced(s));
    out->limit.push_back(limitParticipation(reduced(s)));
  }
  const double critical = criticalReducedBeta();
  out->criticalTime = reduced(shortestTime(process)) >= critical && reduced(horizon) <= critical
                          ? timeWhere(reduced, critical, shortestTime(process), horizon)
                          : std::numeric_limits<double>::quiet_NaN();
  out->measured =
      measureParticipation(static_cast<int>(request.integer("levels")), realizations,
                           Noise(problem.scene().ensemble.seed), out->reducedBetas, control);
  return out;
}

}  // namespace

Table RandomEnergy::table() const {
  std::vector<double> means, errors;
  for (const MeasuredParticipation& value : measured) {
    means.push_back(value.mean);
    errors.push_back(value.standardError);
  }
  Table out;
  out.columns = {{"s", "s", "", times},
                 {"beta", "β", "", betas},
                 {"reduced_beta", "β̃", "", reducedBetas},
                 {"participation_limit", "E[Y], M → ∞", "", limit},
                 {"participation_ratio", "Y", "", means},
                 {"standard_error", "", "", errors},
                 {"critical_s", "s_c", "", std::vector<double>(times.size(), criticalTime)}};
  return out;
}

Analysis randomEnergyAnalysis() {
  Analysis out;
  out.id = "random-energy";
  out.title = "Participation ratio of the random energy model";
  out.source = "Ambrogioni 2023, Eqs 36–39";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;  // its seed
  const auto real = [](const char* name, const char* label, const char* symbol, const char* help) {
    return ParameterSpec::real(name, 1)
        .labelled(label, symbol, help)
        .above(0, 1e6)
        .slider(0.1, 10, true);
  };
  out.parameters = {
      timesSpec("Diffusion times lo:hi:n; automatic: 40 up to the horizon."),
      real("nu", "Scale of the data", "ν", "Overlaps x·y have the variance |x|²ν²M/2."),
      real("x_norm", "Distance", "|x̂|", "Distance of x̂ = x/a from the origin."),
      ParameterSpec::integer("levels", 12)
          .labelled("Levels", "M", "N = 2^M data points.")
          .within(1, 22)
          .slider(4, 20),
      ParameterSpec::integer("realizations", 32)
          .labelled("Realizations", "R", "Sets of points drawn for the measured ratio.")
          .within(2, 100000)
          .slider(8, 1000, true),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
