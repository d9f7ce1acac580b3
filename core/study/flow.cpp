#include "core/study/flow.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fields/extent.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/columns.hpp"
#include "core/study/request_values.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultCount = 21;
constexpr Index kBetweenChecks = 65536;

std::vector<GridAxis> chosenAxes(const Problem& problem, const Request& request) {
  const Index dimension = problem.target().dimension();
  if (dimension > 2)
    throw Failure("arrows are drawn in 1 or 2 dimensions; this scene has " +
                  std::to_string(dimension) + "; use `field` for single points");
  if (request.isNull("range"))
    return naturalExtent(problem.target(), problem.process(), kDefaultCount);
  std::vector<GridAxis> axes = gridAxes(request, "range");
  if (static_cast<Index>(axes.size()) != dimension)
    throw InvalidInput(
        "range", "has " + std::to_string(axes.size()) + " axes; give " + std::to_string(dimension));
  return axes;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<Flow>();
  out->s = request.real("time");
  const DiffusedField field(problem.target(), problem.process(), out->s);
  out->axes = chosenAxes(problem, request);
  const Index d = static_cast<Index>(out->axes.size());
  const Index inner = d == 2 ? out->axes[1].count : 1;
  out->points.resize(d, out->axes[0].count * inner);
  for (Index p = 0; p < out->points.cols(); ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    out->points(0, p) = out->axes[0].at(p / inner);
    if (d == 2) out->points(1, p) = out->axes[1].at(p % inner);
  }
  const Potential U = problem.potentialAt(out->s);
  out->drift =
      U.scoreWeight * field.batch(out->points, control).score - U.radialWeight * out->points;
  return out;
}

}  // namespace

Table Flow::table() const {
  Table out;
  const auto rows = static_cast<std::size_t>(points.cols());
  addCoordinates<double>(out, rows, points.rows(), [this](std::size_t row, Index i) {
    return points(i, static_cast<Index>(row));
  });
  for (Index i = 0; i < drift.rows(); ++i) {
    const std::string index = std::to_string(i);
    out.columns.push_back({"drift" + index, "−∂U/∂x_" + index, "",
                           std::vector<double>(drift.row(i).begin(), drift.row(i).end())});
  }
  return out;
}

Analysis flowAnalysis() {
  Analysis out;
  out.id = "flow";
  out.title = "Drift at one time";
  out.source = "Ambrogioni 2023, Fig 2";
  out.parameters = {timeSpec(),
                    ParameterSpec::of(ParameterKind::grid, "range")
                        .labelled("Range", "x",
                                  "lo:hi:n for each axis; automatic: where the data and their "
                                  "noise are.")
                        .within(-1e9, 1e9)
                        .orNull()};
  out.run = run;
  return out;
}

}  // namespace separatrix
