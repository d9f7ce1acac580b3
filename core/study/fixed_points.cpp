#include "core/study/fixed_points.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fixed_points/branches.hpp"
#include "core/study/columns.hpp"

namespace separatrix {
namespace {

constexpr Index kMostComponents = 1000;  // some seconds

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  if (problem.target().dimension() == 1)
    requireFewComponents(problem, kMostComponents, "finding all fixed points");
  auto out = std::make_shared<FixedPoints>();
  out->s = request.real("time");
  out->dimension = problem.target().dimension();
  const DiffusedField field(problem.target(), problem.process(), out->s);
  FixedPointSet found = findFixedPoints(
      problem.target(), problem.process(), [&](double s) { return problem.potentialAt(s); }, out->s,
      control);
  out->points = std::move(found.points);
  out->coverage = found.coverage;
  const Potential U = problem.potentialAt(out->s);
  control.checkpoint();
  const double atOrigin = U.value(field.at(Vec::Zero(out->dimension)).logEvidence, 0);
  for (const FixedPoint& point : out->points)
    out->potential.push_back(U.value(field.at(point.x).logEvidence, point.x.squaredNorm()) -
                             atOrigin);
  return out;
}

}  // namespace

Table FixedPoints::table() const {
  Table out;
  addCoordinates<double>(out, points.size(), dimension,
                         [this](std::size_t row, Index i) { return points[row].x[i]; });
  out.columns.push_back({"potential", "U(x*) − U(0)", "", potential});
  std::vector<const FixedPoint*> all;
  for (const FixedPoint& point : points) all.push_back(&point);
  addStability(out, all);
  return out;
}

Analysis fixedPointsAnalysis() {
  Analysis out;
  out.id = "fixed-points";
  out.title = "Fixed points";
  out.source = "Raya & Ambrogioni 2023, Eqs 8, 12; Ambrogioni 2023, Eq 20";
  out.parameters = {timeSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
