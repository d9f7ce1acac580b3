#include "core/study/condensation.hpp"

#include "core/study/empirical_points.hpp"
#include "core/study/log_time.hpp"
#include "core/study/request_values.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr Index kDefaultTimes = 200;

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  requireLogTime(problem, "condensation");
  const TwoClasses model = twoClassesOf(problem.target(), "condensation");
  const auto [times, diffusionTimes] = logTimesOf(problem, request, kDefaultTimes, 0, control);
  auto out = std::make_shared<CondensationCurve>();
  const auto points = static_cast<double>(numberOfPoints(problem, request));
  out->alpha = std::log(points) / model.dimension;
  out->collapse = collapseLogTime(model, out->alpha);
  out->times = times;
  for (const double s : diffusionTimes) {
    control.checkpoint();
    out->values.push_back(condensation(model, problem.process().channel(s), out->alpha));
  }
  return out;
}

}  // namespace

Table CondensationCurve::table() const {
  std::vector<double> own, other;
  std::vector<std::int64_t> ownFrozen, otherFrozen;
  for (const Condensation& each : values) {
    own.push_back(each.own.value);
    other.push_back(each.other.value);
    ownFrozen.push_back(each.own.frozen ? 1 : 0);
    otherFrozen.push_back(each.other.frozen ? 1 : 0);
  }
  Table out;
  out.columns = {{"t", "t", "", times},
                 {"psi_plus", "ψ_+", "", std::move(own)},
                 {"plus_frozen", "", "", std::move(ownFrozen)},
                 {"psi_minus", "ψ_−", "", std::move(other)},
                 {"minus_frozen", "", "", std::move(otherFrozen)}};
  return out;
}

Analysis condensationAnalysis() {
  Analysis out;
  out.id = "condensation";
  out.title = "Condensation onto single data points";
  out.source = "Biroli et al. 2024, App C";
  out.usesPotential = false;
  out.parameters = {
      timesSpec("Times t = −log a, lo:hi:n; automatic: 200 up to 2, or twice the speciation "
                "time."),
      pointsSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
