#include "core/study/marginal.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fields/extent.hpp"
#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"
#include "core/study/request_values.hpp"
#include "core/study/trajectories.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 60;
constexpr Index kDefaultPositions = 101;
constexpr double kRowBytes = 8 * 4 + 20;  // of the table, the density, the counts and the histogram

struct LinePart {
  double mean, variance, weight;
};

/// The components along one coordinate, equal ones together.
std::vector<LinePart> projected(const Components& parts, Index coordinate) {
  std::vector<LinePart> all;
  for (Index k = 0; k < parts.count(); ++k)
    all.push_back({parts.means(coordinate, k), parts.variances[k], parts.weights[k]});
  const auto place = [](const LinePart& part) { return std::tuple(part.mean, part.variance); };
  std::sort(all.begin(), all.end(),
            [&](const LinePart& a, const LinePart& b) { return place(a) < place(b); });
  std::vector<LinePart> out;
  for (const LinePart& part : all)
    if (!out.empty() && place(out.back()) == place(part))
      out.back().weight += part.weight;
    else
      out.push_back(part);
  return out;
}

double densityAt(double x, const std::vector<LinePart>& parts, const Channel& channel) {
  double sum = 0;
  for (const LinePart& part : parts) {
    const double variance =
        std::max(std::numeric_limits<double>::min(),
                 channel.signal * channel.signal * part.variance + channel.noiseVariance);
    const double off = x - channel.signal * part.mean;
    sum += part.weight * std::exp(-off * off / (2 * variance)) / std::sqrt(variance);
  }
  return sum / std::sqrt(2 * std::numbers::pi);
}

void addDensity(Marginal& out, const Problem& problem, const RunControl& control) {
  const auto cells = static_cast<Index>(out.positions.size());
  std::vector<DiffusedField> fields;
  for (const double s : out.times) fields.emplace_back(problem.target(), problem.process(), s);
  out.density.resize(static_cast<Index>(fields.size()), cells);
  if (const Components* parts = problem.target().components()) {
    const std::vector<LinePart> line = projected(*parts, out.coordinate);
    parallelFor(out.density.rows(), [&](Index t) {
      for (Index i = 0; i < cells; ++i) {
        control.checkpoint();
        out.density(t, i) = densityAt(out.positions[static_cast<std::size_t>(i)], line,
                                      fields[static_cast<std::size_t>(t)].channel());
      }
    });
    return;
  }
  const Batch points = Eigen::Map<const Batch>(out.positions.data(), 1, cells);
  for (Index t = 0; t < out.density.rows(); ++t) {
    control.checkpoint();
    const PosteriorBatch batch = fields[static_cast<std::size_t>(t)].batch(points, control);
    out.density.row(t) = batch.logEvidence.array().exp().transpose();
  }
}

/// The histogram of the ensemble, part by part, so that its size does not matter.
void addHistogram(Marginal& out, const Problem& problem, const RunControl& control) {
  const auto cells = static_cast<Index>(out.positions.size());
  const double width = out.cellWidth();
  const EnsembleSpec& spec = problem.scene().ensemble;
  Batch counts = Batch::Zero(spec.savedStates(), cells);
  const auto add = [&](const Ensemble& part) {
    out.savedTimes = part.times();
    out.startDivergence = part.startDivergence();
    parallelFor(part.saved(), [&](Index k) {
      control.checkpoint();
      const auto state = part.state(k);
      for (Index p = 0; p < part.particles(); ++p) {
        const double place = (state(out.coordinate, p) - out.positions.front()) / width + 0.5;
        if (place >= 0 && place < static_cast<double>(cells))
          ++counts(k, static_cast<Index>(place));
      }
    });
  };
  integrateInParts(problem.target(), problem.process(), spec, Direction::reverse, control, add);
  out.particles = spec.particles;
  out.histogram = (counts / (width * static_cast<double>(spec.particles))).cast<float>();
}

Index coordinateOf(const Request& request, const Target& target) {
  const Index out = request.integer("axis");
  if (out >= target.dimension())
    throw InvalidInput("axis", std::to_string(out) + " is not one of the coordinates 0 … " +
                                   std::to_string(target.dimension() - 1));
  if (target.components() == nullptr && target.dimension() > 1)
    throw Failure(
        "the marginal of this target is not known exactly; it is for mixtures, two-gaussians, "
        "shapes and data sets in any dimension, and for all one-dimensional data");
  return out;
}

GridAxis rangeOf(const Problem& problem, const Request& request, Index coordinate) {
  constexpr double kNarrowest = 1e-6;  // cell beside the coordinates, in single precision
  const GridAxis out =
      axisValue(request, "range")
          .value_or(naturalExtent(problem.target(), problem.process(),
                                  Vec::Unit(problem.target().dimension(), coordinate),
                                  kDefaultPositions)
                        .front());
  if (out.count < 2 || !(out.from < out.to))
    throw InvalidInput("range", "needs two values or more, from the lower to the higher");
  const double largest = std::max(std::abs(out.from), std::abs(out.to));
  if ((out.to - out.from) / static_cast<double>(out.count - 1) <
      std::max(1e-30, kNarrowest * largest))
    throw InvalidInput("range", "its cells are too narrow for single precision; ask for fewer");
  return out;
}

std::vector<double> timesOf(const Problem& problem, const Request& request) {
  if (const auto axis = axisValue(request, "times")) return valuesOf(*axis);
  const ForwardProcess& process = problem.process();
  const TimeAxis axis = timeAxes(process).front();
  const double last = problem.target().hasDensity() ? 0 : shortestTime(process);
  const double from = axis.fromTime(process.horizon()), to = axis.fromTime(last);
  std::vector<double> out;
  for (Index i = 0; i < kDefaultTimes; ++i)
    out.push_back(axis.toTime(GridAxis{from, to, kDefaultTimes}.at(i)));
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<Marginal>();
  out->coordinate = coordinateOf(request, problem.target());
  const GridAxis range = rangeOf(problem, request, out->coordinate);
  const auto times = axisValue(request, "times");
  const double rows = static_cast<double>(times ? times->count : kDefaultTimes) +
                      static_cast<double>(problem.scene().ensemble.savedStates());
  requireMemory("range", kRowBytes * rows * static_cast<double>(range.count),
                std::to_string(range.count) + " cells at so many times",
                "ask for fewer cells or times, or save fewer states");
  out->positions = valuesOf(range);
  out->times = timesOf(problem, request);
  addDensity(*out, problem, control);
  control.publish(std::make_shared<Marginal>(*out));
  addHistogram(*out, problem, control);
  return out;
}

}  // namespace

Table Marginal::table() const {
  std::vector<std::int64_t> sampled;
  std::vector<double> s, x, value;
  const auto add = [&](bool isSampled, const std::vector<double>& rows, const auto& matrix) {
    for (std::size_t t = 0; t < rows.size(); ++t)
      for (std::size_t i = 0; i < positions.size(); ++i) {
        sampled.push_back(isSampled ? 1 : 0);
        s.push_back(rows[t]);
        x.push_back(positions[i]);
        value.push_back(matrix(static_cast<Index>(t), static_cast<Index>(i)));
      }
  };
  add(false, times, density);
  add(true, savedTimes, histogram);
  const std::string index = std::to_string(coordinate);
  Table out;
  out.columns = {{"sampled", "", "", std::move(sampled)},
                 {"s", "s", "", std::move(s)},
                 {"x" + index, "x_" + index, "", std::move(x)},
                 {"density", "p(x_" + index + ", s)", "", std::move(value)}};
  return out;
}

std::string Marginal::remark() const {
  return startRemark(startDivergence);
}

std::optional<NumericArray> Marginal::array() const {
  NumericArray out;
  out.shape = {times.size(), positions.size()};
  out.values.reserve(times.size() * positions.size());
  for (Index t = 0; t < density.rows(); ++t)
    for (Index i = 0; i < density.cols(); ++i)
      out.values.push_back(static_cast<float>(density(t, i)));
  return out;
}

Analysis marginalAnalysis() {
  Analysis out;
  out.id = "marginal";
  out.title = "Density of one coordinate over time";
  out.source = "Song et al. 2021; Biroli et al. 2024, Fig 1";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {
      ParameterSpec::integer("axis", 0)
          .labelled("Coordinate", "i", "Which of the coordinates, from 0.")
          .within(0, 32767)
          .slider(0, 10),
      ParameterSpec::of(ParameterKind::grid, "range")
          .labelled("Range", "x",
                    "Centres of the cells lo:hi:n; automatic: where the data and their noise are.")
          .within(-1e9, 1e9)
          .orNull(),
      timesSpec("Diffusion times lo:hi:n; automatic: over the whole process.")};
  out.run = run;
  return out;
}

}  // namespace separatrix
