#include "core/study/samples.hpp"

#include "core/sampling/integrate.hpp"
#include "core/study/columns.hpp"
#include "core/study/trajectories.hpp"

#include <numeric>

namespace separatrix {

Samples::Samples(const Ensemble& ensemble, Index totalParticles)
    : points(ensemble.state(ensemble.dataEnd())),
      first(ensemble.firstParticle()),
      total(totalParticles),
      startDivergence(ensemble.startDivergence()) {}

std::string Samples::remark() const {
  return startRemark(startDivergence);
}

Table Samples::table() const {
  std::vector<std::int64_t> particle(static_cast<std::size_t>(points.cols()));
  std::iota(particle.begin(), particle.end(), first);
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
  out.part = ArrayPart{0, static_cast<std::size_t>(first), static_cast<std::size_t>(total)};
  for (Index p = 0; p < points.cols(); ++p)
    for (Index i = 0; i < points.rows(); ++i) out.values.push_back(points(i, p));
  return out;
}

namespace {

EnsembleSpec endsOnly(EnsembleSpec spec) {
  spec.saveEvery = spec.steps;
  return spec;
}

}  // namespace

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
    const EnsembleSpec spec = endsOnly(problem.scene().ensemble);
    return std::make_shared<Samples>(
        integrate(problem.target(), problem.process(), spec, directionOf(request), control),
        spec.particles);
  };
  analysis.runInParts = [](const Problem& problem, const Request& request,
                           const RunControl& control, const ResultConsumer& consume) {
    const EnsembleSpec spec = endsOnly(problem.scene().ensemble);
    integrateInParts(problem.target(), problem.process(), spec, directionOf(request), control,
                     [&](const Ensemble& part) { consume(Samples(part, spec.particles)); });
  };
  return analysis;
}

}  // namespace separatrix
