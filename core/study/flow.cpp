#include "core/study/flow.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultCount = 21;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<Flow>();
  out->s = request.real("time");
  out->grid = gridOf(problem, request, kDefaultCount, kDefaultCount, control);
  const Potential U = problem.potentialAt(out->s);
  out->drift = U.scoreWeight * GridField(problem, out->grid, out->s).scores(control) -
               U.radialWeight * out->grid.points;
  return out;
}

}  // namespace

Table Flow::table() const {
  Table out;
  grid.addColumns(out);
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
  out.parameters = gridSpecs();
  out.parameters.insert(out.parameters.begin(), timeSpec());
  out.run = run;
  return out;
}

}  // namespace separatrix
