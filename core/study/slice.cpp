#include "core/study/slice.hpp"

#include "core/numerics/panel_integrals.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/slice_curve.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 5;
constexpr double kTolerance = 1e-7;  // of the integral of |∇U·x'|, where none is asked for

/// The exact score, or the scene's.
const Target& sliceTarget(const Problem& problem, const Request& request) {
  return request.text("score") == "data" ? problem.data() : problem.target();
}

/// Integrals from 0 to each of the rising `angles`.
Vec integralsFromZero(const std::function<Vec(const Vec&)>& slopes,
                      const std::vector<double>& angles, double tolerance, double& uncertainty) {
  std::vector<double> edges = angles;
  edges.push_back(0);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  const Eigen::Map<const Vec> all(edges.data(), std::ssize(edges));
  const PanelIntegrals panels = panelIntegrals(slopes, all, tolerance);
  uncertainty = std::max(uncertainty, panels.uncertainty);
  Vec sums = Vec::Zero(all.size());
  for (Index i = 1; i < sums.size(); ++i) sums[i] = sums[i - 1] + panels.values[i - 1];
  const auto placeOf = [&](double angle) {
    return std::lower_bound(edges.begin(), edges.end(), angle) - edges.begin();
  };
  Vec out(std::ssize(angles));
  for (std::size_t i = 0; i < angles.size(); ++i)
    out[static_cast<Index>(i)] = sums[placeOf(angles[i])] - sums[placeOf(0)];
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  auto out = std::make_shared<Slice>();
  out->times = valuesOf(timesAxis(problem, request, kAutomaticTimes));
  const double from = request.real("alpha_from"), to = request.real("alpha_to");
  if (!(from < to))
    throw InvalidInput("alpha_to",
                       numberText(to) + " is not above alpha_from, " + numberText(from));
  out->angles = valuesOf({from, to, request.integer("angles")});
  const auto angles = std::ssize(out->angles), times = std::ssize(out->times);
  requireMemory("angles", 40.0 * static_cast<double>(angles) * static_cast<double>(times),
                "so many angles at so many times", "ask for fewer");
  const SlicePair pair = slicePair(problem, request);
  const SliceKind kind = sliceKind(request);
  const double tolerance = request.real("tolerance");
  constexpr std::ptrdiff_t kMostPublished = 1'000'000;  // numbers
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  out->potentials.setConstant(angles, times, kNone);
  out->gradients.setConstant(angles, times, kNone);
  // From noise to data, as it is shown while it grows.
  for (Index k = times - 1; k >= 0; --k) {
    control.checkpoint();
    const SliceCurve curve(sliceTarget(problem, request), problem, pair,
                           out->times[static_cast<std::size_t>(k)], kind);
    const auto slopes = [&](const Vec& places) { return curve.slopes(places, control); };
    out->potentials.col(k) =
        integralsFromZero(slopes, out->angles, tolerance, out->largestUncertainty);
    out->gradients.col(k) = slopes(Eigen::Map<const Vec>(out->angles.data(), angles));
    control.progress(static_cast<double>(times - k) / static_cast<double>(times));
    if (k > 0 && angles * times < kMostPublished) control.publish(std::make_shared<Slice>(*out));
  }
  return out;
}

ResultPtr runAround(const Problem& problem, const Request& request, const RunControl& control) {
  constexpr Index kPanels = 16;
  auto out = std::make_shared<Circulation>();
  out->times = valuesOf(timesAxis(problem, request, kAutomaticTimes));
  const SlicePair pair = slicePair(problem, request);
  const Vec edges = Vec::LinSpaced(kPanels + 1, 0, 2 * std::numbers::pi);
  for (const double s : out->times) {
    control.checkpoint();
    const SliceCurve circle(sliceTarget(problem, request), problem, pair, s);
    const PanelIntegrals panels =
        panelIntegrals([&](const Vec& places) { return circle.slopes(places, control); }, edges,
                       request.real("tolerance"));
    out->integrals.push_back(panels.values.sum());
    out->scales.push_back(panels.absolute);
    control.progress(static_cast<double>(out->integrals.size()) /
                     static_cast<double>(out->times.size()));
  }
  return out;
}

/// Between which states, when, with which score.
ParameterSpecs sliceSpecs() {
  return {timesSpec("Range of diffusion times; automatic: five, over the whole process."),
          pairSpec(),
          ParameterSpec::choice("score", {"scene", "data"})
              .labelled("Score", "",
                        "The scene's, which may be a model's, or the exact one of its data."),
          ParameterSpec::real("tolerance", kTolerance)
              .labelled("Tolerance", "", "Of the integrals, as a part of that of |∇U·x'|.")
              .within(1e-12, 1)
              .slider(1e-9, 1e-2, true)};
}

}  // namespace

Table Slice::table() const {
  std::vector<double> s, alpha, potential, gradient;
  for (std::size_t k = 0; k < times.size(); ++k)
    for (std::size_t i = 0; i < angles.size(); ++i) {
      s.push_back(times[k]);
      alpha.push_back(angles[i]);
      potential.push_back(potentials(static_cast<Index>(i), static_cast<Index>(k)));
      gradient.push_back(gradients(static_cast<Index>(i), static_cast<Index>(k)));
    }
  Table out;
  out.columns = {{"s", "s", "", std::move(s)},
                 {"alpha", "α", "", std::move(alpha)},
                 {"potential", "ũ(α)", "", std::move(potential)},
                 {"gradient", "∇U·x'", "", std::move(gradient)}};
  return out;
}

std::string Slice::remark() const {
  constexpr double kVisible = 1e-3;
  const double range = potentials.maxCoeff() - potentials.minCoeff();
  if (!(largestUncertainty > kVisible * range)) return {};
  return "the score changes too fast along the slice: its integrals are uncertain by up to " +
         numberText(largestUncertainty);
}

Analysis sliceAnalysis() {
  Analysis out;
  out.id = "slice";
  out.title = "The potential along a slice between two data points";
  out.source = "Raya & Ambrogioni 2023, §4.2, Fig 1b";
  out.cost = Cost::extended;
  out.usesEnsemble = true;  // its seed
  constexpr double kTurn = 2 * std::numbers::pi;
  out.parameters = sliceSpecs();
  out.parameters.insert(
      out.parameters.end(),
      {curveSpec(),
       ParameterSpec::integer("angles", 101)
           .labelled("Angles", "", "How many places α along the slice.")
           .within(2, 100000)
           .slider(11, 401),
       ParameterSpec::real("alpha_from", 0)
           .labelled("From", "α", "The slice's first angle; the first state is at 0.")
           .within(-kTurn, kTurn)
           .slider(-kTurn, 0),
       ParameterSpec::real("alpha_to", std::numbers::pi / 2)
           .labelled("To", "α", "Its last angle; the second state is at π/2.")
           .within(-kTurn, kTurn)
           .slider(0, kTurn)});
  out.run = run;
  return out;
}

Table Circulation::table() const {
  Table out;
  out.columns = {{"s", "s", "", times},
                 {"circulation", "∮ ∇U·dx", "", integrals},
                 {"scale", "∮ |∇U·dx|", "", scales}};
  return out;
}

Analysis circulationAnalysis() {
  Analysis out;
  out.id = "circulation";
  out.title = "How far the score is from a gradient";
  out.source = "Raya & Ambrogioni 2023, §4.2";
  out.cost = Cost::extended;
  out.usesEnsemble = true;  // its seed
  out.parameters = sliceSpecs();
  out.run = runAround;
  return out;
}

}  // namespace separatrix
