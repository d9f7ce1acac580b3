#include "core/study/participation.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/widest_direction.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "core/thermodynamics/random_energy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr Index kAutomaticTimes = 120;

/// One standard deviation from the mean where the data are widest.
Vec automaticPlace(const Target& target) {
  const Vec e = widestDirection(target);
  return target.mean() + std::sqrt(e.dot(target.covariance() * e)) * e;
}

std::vector<double> timesOf(const Problem& problem, const Request& request) {
  const GridAxis axis = timesAxis(problem, request, kAutomaticTimes);
  requireMemory("times", 100 * static_cast<double>(axis.count),
                std::to_string(axis.count) + " times", "ask for fewer");
  return valuesOf(axis);
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const Target& target = problem.target();
  const Components* parts = target.components();
  if (parts == nullptr)
    throw Failure("the participation ratio needs data with components, whose weights it measures");
  const ForwardProcess& process = problem.process();
  auto out = std::make_shared<Participation>();
  out->times = timesOf(problem, request);
  out->xHat = request.isNull("at") ? automaticPlace(target) : pointValue(request, "at", problem);
  out->levels = std::log2(static_cast<double>(parts->count()));
  const Vec overlaps = parts->means.transpose() * out->xHat;
  const double mean = parts->weights.dot(overlaps);
  const double variance = parts->weights.dot((overlaps.array() - mean).square().matrix());
  out->scale = out->levels > 0 ? std::sqrt(2 * std::max(variance, 0.0) / out->levels) : 0;
  const auto reduced = [&](double s) {
    return out->scale * inverseTemperature(process.channel(s));
  };
  for (const double s : out->times) {
    control.checkpoint();
    const Channel channel = process.channel(s);
    const auto weights = target.weightStatistics(channel.signal * out->xHat, channel);
    out->betas.push_back(inverseTemperature(channel));
    out->ratio.push_back(weights ? weights->participationRatio
                                 : std::numeric_limits<double>::quiet_NaN());
    out->reducedBetas.push_back(reduced(s));
    out->limit.push_back(limitParticipation(reduced(s)));
  }
  const double critical = criticalReducedBeta();
  const double shortest = shortestTime(process);
  const bool reached = reduced(shortest) >= critical && reduced(process.horizon()) <= critical;
  out->criticalTime = reached ? timeWhere(reduced, critical, shortest, process.horizon())
                              : std::numeric_limits<double>::quiet_NaN();
  return out;
}

}  // namespace

Table Participation::table() const {
  Table out;
  out.columns = {{"s", "s", "", times},
                 {"beta", "β", "", betas},
                 {"participation_ratio", "Y", "", ratio},
                 {"reduced_beta", "β̃", "", reducedBetas},
                 {"participation_limit", "E[Y], M → ∞", "", limit},
                 {"critical_s", "s_c", "", std::vector<double>(times.size(), criticalTime)}};
  return out;
}

Analysis participationAnalysis() {
  Analysis out;
  out.id = "participation";
  out.title = "Participation ratio of the data beside the random energy model";
  out.source = "Ambrogioni 2023, Eqs 34–39";
  out.usesPotential = false;
  out.parameters = {timesSpec("Diffusion times lo:hi:n; automatic: 120 up to the horizon."),
                    ParameterSpec::of(ParameterKind::vector, "at")
                        .labelled("At", "x̂",
                                  "The point x̂ = x/a: x1,…; automatic: one standard deviation from "
                                  "the mean, where the data are widest.")
                        .within(-1e9, 1e9)
                        .slider(-2, 2)
                        .orNull()};
  out.run = run;
  return out;
}

}  // namespace separatrix
