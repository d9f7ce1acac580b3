#include "core/study/bifurcation.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/fixed_points/branches.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/columns.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr Index kMostCoupled = 8;  // dimensions; d spins have up to 3^d fixed points

Index mostFollowed(const Target& target) {
  return target.dimension() == 1 ? 100 : 2000;
}

/// What branches cost: one or two for each component, and matrices of the space they span.
bool takesHours(const Components& parts) {
  constexpr double kMinutes = 4.5e6;  // 1000 points in 64 dimensions
  const auto count = static_cast<double>(parts.count());
  const double spanned = std::min(count - 1, static_cast<double>(parts.means.rows()));
  return count * spanned * spanned > kMinutes;
}

/// A mixture of K parts has up to 2K − 1 fixed points on a line, and not many more elsewhere, at
/// each of the times and at those between where they move fast.
void requireMemoryOfPoints(Index steps, const Target& target) {
  constexpr double kBytesOfPoint = 276;  // in levels, arcs, branches and table together
  constexpr double kBetween = 500;       // times; in one dimension few
  const Index parts = target.components() == nullptr ? 1 : target.components()->count();
  const double bytesOfTime = (kBytesOfPoint + 24.0 * static_cast<double>(target.dimension())) *
                             static_cast<double>(2 * parts - 1);
  const bool line = target.dimension() == 1;
  const double between = line ? 0 : kBetween;
  const auto fitting = static_cast<Index>(kLargestResultBytes / bytesOfTime - between);
  requireMemory("steps", bytesOfTime * (static_cast<double>(steps) + between),
                "the branches of " + std::to_string(parts) + " components" +
                    (line ? "" : " in " + std::to_string(target.dimension()) + " dimensions"),
                fitting > 0 ? "ask for at most " + std::to_string(fitting) + " steps"
                            : "take fewer points or dimensions");
}

/// None where the data have few coordinates, or too many to find them.
Mat firstPrincipalDirections(const Problem& problem) {
  constexpr Index kDrawn = 3;
  if (problem.target().dimension() <= 2) return {};
  try {
    const Mat& all = problem.principalDirections().basis;
    return all.leftCols(std::min(kDrawn, all.cols()));
  } catch (const Failure&) {
    return {};
  }
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireFollowable(problem, mostFollowed(problem.target()), "following all branches");
  const ForwardProcess& process = problem.process();
  DiagramRange range;
  range.steps = request.integer("steps");
  range.to = request.isNull("to") ? process.horizon() : request.real("to");
  range.from = request.isNull("from") ? kShortestShown * process.horizon() : request.real("from");
  if (range.from >= range.to) throw InvalidInput("from", "must be below --to");
  requireMemoryOfPoints(range.steps, problem.target());
  // Both ends have fields; all times between have too.
  const DiffusedField first(problem.target(), process, range.from);
  const DiffusedField last(problem.target(), process, range.to);

  auto out = std::make_shared<Bifurcation>();
  out->dimension = problem.target().dimension();
  out->diagram = branchDiagram(
      problem.target(), process, [&](double s) { return problem.potentialAt(s); }, range, control);
  for (const Branch& branch : out->diagram.branches) {
    control.checkpoint();
    std::vector<double> values, curvatures;
    for (const FixedPoint& point : branch.points) {
      const Potential U = problem.potentialAt(point.s);
      values.push_back(process.signal(point.s));
      curvatures.push_back(U.scoreWeight / process.noiseVariance(point.s) + U.radialWeight);
    }
    out->signalValues.push_back(std::move(values));
    out->onePointCurvatures.push_back(std::move(curvatures));
  }
  out->principal = firstPrincipalDirections(problem);
  return out;
}

}  // namespace

bool tooManyToFollow(const Target& target) {
  if (const Components* parts = target.components())
    return parts->count() > mostFollowed(target) || takesHours(*parts);
  return target.dimension() > kMostCoupled && target.radialTarget() == nullptr;
}

void requireSmallSpan(const Problem& problem, const std::string& what) {
  const Components* parts = problem.target().components();
  if (parts == nullptr || !takesHours(*parts)) return;
  throw Failure(what + " would take hours for " + std::to_string(parts->count()) + " points in " +
                std::to_string(parts->means.rows()) +
                " dimensions; take fewer, of a file with target.limit");
}

void requireFollowable(const Problem& problem, Index mostComponents, const std::string& what) {
  const Target& target = problem.target();
  requireFewComponents(problem, mostComponents, what);
  requireSmallSpan(problem, what);
  const bool coupled = target.components() == nullptr && target.radialTarget() == nullptr;
  if (problem.model() != nullptr && target.dimension() > kMostCoupled)
    throw Failure(what + " of a model works for up to " + std::to_string(kMostCoupled) +
                  " dimensions; this scene has " + std::to_string(target.dimension()));
  if (coupled && target.dimension() > kMostCoupled)
    throw Failure(what + " works for up to " + std::to_string(kMostCoupled) +
                  " coupled spins; this scene has " + std::to_string(target.dimension()) +
                  "; order-parameter finds the one of lowest free energy");
}

double Bifurcation::quantity(const Vec& x, const std::string& name) const {
  if (name == "norm") return x.norm();
  if (name.starts_with("pc")) {
    const Index direction = std::min<Index>(std::stol(name.substr(2)), principal.cols() - 1);
    return direction < 0 ? x[0] : principal.col(direction).dot(x);
  }
  return x[std::min<Index>(std::stol(name), x.size() - 1)];
}

Vec Bifurcation::relativeSpectrum(std::size_t branch, std::size_t point) const {
  return diagram.branches[branch].points[point].spectrum / onePointCurvatures[branch][point];
}

Table Bifurcation::table() const {
  std::vector<std::int64_t> branches;
  std::vector<double> times, signal;
  std::vector<const FixedPoint*> points;
  for (std::size_t b = 0; b < diagram.branches.size(); ++b)
    for (std::size_t i = 0; i < diagram.branches[b].points.size(); ++i) {
      const FixedPoint& point = diagram.branches[b].points[i];
      branches.push_back(static_cast<std::int64_t>(b));
      times.push_back(point.s);
      signal.push_back(signalValues[b][i]);
      points.push_back(&point);
    }
  Table out;
  out.columns.push_back({"branch", "", "", std::move(branches)});
  out.columns.push_back({"s", "s", "", std::move(times)});
  out.columns.push_back({"signal", "a", "", std::move(signal)});
  addCoordinates<double>(out, points.size(), dimension,
                         [&](std::size_t row, Index i) { return points[row]->x[i]; });
  addStability(out, points);
  return out;
}

Analysis bifurcationAnalysis() {
  Analysis out;
  out.id = "bifurcation";
  out.title = "Branches of fixed points";
  out.source = "Raya & Ambrogioni 2023, Eq 8, Fig 3";
  const auto time = [](const std::string& name, const std::string& help) {
    ParameterSpec spec = timeSpec();
    spec.name = name;
    spec.help = help;
    spec.required = false;
    return spec.orNull();
  };
  out.parameters = {
      ParameterSpec::integer("steps", 400)
          .labelled("Steps", "n", "Even time steps; refined where branches move fast.")
          .within(1, 1e6)
          .slider(50, 2000, true),
      time("from", "Least diffusion time; automatic: 1/1000 of the horizon."),
      time("to", "Largest diffusion time; automatic: the horizon."),
  };
  out.run = run;
  return out;
}

}  // namespace separatrix
