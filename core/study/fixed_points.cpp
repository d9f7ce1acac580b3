#include "core/study/fixed_points.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fixed_points/branches.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/study/bifurcation.hpp"
#include "core/study/columns.hpp"

namespace separatrix {
namespace {

constexpr Index kDirectionsUpTo = 16;  // dimensions

Mat unstableDirections(const Potential& U, const DiffusedField& field, const FixedPoint& point) {
  const Index count = point.index();
  const Index d = point.x.size();
  if (count == 0 || d > kDirectionsUpTo) return Mat(d, 0);
  const SymmetricEigen solver(U.hessian(field.at(point.x).hessian));
  return solver.eigenvectors().leftCols(count);
}

Index mostComponents(const Target& target) {
  return target.dimension() == 1 ? 1000 : 2000;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireFollowable(problem, mostComponents(problem.target()), "finding all fixed points");
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
  Batch places = Batch::Zero(out->dimension, static_cast<Index>(out->points.size()) + 1);
  for (std::size_t k = 0; k < out->points.size(); ++k)
    places.col(static_cast<Index>(k)) = out->points[k].x;
  const Vec logEvidence = field.batch(places, control).logEvidence;
  const double atOrigin = U.value(logEvidence[logEvidence.size() - 1], 0);
  for (Index k = 0; k + 1 < places.cols(); ++k)
    out->potential.push_back(U.value(logEvidence[k], places.col(k).squaredNorm()) - atOrigin);
  for (const FixedPoint& point : out->points)
    out->unstableDirections.push_back(unstableDirections(U, field, point));
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
