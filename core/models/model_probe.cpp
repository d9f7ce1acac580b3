#include "core/models/model_probe.hpp"

#include "core/runtime/errors.hpp"
#include "core/runtime/noise.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace separatrix {
namespace {

constexpr Index kRows = 64;
constexpr std::size_t kMostNumbers = model_protocol::kMostNumbers / kRows;
constexpr Index kUsualSteps = 1000;
constexpr double kEarliest = 1e-3;  // of the last time: an exact score has no value at 0

std::vector<std::vector<std::int64_t>> candidates(
    const std::vector<std::vector<std::int64_t>>& parameters) {
  std::vector<std::vector<std::int64_t>> out;
  for (const auto& weights : parameters) {
    if (weights.size() == 4)
      for (const std::int64_t side : {28, 32, 8, 16, 64}) out.push_back({weights[1], side, side});
    if (weights.size() == 2)
      for (const std::int64_t length : {weights[1], weights[1] - 1, weights[0]})
        if (length >= 1) out.push_back({length});
  }
  for (const std::int64_t length : {1, 2, 64, 784}) out.push_back({length});
  return out;
}

struct Answer {
  std::vector<float> x, y;
  double seconds = 0;
};

Answer ask(ModelHost& model, const ModelCall& call, double time, const RunControl& control) {
  const auto count = static_cast<std::size_t>(kRows * call.numbers());
  Answer out{std::vector<float>(count), std::vector<float>(count)};
  const Noise noise(1);
  noise.normals(NoisePurpose::start, 0, 0, 0, static_cast<Index>(count), out.x.data());
  const std::vector<double> times(static_cast<std::size_t>(kRows), time);
  const auto start = std::chrono::steady_clock::now();
  model.evaluate(call, out.x, times, out.y, control);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

ProbePoint pointOf(const Answer& answer, double time) {
  using Map = Eigen::Map<const Eigen::ArrayXf>;
  const auto size = static_cast<Index>(answer.x.size());
  const Eigen::ArrayXd x = Map(answer.x.data(), size).cast<double>();
  const Eigen::ArrayXd y = Map(answer.y.data(), size).cast<double>();
  ProbePoint out;
  out.time = time;
  out.mean = y.mean();
  const Eigen::ArrayXd dx = x - x.mean(), dy = y - out.mean;
  out.variance = dy.square().mean();
  const double both = std::sqrt(out.variance * dx.square().mean());
  out.correlation = both > 0 ? (dx * dy).mean() / both : 0;
  return out;
}

/// The first call that the model takes; empty: none, and `problem` is what it said last.
std::optional<ModelCall> fittingCall(ModelHost& model,
                                     const std::vector<std::vector<std::int64_t>>& shapes,
                                     std::string& problem, const RunControl& control) {
  for (const auto& shape : shapes)
    for (const bool integers : {false, true}) {
      const ModelCall call{shape, integers};
      if (static_cast<std::size_t>(call.numbers()) > kMostNumbers) {
        problem = "an input of more than " + std::to_string(kMostNumbers) + " numbers is too large";
        continue;
      }
      try {
        ask(model, call, integers ? 1 : 0.5, control);
        return call;
      } catch (const Failure& failure) {
        if (model.processId() < 0) throw;  // no wrong shape is worth dying for
        problem = failure.what();
      }
    }
  return std::nullopt;
}

bool takes(ModelHost& model, const ModelCall& call, Index step, const RunControl& control) {
  try {
    ask(model, call, static_cast<double>(step), control);
    return true;
  } catch (const Failure&) {
    if (model.processId() < 0) throw;
    return false;
  }
}

/// L, where a model has a table of steps 0 … L − 1, and refuses others.
Index stepsOf(ModelHost& model, const ModelCall& call, const RunControl& control) {
  constexpr Index kMost = 1 << 16;
  if (takes(model, call, kMost, control)) return kUsualSteps;
  Index taken = 1, refused = kMost;
  while (refused - taken > 1) {
    const Index middle = (taken + refused) / 2;
    (takes(model, call, middle, control) ? taken : refused) = middle;
  }
  return taken + 1;
}

}  // namespace

ModelProbe probeModel(ModelHost& model, const std::vector<std::vector<std::int64_t>>& shapes,
                      const RunControl& control) {
  const ModelHost::Description description = model.description(control);
  std::string problem;
  const auto call = fittingCall(model, shapes.empty() ? candidates(description.parameters) : shapes,
                                problem, control);
  if (!call)
    throw Failure(shapes.size() == 1
                      ? problem
                      : "no shape of its inputs could be guessed; give it, as in 1,28,28 (the last "
                        "attempt: " +
                            problem + ")");
  ModelProbe out;
  out.signature = description.signature;
  out.call = *call;
  // Where both are taken, real times are: integers are a special case of them.
  out.timeArgument = call->integerTimes ? "step" : "unit";
  if (call->integerTimes) out.steps = stepsOf(model, *call, control);
  const double last = call->integerTimes ? static_cast<double>(out.steps - 1) : 1;
  for (const double share : {kEarliest, 0.25, 0.5, 0.75, 1.0}) {
    const double time = call->integerTimes ? std::floor(share * last) : share;
    const Answer answer = ask(model, *call, time, control);
    out.points.push_back(pointOf(answer, time));
    out.secondsPerBatch = answer.seconds;
  }
  constexpr double kAlike = 0.5;
  const double alike = out.points.back().correlation;
  out.parametrisation = alike > kAlike ? "epsilon" : alike < -kAlike ? "score" : "x0";
  return out;
}

Json ModelProbe::toJson() const {
  Json out;
  out["forward"] = signature;
  out["shape"] = call.shape;
  out["time_argument"] = timeArgument;
  if (steps > 0) out["steps"] = steps;
  out["parametrisation"] = parametrisation;
  out["milliseconds_per_64"] = 1000 * secondsPerBatch;
  for (const ProbePoint& each : points)
    out["probe"].push_back({{"time", each.time},
                            {"mean", each.mean},
                            {"variance", each.variance},
                            {"correlation", each.correlation}});
  return out;
}

}  // namespace separatrix
