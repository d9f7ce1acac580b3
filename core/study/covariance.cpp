#include "core/study/covariance.hpp"

#include "core/regimes/speciation.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"

#include <limits>
#include <optional>

namespace separatrix {
namespace {

std::optional<double> timeOf(const Request& request, const ForwardProcess& process) {
  if (request.isNull("time")) return std::nullopt;
  const double s = request.real("time");
  if (!(s <= process.horizon()))
    throw InvalidInput("time",
                       numberText(s) + " is beyond the horizon " + numberText(process.horizon()));
  return s;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Index count = std::min<Index>(request.integer("count"), problem.target().dimension());
  requireMemory("count", 100 * static_cast<double>(count), std::to_string(count) + " directions",
                "ask for fewer");
  const ForwardProcess& process = problem.process();
  const std::optional<double> s = timeOf(request, process);
  const double none = std::numeric_limits<double>::quiet_NaN();
  auto out = std::make_shared<CovarianceSpectrum>();
  for (const double variance : principalVariances(problem.target(), count)) {
    control.checkpoint();
    out->variances.push_back(variance);
    out->decisionTimes.push_back(decisionTime(process, variance).value_or(none));
    out->landau.push_back(
        s && process.variancePreserving() ? landauEigenvalue(process, *s, variance) : none);
  }
  return out;
}

}  // namespace

Table CovarianceSpectrum::table() const {
  std::vector<std::int64_t> rank;
  for (std::size_t i = 0; i < variances.size(); ++i)
    rank.push_back(static_cast<std::int64_t>(i) + 1);
  Table out;
  out.columns = {{"rank", "", "", std::move(rank)},
                 {"variance", "λ", "", variances},
                 {"decision_s", "s", "", decisionTimes},
                 {"landau", "1 − a²λ", "", landau}};
  return out;
}

Analysis covarianceAnalysis() {
  Analysis out;
  out.id = "covariance";
  out.title = "Spectrum of the data covariance, and when each direction is decided";
  out.source = "Biroli et al. 2024, Eq 9";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.parameters = {
      ParameterSpec::of(ParameterKind::real, "time")
          .labelled("Time", "s", "Diffusion time of the Landau matrix; automatic: none.")
          .within(0, 1e4)
          .orNull(),
      ParameterSpec::integer("count", 50)
          .labelled("Directions", "", "How many, from the largest variance down.")
          .within(1, 1e6)
          .slider(1, 100)};
  out.run = run;
  return out;
}

}  // namespace separatrix
