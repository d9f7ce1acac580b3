#include "core/study/fixed_points.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fixed_points/find_scalar.hpp"
#include "core/study/columns.hpp"

namespace separatrix {
namespace {

constexpr Index kMostComponents = 1000;  // some seconds

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireDimension(problem, 1, "finding all fixed points");
  requireFewComponents(problem, kMostComponents, "finding all fixed points");
  auto out = std::make_shared<FixedPoints>();
  out->s = request.real("time");
  const DiffusedField field(problem.target(), problem.process(), out->s);
  const Potential U = problem.potentialAt(out->s);
  control.checkpoint();
  const double atOrigin = U.value(field.at(Vec::Zero(1)).logEvidence, 0);
  for (const ScalarFixedPoint& found :
       findScalarFixedPoints(*problem.target().components(), field.channel(), U, control)) {
    const Vec x = Vec::Constant(1, found.x);
    out->points.push_back({out->s, x, found.curvature});
    out->potential.push_back(U.value(field.at(x).logEvidence, x.squaredNorm()) - atOrigin);
  }
  return out;
}

}  // namespace

Table FixedPoints::table() const {
  Table out;
  const Index dimension = points.empty() ? 1 : points.front().x.size();
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
