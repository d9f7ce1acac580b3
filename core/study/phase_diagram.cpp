#include "core/study/phase_diagram.hpp"

#include "core/parameters/grid_axis.hpp"
#include "core/regimes/two_classes.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/empirical_points.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"

#include <cmath>

namespace separatrix {
namespace {

/// The values of a grid, evenly spread in their logarithm.
std::vector<double> logarithmic(const Request& request, const std::string& name,
                                const GridAxis& automatic) {
  const GridAxis axis = axisValue(request, name).value_or(automatic);
  if (!(axis.from > 0 && axis.to > 0))
    throw InvalidInput(name, "is spread in its logarithm; both ends must be above 0");
  GridAxis exponents{std::log(axis.from), std::log(axis.to), axis.count};
  std::vector<double> out;
  for (Index i = 0; i < axis.count; ++i) out.push_back(std::exp(exponents.at(i)));
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireLogTime(problem, "the phase diagram");
  TwoClasses model = twoClassesOf(problem.target(), "the phase diagram");
  auto out = std::make_shared<PhaseDiagram>();
  out->dimension = model.dimension;
  out->alpha = std::log(static_cast<double>(numberOfPoints(problem, request))) / model.dimension;
  out->sceneSpeciation = speciationLogTime(model);
  out->sceneCollapse = collapseLogTime(model, out->alpha);
  out->dimensions = logarithmic(request, "dimensions", {10, 1e6, 81});
  out->alphas = logarithmic(request, "alphas", {1e-5, 1, 81});
  requireMemory("dimensions",
                50.0 * static_cast<double>(out->dimensions.size() * out->alphas.size()),
                "so many dimensions and values of α", "ask for fewer");
  for (const double alpha : out->alphas) out->collapse.push_back(collapseLogTime(model, alpha));
  out->ratio.resize(static_cast<Index>(out->dimensions.size()),
                    static_cast<Index>(out->alphas.size()));
  for (std::size_t row = 0; row < out->dimensions.size(); ++row) {
    control.checkpoint();
    model.dimension = out->dimensions[row];
    out->speciation.push_back(speciationLogTime(model));
    for (std::size_t column = 0; column < out->alphas.size(); ++column)
      out->ratio(static_cast<Index>(row), static_cast<Index>(column)) =
          out->collapse[column] / out->speciation[row];
  }
  return out;
}

}  // namespace

Table PhaseDiagram::table() const {
  std::vector<double> d, shares, points, tS, tC, ratios;
  for (std::size_t row = 0; row < dimensions.size(); ++row)
    for (std::size_t column = 0; column < alphas.size(); ++column) {
      d.push_back(dimensions[row]);
      shares.push_back(alphas[column]);
      points.push_back(alphas[column] * dimensions[row] / std::log(10.0));
      tS.push_back(speciation[row]);
      tC.push_back(collapse[column]);
      ratios.push_back(ratio(static_cast<Index>(row), static_cast<Index>(column)));
    }
  Table out;
  out.columns = {{"dimension", "d", "", std::move(d)},
                 {"alpha", "α", "", std::move(shares)},
                 {"log10_points", "log_10 n", "", std::move(points)},
                 {"t_speciation", "t_S", "", std::move(tS)},
                 {"t_collapse", "t_C", "", std::move(tC)},
                 {"ratio", "t_C/t_S", "", std::move(ratios)}};
  return out;
}

Analysis phaseDiagramAnalysis() {
  Analysis out;
  out.id = "phase-diagram";
  out.title = "Speciation and collapse over dimension and number of points";
  out.source = "Biroli et al. 2024, Eqs 9, 10";
  out.usesPotential = false;
  const auto grid = [](const std::string& name, const std::string& symbol, double most,
                       const std::string& help) {
    return ParameterSpec::of(ParameterKind::grid, name)
        .labelled(name == "alphas" ? "α" : "Dimensions", symbol, help)
        .within(0, most)
        .orNull();
  };
  out.parameters = {grid("dimensions", "d", 1e12,
                         "lo:hi:n, evenly spread in the logarithm; automatic: 10 to a million."),
                    grid("alphas", "α", 700,
                         "log n/d, lo:hi:n, evenly spread in the logarithm; automatic: 10⁻⁵ to 1."),
                    pointsSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
