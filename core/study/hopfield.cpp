#include "core/study/hopfield.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/columns.hpp"
#include "core/study/request_values.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "core/thermodynamics/hopfield.hpp"

#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kBatches = 5;  // of points, scores and means at once
constexpr Index kBetweenChecks = 16;

Vec endOf(const Request& request, const std::string& name, const Problem& problem,
          const Vec& automatic) {
  return request.isNull(name) ? automatic : pointValue(request, name, problem);
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Components* parts = problem.target().components();
  if (parts == nullptr)
    throw Failure("the Hopfield energy needs data with components, whose means are the patterns");
  auto out = std::make_shared<Hopfield>();
  out->s = request.real("time");
  const DiffusedField field(problem.target(), problem.process(), out->s);
  const Channel channel = field.channel();
  if (!(channel.noiseVariance > 0))
    throw InvalidInput("time", "at s = 0 the temperature is 0; use a time above 0");
  const Vec from = endOf(request, "from", problem, parts->means.col(0));
  const Vec to = endOf(request, "to", problem, parts->means.col(parts->count() - 1));
  const GridAxis axis{0, 1, request.integer("points")};
  requireMemory("points",
                kBatches * sizeof(double) * static_cast<double>(axis.count) *
                    static_cast<double>(from.size()),
                std::to_string(axis.count) + " points", "ask for fewer");
  out->points.resize(from.size(), axis.count);
  out->energy.resize(axis.count);
  out->regularizedFreeEnergy.resize(axis.count);
  control.checkpoint();
  for (Index p = 0; p < axis.count; ++p)
    out->points.col(p) = (1 - axis.at(p)) * from + axis.at(p) * to;
  const PosteriorBatch batch = field.batch(channel.signal * out->points, control);
  if (!std::isfinite(1 / inverseTemperature(channel))) {
    out->energy.setConstant(std::numeric_limits<double>::quiet_NaN());
    out->regularizedFreeEnergy = out->energy;
    return out;
  }
  for (Index p = 0; p < axis.count; ++p) {
    if (p % kBetweenChecks == 0) control.checkpoint();
    out->energy[p] =
        hopfieldEnergy(parts->means, inverseTemperature(channel), Vec(out->points.col(p)));
    out->regularizedFreeEnergy[p] =
        regularizedFreeEnergy(batch.logEvidence[p], from.size(), channel);
  }
  return out;
}

}  // namespace

Table Hopfield::table() const {
  Table out;
  addCoordinates<double>(
      out, static_cast<std::size_t>(points.cols()), points.rows(),
      [this](std::size_t row, Index i) { return points(i, static_cast<Index>(row)); });
  const Vec difference = regularizedFreeEnergy - energy;
  const auto add = [&](const char* name, const char* symbol, const Vec& values) {
    out.columns.push_back({name, symbol, "", std::vector<double>(values.begin(), values.end())});
  };
  add("hopfield_energy", "E", energy);
  add("regularized_free_energy", "F̃", regularizedFreeEnergy);
  add("difference", "F̃ − E", difference);
  return out;
}

Analysis hopfieldAnalysis() {
  Analysis out;
  out.id = "hopfield";
  out.title = "Modern Hopfield energy beside the free energy on a segment";
  out.source = "Ambrogioni 2023, Eq 31; Ramsauer et al. 2021";
  out.usesPotential = false;
  const auto end = [](const char* name, const char* label, const char* help) {
    return ParameterSpec::of(ParameterKind::vector, name)
        .labelled(label, "x̂", help)
        .within(-1e9, 1e9)
        .slider(-2, 2)
        .orNull();
  };
  out.parameters = {
      timeSpec(),
      end("from", "From", "First point x̂ = x/a: x1,…; automatic: the first component's mean."),
      end("to", "To", "Last point x̂ = x/a: x1,…; automatic: the last component's mean."),
      ParameterSpec::integer("points", 101)
          .labelled("Points", "n",
                    "Points on the segment. F̃ − E is constant for points of norm 1 and "
                    "equal weight.")
          .within(1, 1e6)
          .slider(2, 1001),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
