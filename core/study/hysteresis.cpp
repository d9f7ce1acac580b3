#include "core/study/hysteresis.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/widest_direction.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "core/thermodynamics/order_parameter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kMostComponents = 1000;
constexpr Index kMostDimensions = 64;  // a matrix is factored at each of some hundred points
constexpr Index kAutomaticFields = 41;
constexpr double kWarmest = 1e-200;  // for β = 0, where no signal is left

/// As far as the data are wide: beyond, all but one solution are gone at any temperature.
GridAxis automaticFields(const Problem& problem, const Vec& direction) {
  const double width = std::sqrt(direction.dot(problem.target().covariance() * direction));
  const double most = width > 0 ? width : 1;
  return {-most, most, kAutomaticFields};
}

/// The solution of lowest free energy of all, in a field h.
FieldSolution lowestOfAll(const Target& target, double beta, const Vec& direction, double field,
                          const RunControl& control) {
  const SelfConsistent found = lowestSelfConsistent(target, beta, field * direction, control);
  FieldSolution out;
  out.m = found.m;
  out.along = direction.dot(found.m);
  out.place = out.along + field;
  out.freeEnergy = found.freeEnergy;
  out.largestEigenvalue = found.largestEigenvalue();
  return out;
}

void addRows(Hysteresis& out, const FieldLine& line, const Target& target, const GridAxis& fields,
             const RunControl& control) {
  for (Index i = 0; i < fields.count; ++i) {
    control.checkpoint();
    const double field = fields.at(i);
    std::vector<FieldSolution> found = line.solutions(out.curve, field);
    const auto lowestFound = [&] {
      double lowest = std::numeric_limits<double>::infinity();
      for (const FieldSolution& each : found) lowest = std::min(lowest, each.freeEnergy);
      return lowest;
    };
    if (target.dimension() > 1) {
      FieldSolution all =
          lowestOfAll(target, std::max(out.beta, kWarmest), out.direction, field, control);
      const double known = lowestFound();
      if (all.freeEnergy < known - 1e-9 * (1 + std::abs(all.freeEnergy)))
        found.push_back(std::move(all));
    }
    const double lowest = lowestFound();
    for (FieldSolution& each : found) {
      each.field = field;
      const bool best = each.freeEnergy <= lowest + 1e-13 * (1 + std::abs(lowest));
      out.rows.push_back({std::move(each), best});
    }
  }
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireFewComponents(problem, kMostComponents, "the solutions in a field");
  const Index d = problem.target().dimension();
  if (d > kMostDimensions)
    throw Failure("the solutions in a field are followed in at most " +
                  std::to_string(kMostDimensions) + " dimensions; the data have " +
                  std::to_string(d));
  auto out = std::make_shared<Hysteresis>();
  out->s = request.real("time");
  const Channel channel = DiffusedField(problem.target(), problem.process(), out->s).channel();
  out->beta = inverseTemperature(channel);
  if (!(channel.noiseVariance > 0))
    throw InvalidInput("time", "at s = 0 the temperature is 0; use a time above 0");
  out->direction = request.isNull("direction") ? widestDirection(problem.target())
                                               : unitVector(request, "direction", problem);
  const GridAxis automatic = automaticFields(problem, out->direction);
  const GridAxis fields = axisValue(request, "fields").value_or(automatic);
  const double bytes = 400 + 16 * static_cast<double>(d);
  requireMemory("fields", bytes * static_cast<double>(fields.count),
                "the solutions in " + std::to_string(fields.count) + " fields", "ask for fewer");
  const FieldLine line(problem.target(), std::max(out->beta, kWarmest), out->direction);
  const auto [least, most] = std::minmax(fields.from, fields.to);
  out->curve = line.trace(std::min(automatic.from, least), std::max(automatic.to, most), control);
  addRows(*out, line, problem.target(), fields, control);
  return out;
}

}  // namespace

Table Hysteresis::table() const {
  std::vector<double> field, along, freeEnergy, eigenvalue;
  std::vector<std::int64_t> stable, lowest;
  for (const Row& row : rows) {
    field.push_back(row.solution.field);
    along.push_back(row.solution.along);
    freeEnergy.push_back(row.solution.freeEnergy);
    eigenvalue.push_back(row.solution.largestEigenvalue);
    stable.push_back(row.solution.stable() ? 1 : 0);
    lowest.push_back(row.lowest ? 1 : 0);
  }
  Table out;
  out.columns = {{"field", "h", "", field},
                 {"order_parameter", "e·m", "", along},
                 {"free_energy", "F + |m|^2/2", "", freeEnergy},
                 {"response", "λ(βC)", "", eigenvalue},
                 {"stable", "", "", stable},
                 {"lowest", "", "", lowest}};
  return out;
}

Analysis hysteresisAnalysis() {
  Analysis out;
  out.id = "hysteresis";
  out.title = "Stable, metastable and unstable order parameters in an external field";
  out.source = "Ambrogioni 2023, Eqs 20, 27";
  out.usesPotential = false;
  out.parameters = {
      timeSpec(),
      ParameterSpec::of(ParameterKind::grid, "fields")
          .labelled("Fields", "h", "Fields lo:hi:n; automatic: 41, as far as the data are wide.")
          .within(-1e9, 1e9)
          .orNull(),
      ParameterSpec::of(ParameterKind::vector, "direction")
          .labelled("Direction", "e",
                    "Direction of the field: x1,…; automatic: that of the data's largest variance.")
          .within(-1e9, 1e9)
          .slider(-1, 1)
          .orNull()};
  out.run = run;
  return out;
}

}  // namespace separatrix
