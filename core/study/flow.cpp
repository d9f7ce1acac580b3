#include "core/study/flow.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/study/columns.hpp"
#include "core/study/grid.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultCount = 21;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<Flow>();
  out->s = request.real("time");
  const DiffusedField field(problem.target(), problem.process(), out->s);
  out->axes = chosenAxes(problem, request, kDefaultCount, kDefaultCount, "the drift");
  out->points = gridPoints(out->axes, control);
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
  out.parameters = {timeSpec(), rangeSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
