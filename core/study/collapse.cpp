#include "core/study/collapse.hpp"

#include "core/study/empirical_points.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"

#include <limits>
#include <map>

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 20;

/// The label of each class, in the order in which the points have them (classesOf).
std::vector<int> labelsOf(const Components& parts, int classes) {
  std::vector<int> out;
  std::map<int, bool> seen;
  for (const int label : parts.labels)
    if (!std::exchange(seen[label], true)) out.push_back(label);
  for (int c = 0; parts.labels.empty() && c < classes; ++c) out.push_back(c);
  return out;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireLogTime(problem, "the collapse");
  const auto [times, diffusionTimes] = logTimesOf(problem, request, kDefaultTimes, 0, control);
  const Components points = empiricalPoints(problem, request, control);
  const EmpiricalLaw law(points);
  const Noise noise(problem.scene().ensemble.seed);
  auto out = std::make_shared<Collapse>();
  out->points = points.count();
  out->classes = law.classes();
  out->labels = labelsOf(points, law.classes());
  for (std::size_t i = 0; i < times.size(); ++i) {
    out->times.push_back(times[i]);
    out->averages.push_back(law.averages(problem.process().channel(diffusionTimes[i]),
                                         request.integer("samples"), noise, static_cast<Index>(i),
                                         control));
    control.progress(static_cast<double>(i + 1) / static_cast<double>(times.size()));
    control.publish(std::make_shared<Collapse>(*out));
  }
  return out;
}

}  // namespace

std::vector<std::pair<int, int>> Collapse::pairs() const {
  std::vector<std::pair<int, int>> out;
  for (int c = 0; classes <= EmpiricalLaw::kMostPaired && c < classes; ++c)
    for (int other = c + 1; other < classes; ++other) out.emplace_back(c, other);
  return out;
}

double Collapse::partingTime(std::size_t pair, double level) const {
  for (std::size_t i = times.size(); i-- > 1;) {
    const double noisy = averages[i].pairs[pair].value, data = averages[i - 1].pairs[pair].value;
    if (noisy <= level && data > level)
      return times[i - 1] + (times[i] - times[i - 1]) * (data - level) / (data - noisy);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

Table Collapse::table() const {
  Table out;
  out.columns.push_back({"t", "t", "", times});
  const auto add = [&](const std::string& name, const std::string& symbol, const auto& member) {
    std::vector<double> values, errors;
    for (const EmpiricalAverages& each : averages) {
      const Average& average = member(each);
      values.push_back(average.value);
      errors.push_back(average.standardError);
    }
    out.columns.push_back({name, symbol, "", std::move(values)});
    out.columns.push_back({name + "_error", "", "", std::move(errors)});
  };
  add("phi", "φ", [](const auto& each) -> const Average& { return each.sameClass; });
  add("phi_points", "φ_C",
      [](const auto& each) -> const Average& { return each.participationRatio; });
  add("entropy", "H(w)", [](const auto& each) -> const Average& { return each.entropy; });
  const auto all = pairs();
  for (std::size_t k = 0; k < all.size() && classes > 2; ++k) {
    const auto [one, other] = all[k];
    const std::string name = std::to_string(labels[static_cast<std::size_t>(one)]) + "_" +
                             std::to_string(labels[static_cast<std::size_t>(other)]);
    add("phi_" + name, "φ_" + name,
        [k](const auto& each) -> const Average& { return each.pairs[k]; });
  }
  return out;
}

Analysis collapseAnalysis() {
  Analysis out;
  out.id = "collapse";
  out.title = "Same class and same data point over time";
  out.source = "Biroli et al. 2024, Eq 6, Fig 5";
  out.cost = Cost::extended;
  out.usesPotential = false;
  out.usesEnsemble = true;
  out.parameters = {
      timesSpec("Times t = −log a, lo:hi:n; automatic: 20 up to 2, or twice the speciation time."),
      ParameterSpec::integer("samples", 1000)
          .labelled("Samples", "", "Places x at each time.")
          .within(1, 1e7)
          .slider(100, 10000, true),
      pointsSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
