#include "core/study/potential_map.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/study/columns.hpp"
#include "core/study/grid.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultCount1d = 401;
constexpr Index kDefaultCount2d = 101;

constexpr Index kBetweenChecks = 65536;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<PotentialMap>();
  out->s = request.real("time");
  const DiffusedField field(problem.target(), problem.process(), out->s);
  out->axes = chosenAxes(problem, request, kDefaultCount1d, kDefaultCount2d, "a potential");
  out->points = gridPoints(out->axes, control);
  const Potential U = problem.potentialAt(out->s);
  const double atOrigin = U.value(field.at(Vec::Zero(out->points.rows())).logEvidence, 0);
  const Vec logDensity = request.text("precision") == "single"
                             ? field.logDensities(out->points.cast<float>(), control).cast<double>()
                             : field.batch(out->points, control).logEvidence;
  out->potential.resize(out->points.cols());
  for (Index p = 0; p < out->points.cols(); ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    out->potential[p] = U.value(logDensity[p], out->points.col(p).squaredNorm()) - atOrigin;
  }
  out->density = logDensity.array().exp();
  return out;
}

}  // namespace

Table PotentialMap::table() const {
  Table out;
  addCoordinates<double>(
      out, static_cast<std::size_t>(points.cols()), points.rows(),
      [this](std::size_t row, Index i) { return points(i, static_cast<Index>(row)); });
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
  out.parameters = {
      timeSpec(), rangeSpec(),
      ParameterSpec::choice("precision", {"double", "single"})
          .labelled("Precision", "", "Of log p; single is faster, with errors of some 10⁻⁵.")};
  out.run = run;
  return out;
}

}  // namespace separatrix
