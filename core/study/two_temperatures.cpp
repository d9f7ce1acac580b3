#include "core/study/two_temperatures.hpp"

#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/request_values.hpp"
#include "core/thermodynamics/order_parameter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kAutomaticCount = 25;
constexpr double kColdest = 0.2, kWarmest = 3;  // of the scene's own temperature
constexpr double kNoisiest = 1.25;              // of the largest critical one
constexpr Index kMostSpins = 8, kMostCurieWeissSpins = 64;

/// The spins of the scene at another temperature.
ProblemPtr atTemperature(const Problem& problem, double temperature) {
  Json scene = sceneToJson(problem.scene());
  setEntry(scene, "target.temperature=" + numberText(temperature));
  return prepare(sceneFromJson(scene));
}

std::vector<double> positiveValues(const Request& request, const std::string& name,
                                   const GridAxis& automatic) {
  const GridAxis axis = axisValue(request, name).value_or(automatic);
  if (!(std::min(axis.from, axis.to) > 0))
    throw InvalidInput(name, "is of temperatures; both ends must be above 0");
  requireMemory(name, 400 * static_cast<double>(axis.count),
                std::to_string(axis.count) + " temperatures", "ask for fewer");
  return valuesOf(axis);
}

bool isSearched(const Scene& scene, Index spins) {
  const bool curieWeiss = scene.target.values.json().at("coupling").is_object();
  return spins <= (curieWeiss ? kMostCurieWeissSpins : kMostSpins);
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Scene& scene = problem.scene();
  if (scene.target.kind != "ising")
    throw Failure("two temperatures are those of diffused spins; use the target ising");
  const double own = scene.target.values.real("temperature");
  auto out = std::make_shared<TwoTemperatures>();
  out->temperatures =
      positiveValues(request, "temperatures", {kColdest * own, kWarmest * own, kAutomaticCount});
  std::vector<ProblemPtr> spins;
  for (const double temperature : out->temperatures) {
    control.checkpoint();
    spins.push_back(atTemperature(problem, temperature));
    out->critical.push_back(spins.back()->target().largestVariance());
    control.progress(0.2 * static_cast<double>(spins.size()) /
                     static_cast<double>(out->temperatures.size()));
  }
  const double noisiest = kNoisiest * *std::ranges::max_element(out->critical);
  out->noises =
      positiveValues(request, "noises", {noisiest / kAutomaticCount, noisiest, kAutomaticCount});
  const auto rows = static_cast<Index>(out->temperatures.size());
  const auto columns = static_cast<Index>(out->noises.size());
  requireMemory("noises", 60 * static_cast<double>(rows) * static_cast<double>(columns),
                "so many temperatures", "ask for fewer");
  out->order = Batch::Constant(rows, columns, std::numeric_limits<double>::quiet_NaN());
  const Index d = problem.target().dimension();
  if (!isSearched(scene, d)) return out;
  const Vec none = Vec::Zero(d);
  for (Index row = 0; row < rows; ++row) {
    const Target& target = spins[static_cast<std::size_t>(row)]->target();
    parallelFor(columns, [&](Index column) {
      const double beta = 1 / out->noises[static_cast<std::size_t>(column)];
      const SelfConsistent found = lowestSelfConsistent(target, beta, none, control);
      out->order(row, column) = found.m.norm() / std::sqrt(static_cast<double>(d));
    });
    control.progress(0.2 + 0.8 * static_cast<double>(row + 1) / static_cast<double>(rows));
  }
  return out;
}

}  // namespace

Table TwoTemperatures::table() const {
  std::vector<double> T, noise, line, m;
  for (std::size_t row = 0; row < temperatures.size(); ++row)
    for (std::size_t column = 0; column < noises.size(); ++column) {
      T.push_back(temperatures[row]);
      noise.push_back(noises[column]);
      line.push_back(critical[row]);
      m.push_back(order(static_cast<Index>(row), static_cast<Index>(column)));
    }
  Table out;
  out.columns = {{"temperature", "T", "", std::move(T)},
                 {"noise", "b²/a²", "", std::move(noise)},
                 {"critical_noise", "Λ", "", std::move(line)},
                 {"order_parameter", "|m|/√d", "", std::move(m)}};
  return out;
}

std::string TwoTemperatures::remark() const {
  return order.size() > 0 && std::isnan(order(0, 0))
             ? "of so many spins the critical line alone is known, not the order parameter"
             : "";
}

Analysis twoTemperaturesAnalysis() {
  Analysis out;
  out.id = "two-temperatures";
  out.title = "Order of diffused spins over their own temperature and that of the noise";
  out.source = "Ambrogioni 2023, §5";
  out.cost = Cost::extended;
  out.usesPotential = false;
  const auto axis = [](const std::string& name, const std::string& label, const std::string& symbol,
                       const std::string& help) {
    return ParameterSpec::of(ParameterKind::grid, name)
        .labelled(label, symbol, help)
        .within(0, 1e9)
        .orNull();
  };
  out.parameters = {
      axis("temperatures", "Temperatures", "T",
           "Of the spins' own ensemble, lo:hi:n; automatic: 25 around the scene's."),
      axis("noises", "Noise", "b²/a²",
           "Temperatures of the noise, lo:hi:n; automatic: 25 up to beyond the critical ones.")};
  out.run = run;
  return out;
}

}  // namespace separatrix
