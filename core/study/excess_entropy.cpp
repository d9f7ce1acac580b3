#include "core/study/excess_entropy.hpp"

#include "core/regimes/empirical_law.hpp"
#include "core/regimes/excess_entropy.hpp"
#include "core/runtime/errors.hpp"
#include "core/study/empirical_points.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"

#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 20;

/// H of the weights: log n where they are equal.
double priorEntropy(const Components& parts) {
  double out = 0;
  for (const double w : parts.weights)
    if (w > 0) out -= w * std::log(w);
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireLogTime(problem, "the excess entropy");
  const auto [times, diffusionTimes] = logTimesOf(problem, request, kDefaultTimes, 0, control);
  const Index samples = request.integer("samples");
  const ExcessEntropyCurve curve(problem.target());
  const Noise noise(problem.scene().ensemble.seed);
  const auto dimension = static_cast<double>(problem.target().dimension());
  auto out = std::make_shared<ExcessEntropy>();
  out->points = numberOfPoints(problem, request);
  const auto n = static_cast<double>(out->points);
  out->alpha = std::log(n) / dimension;
  std::optional<EmpiricalLaw> law;
  if (samples > 0) {
    const Components points = empiricalPoints(problem, request, control);
    law.emplace(points);
    out->alpha = priorEntropy(points) / dimension;
  }
  if (!(out->alpha > 0)) throw Failure("the excess entropy needs two data points or more");
  const auto shareOfAlpha = [&](const std::optional<double>& f) {
    return f ? *f / out->alpha : std::numeric_limits<double>::quiet_NaN();
  };
  for (std::size_t i = 0; i < times.size(); ++i) {
    const Channel channel = problem.process().channel(diffusionTimes[i]);
    Average entropy{std::numeric_limits<double>::quiet_NaN(), 0};
    if (law)
      entropy = law->averages(channel, samples, noise, static_cast<Index>(i), control).entropy;
    out->times.push_back(times[i]);
    out->sampled.push_back(entropy.value / (dimension * out->alpha));
    out->standardErrors.push_back(entropy.standardError / (dimension * out->alpha));
    out->exact.push_back(shareOfAlpha(curve.exact(channel, n)));
    out->leading.push_back(shareOfAlpha(curve.leading(channel, n)));
    control.progress(static_cast<double>(i + 1) / static_cast<double>(times.size()));
    control.publish(std::make_shared<ExcessEntropy>(*out));
  }
  return out;
}

}  // namespace

std::optional<double> ExcessEntropy::collapseTime(double epsilon) const {
  std::optional<double> out;
  for (std::size_t i = 0; i < times.size(); ++i)
    if (sampled[i] <= epsilon && times[i] > out.value_or(-1)) out = times[i];
  return out;
}

Table ExcessEntropy::table() const {
  Table out;
  out.columns = {{"t", "t", "", times},
                 {"f_over_alpha", "f/α", "", sampled},
                 {"standard_error", "", "", standardErrors},
                 {"f_exact_over_alpha", "f/α", "", exact},
                 {"f_leading_over_alpha", "f/α", "", leading}};
  return out;
}

Analysis excessEntropyAnalysis() {
  Analysis out;
  out.id = "excess-entropy";
  out.title = "Excess entropy of the data points";
  out.source = "Biroli et al. 2024, Eq 10, Figs 3, 5";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {
      timesSpec("Times t = −log a, lo:hi:n; automatic: 20 up to 2, or twice the speciation time."),
      ParameterSpec::integer("samples", 1000)
          .labelled("Samples", "", "Places x at each time; 0: the curves alone.")
          .within(0, 1e7)
          .slider(100, 10000, true),
      pointsSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
