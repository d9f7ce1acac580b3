#include "core/study/request_values.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"

namespace separatrix {

Vec pointValue(const Request& request, const std::string& name, const Problem& problem) {
  const Index dimension = problem.target().dimension();
  Vec out = request.vector(name, dimension);
  if (out.size() != dimension)
    throw InvalidInput(name, "has " + std::to_string(out.size()) + " coordinates; the data have " +
                                 std::to_string(dimension));
  return out;
}

std::optional<GridAxis> axisValue(const Request& request, const std::string& name) {
  if (request.isNull(name)) return std::nullopt;
  const std::vector<GridAxis> axes = gridAxes(request, name);
  if (axes.size() != 1) throw InvalidInput(name, "has more than one axis; give one lo:hi:n");
  return axes.front();
}

std::vector<double> valuesOf(const GridAxis& axis) {
  std::vector<double> out;
  for (Index i = 0; i < axis.count; ++i) out.push_back(axis.at(i));
  return out;
}

void requireWithin(const GridAxis& times, const ForwardProcess& process) {
  const double shortest = shortestTime(process), horizon = process.horizon();
  for (const double s : {times.at(0), times.at(times.count - 1)})
    if (!(s >= shortest && s <= horizon))
      throw InvalidInput("times", numberText(s) + " is out of range; it must be at least " +
                                      numberText(shortest) + " and at most the horizon " +
                                      numberText(horizon));
}

GridAxis timesAxis(const Problem& problem, const Request& request, Index automatic) {
  const double horizon = problem.process().horizon();
  const GridAxis axis =
      axisValue(request, "times")
          .value_or(GridAxis{horizon / static_cast<double>(automatic), horizon, automatic});
  requireWithin(axis, problem.process());
  return axis;
}

ParameterSpec timesSpec(const std::string& help) {
  return ParameterSpec::of(ParameterKind::grid, "times")
      .labelled("Times", "s", help)
      .within(0, 1e4)
      .orNull();
}

}  // namespace separatrix
