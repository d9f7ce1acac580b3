#include "core/study/grid.hpp"

#include "core/fields/extent.hpp"
#include "core/runtime/errors.hpp"

namespace separatrix {

ParameterSpec rangeSpec() {
  return ParameterSpec::of(ParameterKind::grid, "range")
      .labelled("Range", "x",
                "lo:hi:n for each axis; automatic: where the data and their noise are.")
      .within(-1e9, 1e9)
      .orNull();
}

std::vector<GridAxis> chosenAxes(const Problem& problem, const Request& request, Index count1d,
                                 Index count2d, const std::string& what) {
  const Index dimension = problem.target().dimension();
  if (dimension > 2)
    throw Failure(what + " is tabulated in 1 or 2 dimensions; this scene has " +
                  std::to_string(dimension) + "; use `field` for single points");
  if (request.isNull("range"))
    return naturalExtent(problem.target(), problem.process(), dimension == 1 ? count1d : count2d);
  std::vector<GridAxis> axes = gridAxes(request, "range");
  if (static_cast<Index>(axes.size()) != dimension)
    throw InvalidInput("range", "has " + std::to_string(axes.size()) + " axes; give " +
                                    (dimension == 1 ? "lo:hi:n" : "lo:hi:n,lo:hi:n") +
                                    " for data in " + std::to_string(dimension) + " dimensions");
  return axes;
}

constexpr Index kBetweenChecks = 65536;

Batch gridPoints(const std::vector<GridAxis>& axes, const RunControl& control) {
  const Index inner = axes.size() == 2 ? axes[1].count : 1;
  Batch points(static_cast<Index>(axes.size()), axes[0].count * inner);
  for (Index p = 0; p < points.cols(); ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    points(0, p) = axes[0].at(p / inner);
    if (axes.size() == 2) points(1, p) = axes[1].at(p % inner);
  }
  return points;
}

}  // namespace separatrix
