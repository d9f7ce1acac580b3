#include "core/study/drift_field.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fields/extent.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 24;
constexpr Index kDefaultPositions = 17;
constexpr Index kBetweenChecks = 65536;

/// Evenly spread over θ where there is one, so that the columns of a diagram against θ are even.
std::vector<double> evenTimes(const ForwardProcess& process) {
  const TimeAxis axis = timeAxes(process)[process.variancePreserving() ? 2 : 0];
  const double noise = axis.fromTime(process.horizon());
  const double data = axis.fromTime(1e-3 * process.horizon());
  std::vector<double> out;
  for (Index i = 0; i < kDefaultTimes; ++i)
    out.push_back(axis.toTime(noise + (data - noise) * (static_cast<double>(i) + 0.5) /
                                          static_cast<double>(kDefaultTimes)));
  return out;
}

void requireMemoryOfArrows(Index positions, Index times) {
  // A row holds s, signal, x0 and the drift; the drift is also a matrix of its own.
  const double bytes = 40 * static_cast<double>(times);
  requireMemory("range", bytes * static_cast<double>(positions),
                std::to_string(positions) + " positions at " + std::to_string(times) + " times",
                "ask for at most " +
                    std::to_string(static_cast<Index>(kLargestResultBytes / bytes)) + " positions");
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireDimension(problem, 1, "the drift over time");
  const ForwardProcess& process = problem.process();
  auto out = std::make_shared<DriftField>();
  const GridAxis range =
      axisValue(request, "range")
          .value_or(naturalExtent(problem.target(), process, Mat::Identity(1, 1), kDefaultPositions)
                        .front());
  const auto times = axisValue(request, "times");
  requireMemoryOfArrows(range.count, times ? times->count : kDefaultTimes);
  out->times = times ? valuesOf(*times) : evenTimes(process);
  Batch points(1, range.count);
  for (Index i = 0; i < range.count; ++i) {
    if (i % kBetweenChecks == 0) control.checkpoint();
    points(0, i) = range.at(i);
  }
  out->positions.assign(points.data(), points.data() + range.count);
  out->drift.resize(range.count, static_cast<Index>(out->times.size()));
  for (std::size_t t = 0; t < out->times.size(); ++t) {
    control.checkpoint();
    const double s = out->times[t];
    out->signalValues.push_back(process.signal(s));
    const DiffusedField field(problem.target(), process, s);
    const Potential U = problem.potentialAt(s);
    const Batch scores = field.scores(points, control).score;
    for (Index i = 0; i < range.count; ++i) {
      if (i % kBetweenChecks == 0) control.checkpoint();
      out->drift(i, static_cast<Index>(t)) = -U.gradient(points.col(i), scores.col(i))[0];
    }
  }
  return out;
}

}  // namespace

Table DriftField::table() const {
  std::vector<double> s, signal, x, value;
  for (std::size_t t = 0; t < times.size(); ++t)
    for (std::size_t i = 0; i < positions.size(); ++i) {
      s.push_back(times[t]);
      signal.push_back(signalValues[t]);
      x.push_back(positions[i]);
      value.push_back(drift(static_cast<Index>(i), static_cast<Index>(t)));
    }
  Table out;
  out.columns = {{"s", "s", "", std::move(s)},
                 {"signal", "a", "", std::move(signal)},
                 {"x0", "x_0", "", std::move(x)},
                 {"drift", "−∂U/∂x", "", std::move(value)}};
  return out;
}

Analysis driftFieldAnalysis() {
  Analysis out;
  out.id = "drift-field";
  out.title = "Drift over time";
  out.source = "Raya & Ambrogioni 2023, Fig 3";
  const auto grid = [](const std::string& name, const std::string& help) {
    return ParameterSpec::of(ParameterKind::grid, name)
        .labelled(name == "times" ? "Times" : "Range", "", help)
        .within(-1e9, 1e9)
        .orNull();
  };
  out.parameters = {grid("times", "Diffusion times lo:hi:n; automatic: over the whole process."),
                    grid("range",
                         "Positions lo:hi:n; automatic: where the data and their noise "
                         "are.")};
  out.run = run;
  return out;
}

}  // namespace separatrix
