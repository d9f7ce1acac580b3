#include "core/study/thermodynamics.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 80;

constexpr Index kMostComponents = 1000;

/// Times at all of which there is a temperature.
std::vector<double> timesOf(const Request& request, const Problem& problem) {
  const double horizon = problem.process().horizon();
  const GridAxis automatic{horizon / static_cast<double>(kAutomaticTimes), horizon,
                           kAutomaticTimes};
  const GridAxis axis = axisValue(request, "times").value_or(automatic);
  const auto d = static_cast<double>(problem.target().dimension());
  const double bytesOfState = 500 + 8 * d * (d + 2);
  requireMemory(
      "times", bytesOfState * static_cast<double>(axis.count),
      "the states at " + std::to_string(axis.count) + " times",
      "ask for at most " + std::to_string(static_cast<Index>(kLargestResultBytes / bytesOfState)));
  // All times between the ends are valid where the ends are.
  for (const double s : {axis.at(0), axis.at(axis.count - 1)}) {
    const DiffusedField valid(problem.target(), problem.process(), s);
    if (!(valid.channel().noiseVariance > 0))
      throw InvalidInput("times", "at s = 0 the temperature is 0; use times above 0");
  }
  return valuesOf(axis);
}

Thermodynamics::State stateAt(const Problem& problem, double s, const Vec& xHat, const Vec& field,
                              const RunControl& control) {
  const Target& target = problem.target();
  const Channel channel = problem.process().channel(s);
  Thermodynamics::State out;
  out.s = s;
  out.atPoint = freeEnergy(target, channel, xHat);
  out.solution = lowestSelfConsistent(target, out.atPoint.beta, field, control);
  out.susceptibility = largestSusceptibility(out.solution);
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  constexpr Index kTogether = 8;
  requireFewComponents(problem, kMostComponents, "the self-consistent solution");
  auto out = std::make_shared<Thermodynamics>();
  out->xHat = pointValue(request, "at", problem);
  out->field = pointValue(request, "field", problem);
  const std::vector<double> times = timesOf(request, problem);
  out->states.resize(times.size());
  const auto count = static_cast<Index>(times.size());
  for (Index first = 0; first < count; first += kTogether) {
    control.progress(static_cast<double>(first) / static_cast<double>(count));
    parallelFor(std::min(kTogether, count - first), [&](Index i) {
      control.checkpoint();
      const auto slot = static_cast<std::size_t>(first + i);
      out->states[slot] = stateAt(problem, times[slot], out->xHat, out->field, control);
    });
  }
  return out;
}

double finiteOrEmpty(double value) {
  return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

Table Thermodynamics::table() const {
  Table out;
  const auto add = [&](const char* name, const char* symbol, const auto& valueOf) {
    std::vector<double> values;
    for (const State& state : states) values.push_back(finiteOrEmpty(valueOf(state)));
    out.columns.push_back({name, symbol, "", std::move(values)});
  };
  add("s", "s", [](const State& at) { return at.s; });
  add("beta", "β", [](const State& at) { return at.atPoint.beta; });
  add("free_energy", "F", [](const State& at) { return at.atPoint.value; });
  add("regularized_free_energy", "F̃", [](const State& at) { return at.atPoint.regularized; });
  add("weight_entropy", "H(w)", [](const State& at) { return at.atPoint.weightEntropy; });
  add("relative_entropy", "−KL", [](const State& at) { return at.atPoint.relativeEntropy; });
  add("order_parameter", "|m|", [](const State& at) { return at.solution.m.norm(); });
  add("susceptibility", "χ", [](const State& at) { return at.susceptibility; });
  add("participation_ratio", "Y", [](const State& at) { return at.atPoint.participationRatio; });
  return out;
}

Analysis thermodynamicsAnalysis() {
  Analysis out;
  out.id = "thermodynamics";
  out.title = "Free energy, entropies and order parameter over time";
  out.source = "Ambrogioni 2023, Eqs 6–24, 34";
  out.cost = Cost::extended;
  out.usesPotential = false;
  const auto vector = [](const char* name, const char* label, const char* symbol,
                         const char* help) {
    return ParameterSpec::of(ParameterKind::vector, name, 0)
        .labelled(label, symbol, help)
        .within(-1e9, 1e9)
        .slider(-2, 2);
  };
  out.parameters = {
      timesSpec("Diffusion times lo:hi:n; automatic: 80 up to the horizon."),
      vector("at", "At", "x̂", "The point x̂ = x/a of the free energies and entropies: x1,…"),
      vector("field", "Field", "h",
             "External field h1,… in the self-consistency m = ⟨y⟩(m + h); an infinite "
             "susceptibility is an empty cell."),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
