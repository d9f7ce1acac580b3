#include "ui/views/slice_demands.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

const char* const kPairKey = "slice-pair";

}  // namespace

std::array<int, 2> chosenPair(const Session& session) {
  const std::array<int, 2> first = {0, 1};
  const Json stored = session.viewState(kPairKey);
  if (!stored.is_array() || stored.size() != 2) return first;
  const ProblemPtr& problem = session.problem();
  const Components* parts = problem ? problem->data().components() : nullptr;
  std::array<int, 2> out{};
  for (std::size_t i = 0; i < 2; ++i) {
    if (!stored[i].is_number_integer()) return first;
    const auto point = stored[i].get<std::int64_t>();
    const std::int64_t count = parts != nullptr ? parts->count() : 1'000'000'000;
    if (point < 0 || point >= count) return first;
    out[i] = static_cast<int>(point);
  }
  return out[0] == out[1] ? first : out;
}

void choosePair(Session& session, const std::array<int, 2>& pair) {
  session.setViewState(kPairKey, Json(pair));
}

std::vector<Demand> sliceDemands(const Session& session) {
  constexpr int kTimes = 20, kAngles = 25;
  constexpr double kQuarter = std::numbers::pi / 4, kTolerance = 1e-4;
  const double horizon = session.problem()->process().horizon();
  Demand scene{kSlice};
  scene.request = {{"pair", chosenPair(session)}, {"times", {{horizon / kTimes, horizon, kTimes}}},
                   {"angles", kAngles},           {"alpha_from", -kQuarter},
                   {"alpha_to", 3 * kQuarter},    {"tolerance", kTolerance}};
  if (session.problem()->model() == nullptr) return {scene};
  Demand exact = scene;
  exact.request["score"] = "data";
  exact.name = kExactSlice;
  return {scene, exact};
}

Demand splitTimesDemand(const Session& session) {
  constexpr int kPairs = 6, kTimes = 12;
  const double horizon = session.problem()->process().horizon();
  Demand out{"split-times"};
  out.request = {{"pairs", kPairs}, {"times", {{horizon / kTimes, horizon, kTimes}}}};
  return out;
}

std::vector<double> potentialAt(const std::vector<double>& times, const Mat& potentials, double s) {
  const auto above = std::clamp<std::ptrdiff_t>(
      std::lower_bound(times.begin(), times.end(), s) - times.begin(), 0, std::ssize(times) - 1);
  const auto below = std::max<std::ptrdiff_t>(above - 1, 0);
  const double from = times[static_cast<std::size_t>(below)],
               to = times[static_cast<std::size_t>(above)];
  const double share = to > from ? std::clamp((s - from) / (to - from), 0.0, 1.0) : 0;
  const Vec column = (1 - share) * potentials.col(below) + share * potentials.col(above);
  return {column.begin(), column.end()};
}

void addDiffusionTime(Session& session, Plot& plot) {
  plot.setAxis(PlotAxis::bottom, {.title = Plot::tr("diffusion time s"), .reversed = true});
  VerticalLineStyle style;
  style.draggable = true;
  const LineId line = plot.addVerticalLine(style);
  const auto show = [&session, &plot, line] {
    if (!session.problem()) return;
    plot.setLine(line, session.time());
    plot.setRange(PlotAxis::bottom, {0, session.problem()->process().horizon()});
  };
  QObject::connect(&session, &Session::timeChanged, &plot, show);
  QObject::connect(&session, &Session::problemChanged, &plot, show);
  QObject::connect(&plot, &Plot::lineDragged, &plot, [&session, line](LineId id, double s) {
    if (id == line) session.setTime(s);
  });
  show();
}

}  // namespace separatrix
