#include "core/study/slice.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/numerics/panel_integrals.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 5;
constexpr double kTolerance = 1e-7;  // of the integral of |∇U·x'|

/// Two points of the data with a noise of their own each.
struct Pair {
  Vec y[2], z[2];
};

std::array<Index, 2> pairOf(const Request& request) {
  const Vec values = request.vector("pair", 2);
  const bool valid = values.size() == 2 && (values.array() == values.array().floor()).all() &&
                     values.minCoeff() >= 0;
  if (!valid) throw InvalidInput("pair", "is two numbers of data points from 0, as in 0,1");
  if (values[0] == values[1])
    throw InvalidInput("pair", "names one point twice, and between them is no slice");
  return {static_cast<Index>(values[0]), static_cast<Index>(values[1])};
}

/// A point of the data: one of the target's own, or without such the `index`th draw from it.
Vec dataPoint(const Problem& problem, Index index) {
  const Target& data = problem.data();
  const Components* parts = data.components();
  if (parts == nullptr) {
    BatchF draw(data.dimension(), 1);
    data.sample(Noise(problem.scene().ensemble.seed), index, draw);
    return draw.col(0).cast<double>();
  }
  if (index >= parts->count())
    throw InvalidInput("pair", std::to_string(index) + " is not one of the " +
                                   std::to_string(parts->count()) +
                                   " data points, which are counted from 0");
  return parts->means.col(index);
}

Pair drawPair(const Problem& problem, const Request& request) {
  const Noise noise(problem.scene().ensemble.seed);
  Pair out;
  for (std::size_t side = 0; const Index index : pairOf(request)) {
    out.y[side] = dataPoint(problem, index);
    out.z[side].resize(out.y[side].size());
    for (Index i = 0; i < out.z[side].size(); ++i) {
      float z = 0;
      noise.normals(NoisePurpose::start, 0, i, index, 1, &z);
      out.z[side][i] = static_cast<double>(z);
    }
    ++side;
  }
  return out;
}

/// ∇U·x' along the circle through the pair's states at one time.
class Circle {
public:
  Circle(const Problem& problem, const Pair& pair, double s, const RunControl& control)
      : m_field(problem.target(), problem.process(), s),
        m_potential(problem.potentialAt(s)),
        m_control(control) {
    const auto [a, b2] = m_field.channel();
    for (std::size_t side : {0u, 1u})
      m_states[side] = a * pair.y[side] + std::sqrt(b2) * pair.z[side];
  }

  Vec slopes(const Vec& angles) const {
    constexpr Index kNumbers = 4'000'000;
    const Index block = std::max<Index>(1, kNumbers / m_states[0].size());
    Vec out(angles.size());
    for (Index first = 0; first < angles.size(); first += block) {
      const Index count = std::min(block, angles.size() - first);
      const Vec cosine = angles.segment(first, count).array().cos();
      const Vec sine = angles.segment(first, count).array().sin();
      const Batch x = m_states[0] * cosine.transpose() + m_states[1] * sine.transpose();
      const Batch along = m_states[1] * cosine.transpose() - m_states[0] * sine.transpose();
      const Batch score = m_field.scores(x, m_control).score;
      out.segment(first, count) = (m_potential.radialWeight * x - m_potential.scoreWeight * score)
                                      .cwiseProduct(along)
                                      .colwise()
                                      .sum()
                                      .transpose();
    }
    return out;
  }

private:
  DiffusedField m_field;
  Potential m_potential;
  const RunControl& m_control;
  Vec m_states[2];
};

std::vector<double> timesOf(const Problem& problem, const Request& request) {
  const double horizon = problem.process().horizon();
  const GridAxis axis =
      axisValue(request, "times")
          .value_or(GridAxis{horizon / kAutomaticTimes, horizon, kAutomaticTimes});
  requireWithin(axis, problem.process());
  return valuesOf(axis);
}

/// Integrals from 0 to each of the rising `angles`.
Vec integralsFromZero(const Circle& circle, const std::vector<double>& angles,
                      double& uncertainty) {
  std::vector<double> edges = angles;
  edges.push_back(0);
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  const Eigen::Map<const Vec> all(edges.data(), std::ssize(edges));
  const PanelIntegrals panels =
      panelIntegrals([&](const Vec& places) { return circle.slopes(places); }, all, kTolerance);
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
  out->times = timesOf(problem, request);
  const double from = request.real("alpha_from"), to = request.real("alpha_to");
  if (!(from < to))
    throw InvalidInput("alpha_to",
                       numberText(to) + " is not above alpha_from, " + numberText(from));
  out->angles = valuesOf({from, to, request.integer("angles")});
  const auto angles = std::ssize(out->angles), times = std::ssize(out->times);
  requireMemory("angles", 40.0 * static_cast<double>(angles) * static_cast<double>(times),
                "so many angles at so many times", "ask for fewer");
  const Pair pair = drawPair(problem, request);
  out->potentials.resize(angles, times);
  out->gradients.resize(angles, times);
  for (Index k = 0; k < times; ++k) {
    control.checkpoint();
    const Circle circle(problem, pair, out->times[static_cast<std::size_t>(k)], control);
    out->potentials.col(k) = integralsFromZero(circle, out->angles, out->largestUncertainty);
    out->gradients.col(k) = circle.slopes(Eigen::Map<const Vec>(out->angles.data(), angles));
    control.progress(static_cast<double>(k + 1) / static_cast<double>(times));
  }
  return out;
}

ResultPtr runAround(const Problem& problem, const Request& request, const RunControl& control) {
  constexpr Index kPanels = 32;
  auto out = std::make_shared<Circulation>();
  out->times = timesOf(problem, request);
  const Pair pair = drawPair(problem, request);
  const Vec edges = Vec::LinSpaced(kPanels + 1, 0, 2 * std::numbers::pi);
  for (const double s : out->times) {
    control.checkpoint();
    const Circle circle(problem, pair, s, control);
    const PanelIntegrals panels =
        panelIntegrals([&](const Vec& places) { return circle.slopes(places); }, edges, kTolerance);
    out->integrals.push_back(panels.values.sum());
    out->scales.push_back(panels.absolute);
    control.progress(static_cast<double>(out->integrals.size()) /
                     static_cast<double>(out->times.size()));
  }
  return out;
}

/// Which circle, and when.
ParameterSpecs circleSpecs() {
  return {
      timesSpec("Range of diffusion times; automatic: five, over the whole process."),
      ParameterSpec::of(ParameterKind::vector, "pair", Json::array({0, 1}))
          .labelled("Pair", "i, j",
                    "The two data points, counted from 0; of data without points, draws from them.")
          .within(0, 1e9)
          .slider(0, 1000)};
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
  out.parameters = circleSpecs();
  out.parameters.insert(
      out.parameters.end(),
      {ParameterSpec::integer("angles", 101)
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
  out.parameters = circleSpecs();
  out.run = runAround;
  return out;
}

}  // namespace separatrix
