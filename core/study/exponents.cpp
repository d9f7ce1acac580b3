#include "core/study/exponents.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/thermodynamics/free_energy.hpp"

#include <limits>

namespace separatrix {
namespace {

constexpr Index kMostComponents = 1000;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

double timeOf(const ForwardProcess& process, double beta) {
  const auto betaAt = [&](double s) { return inverseTemperature(process.channel(s)); };
  const double shortest = shortestTime(process);
  const bool reached = betaAt(shortest) >= beta && betaAt(process.horizon()) <= beta;
  return reached ? timeWhere(betaAt, beta, shortest, process.horizon()) : kUnknown;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireFewComponents(problem, kMostComponents, "the search for a critical point");
  control.checkpoint();
  ScalingWindow window;
  window.from = request.real("from");
  window.to = request.real("to");
  window.points = request.integer("points");
  if (window.from >= window.to) throw InvalidInput("from", "must be below --to");
  auto out = std::make_shared<Exponents>();
  out->s = kUnknown;
  out->critical = symmetricCriticalPoint(problem.target());
  if (!out->critical) return out;
  out->s = timeOf(problem.process(), out->critical->beta);
  out->measured = measureExponents(problem.target(), *out->critical, window, control);
  return out;
}

}  // namespace

Table Exponents::table() const {
  std::vector<std::string> names, symbols, states;
  std::vector<double> values, low, high, theory;
  const auto add = [&](const char* name, const char* symbol, Estimate estimate, double meanField) {
    if (!critical) estimate = {kUnknown, kUnknown, kUnknown};
    names.emplace_back(name);
    symbols.emplace_back(symbol);
    values.push_back(estimate.value);
    low.push_back(estimate.low);
    high.push_back(estimate.high);
    theory.push_back(meanField);
    states.emplace_back(critical ? "measured" : "no symmetric critical point");
  };
  const double beta = critical ? critical->beta : kUnknown;
  add("critical_beta", "β_c", {beta, beta, beta}, kUnknown);
  add("critical_s", "s_c", {s, s, s}, kUnknown);
  add("order_parameter", "β", measured.orderParameter, 0.5);
  add("susceptibility_above", "γ", measured.susceptibilityAbove, 1);
  add("susceptibility_below", "γ'", measured.susceptibilityBelow, 1);
  add("critical_isotherm", "δ", measured.criticalIsotherm, 3);
  add("amplitude_ratio", "A_+/A_−", measured.amplitudeRatio, 2);
  Table out;
  out.columns = {{"quantity", "", "", names}, {"symbol", "", "", symbols},
                 {"value", "", "", values},   {"low", "", "", low},
                 {"high", "", "", high},      {"mean_field", "", "", theory},
                 {"status", "", "", states}};
  return out;
}

Analysis exponentsAnalysis() {
  Analysis out;
  out.id = "exponents";
  out.title = "Critical exponents with 95 % confidence intervals";
  out.source = "Ambrogioni 2023, §6";
  out.cost = Cost::extended;
  out.usesPotential = false;
  const auto distance = [](const char* name, double value, const char* label, const char* help) {
    return ParameterSpec::real(name, value)
        .labelled(label, "|τ|", help)
        .within(1e-6, 0.2)
        .slider(1e-6, 0.1, true);
  };
  out.parameters = {
      distance("from", 1e-5, "Nearest", "Least distance |t/t_c − 1| from the critical point."),
      distance("to", 1e-2, "Farthest", "Largest distance |t/t_c − 1| from the critical point."),
      ParameterSpec::integer("points", 24)
          .labelled("Points", "n", "Distances, evenly spaced in their logarithm.")
          .within(6, 1000)
          .slider(6, 100),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
