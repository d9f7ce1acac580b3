#include "core/study/potential_map.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultCount1d = 401;
constexpr Index kDefaultCount2d = 101;

constexpr Index kBetweenChecks = 65536;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<PotentialMap>();
  out->s = request.real("time");
  out->grid = gridOf(problem, request, kDefaultCount1d, kDefaultCount2d, control);
  const GridField field(problem, out->grid, out->s);
  out->signal = field.channel().signal;
  const Potential U = problem.potentialAt(out->s);
  const double atOrigin = U.value(field.logDensityAtOrigin(control), 0);
  const Vec logDensity = field.logDensities(request.text("precision") == "single", control);
  out->potential.resize(logDensity.size());
  for (Index p = 0; p < logDensity.size(); ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    out->potential[p] = U.value(logDensity[p], field.squaredNorm(p)) - atOrigin;
  }
  // On a plane through many dimensions densities are beyond all numbers.
  const double unit = problem.target().dimension() > 2 ? logDensity.maxCoeff() : 0;
  out->density = (logDensity.array() - unit).exp();
  return out;
}

}  // namespace

Table PotentialMap::table() const {
  Table out;
  grid.addColumns(out);
  out.columns.push_back(
      {"potential", "U(x) − U(0)", "", std::vector<double>(potential.begin(), potential.end())});
  out.columns.push_back(
      {"density", "p(x, s)", "", std::vector<double>(density.begin(), density.end())});
  return out;
}

Analysis potentialMapAnalysis() {
  Analysis out;
  out.id = "potential";
  out.title = "Potential and density";
  out.source = "Raya & Ambrogioni 2023, Eqs 4, 7, Fig 2";
  out.parameters = gridSpecs();
  out.parameters.insert(out.parameters.begin(), timeSpec());
  out.parameters.push_back(
      ParameterSpec::choice("precision", {"double", "single"})
          .labelled("Precision", "", "Of log p; single is faster, with errors of some 10⁻⁵."));
  out.run = run;
  return out;
}

}  // namespace separatrix
