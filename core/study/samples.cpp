#include "core/study/samples.hpp"

#include "core/sampling/integrate.hpp"
#include "core/study/columns.hpp"
#include "core/study/trajectories.hpp"

#include <numeric>

namespace separatrix {

Table Samples::table() const {
  std::vector<std::int64_t> particle(static_cast<std::size_t>(points.cols()));
  std::iota(particle.begin(), particle.end(), 0);
  Table out;
  out.columns.push_back({"particle", "", "", std::move(particle)});
  addCoordinates<float>(
      out, static_cast<std::size_t>(points.cols()), points.rows(),
      [this](std::size_t row, Index i) { return points(i, static_cast<Index>(row)); });
  return out;
}

std::optional<NumericArray> Samples::array() const {
  NumericArray out;
  out.shape = {static_cast<std::size_t>(points.cols()), static_cast<std::size_t>(points.rows())};
  for (Index p = 0; p < points.cols(); ++p)
    for (Index i = 0; i < points.rows(); ++i) out.values.push_back(points(i, p));
  return out;
}

Analysis samplesAnalysis() {
  Analysis analysis;
  analysis.id = "samples";
  analysis.title = "Samples at the data end";
  analysis.source = "Song et al. 2021";
  analysis.cost = Cost::extended;
  analysis.usesPotential = false;
  analysis.usesEnsemble = true;
  analysis.parameters = {directionSpec()};
  analysis.run = [](const Problem& problem, const Request& request, const RunControl& control) {
    EnsembleSpec spec = problem.scene().ensemble;
    spec.saveEvery = spec.steps;  // the ends alone
    const Ensemble ensemble =
        integrate(problem.target(), problem.process(), spec, directionOf(request), control);
    auto out = std::make_shared<Samples>();
    out->points = ensemble.state(ensemble.dataEnd());
    return out;
  };
  return analysis;
}

}  // namespace separatrix
