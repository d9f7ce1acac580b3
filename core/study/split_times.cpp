#include "core/study/split_times.hpp"

#include "core/processes/time_axis.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/memory_limit.hpp"
#include "core/study/request_values.hpp"
#include "core/study/slice_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <set>

namespace separatrix {
namespace {

constexpr Index kAngles = 33;              // π/32 apart
constexpr Index kFirst = 8, kSecond = 24;  // where the states are, 0 and π/2
constexpr Index kNear = 4;                 // π/8
constexpr Index kAutomaticTimes = 16;

Vec sliceAngles() {
  constexpr double kQuarter = std::numbers::pi / 4;
  return Vec::LinSpaced(kAngles, -kQuarter, 3 * kQuarter);
}

/// A minimum near either state.
bool isBimodal(const Vec& slopes) {
  const auto hasMinimumNear = [&](Index state) {
    for (Index i = state - kNear; i < state + kNear; ++i)
      if (slopes[i] < 0 && slopes[i + 1] >= 0) return true;
    return false;
  };
  return hasMinimumNear(kFirst) && hasMinimumNear(kSecond);
}

/// ũ(α) by the trapezium rule.
Vec potentialOf(const Vec& slopes) {
  const double step = std::numbers::pi / static_cast<double>(kAngles - 1);
  Vec out = Vec::Zero(kAngles);
  for (Index i = 1; i < kAngles; ++i)
    out[i] = out[i - 1] + 0.5 * step * (slopes[i - 1] + slopes[i]);
  return out.array() - out[kFirst];
}

/// Different pairs of the data by chance, up to `count` of one class and as many of two; fewer
/// where there are no more.
std::vector<SplitTimes::Pair> drawPairs(const Problem& problem, Index count) {
  constexpr Index kTriesOfPair = 50;
  const Components* parts = problem.data().components();
  const auto points = parts != nullptr ? static_cast<std::uint64_t>(parts->count())
                                       : static_cast<std::uint64_t>(2 * count);
  const bool labelled = parts != nullptr && !parts->labels.empty();
  std::mt19937_64 random(problem.scene().ensemble.seed);
  std::set<std::pair<Index, Index>> drawn;
  std::vector<SplitTimes::Pair> out;
  std::array<Index, 2> wanted = {count, labelled ? count : 0};
  for (Index tries = 0; tries < kTriesOfPair * count && wanted[0] + wanted[1] > 0; ++tries) {
    const auto i = static_cast<Index>(random() % points), j = static_cast<Index>(random() % points);
    if (i == j) continue;
    SplitTimes::Pair pair{i, j, std::nullopt, std::nullopt};
    if (labelled) {
      const auto label = [&](Index k) { return parts->labels[static_cast<std::size_t>(k)]; };
      pair.sameClass = label(i) == label(j);
    }
    Index& left = wanted[pair.sameClass.value_or(true) ? 0 : 1];
    if (left == 0 || !drawn.insert({std::min(i, j), std::max(i, j)}).second) continue;
    --left;
    out.push_back(pair);
  }
  return out;
}

/// Where between a time with two minima and a later one without they come to be.
double splitBetween(const std::function<bool(double)>& bimodal, double below, double above) {
  constexpr int kHalvings = 4;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = 0.5 * (below + above);
    (bimodal(middle) ? below : above) = middle;
  }
  return 0.5 * (below + above);
}

/// The same below the first time; none down to a part of it.
std::optional<double> splitBefore(const std::function<bool(double)>& bimodal, double first,
                                  double shortest) {
  const double least = std::max(shortest, first / 128);
  for (double s = first / 2; s >= least; s /= 2)
    if (bimodal(s)) return splitBetween(bimodal, s, 2 * s);
  return std::nullopt;
}

ResultPtr run(const Problem& problem, const Request& request, const RunControl& control) {
  const GridAxis axis = timesAxis(problem, request, kAutomaticTimes);
  requireMemory("times", 6.0 * sizeof(double) * kAngles * static_cast<double>(axis.count),
                std::to_string(axis.count) + " times", "ask for fewer");
  auto out = std::make_shared<SplitTimes>();
  const Vec angles = sliceAngles();
  out->angles.assign(angles.begin(), angles.end());
  out->times = valuesOf(axis);
  std::sort(out->times.begin(), out->times.end());
  const std::vector<SplitTimes::Pair> pairs = drawPairs(problem, request.integer("pairs"));
  if (pairs.empty()) throw Failure("split times need two data points or more");
  const SliceKind kind = sliceKind(request);
  std::array<Mat, 2> sums;
  std::array<Index, 2> counts{};
  for (SplitTimes::Pair pair : pairs) {
    control.checkpoint();
    const SlicePair ends = slicePair(problem, pair.i, pair.j);
    const auto slopesAt = [&](double s) {
      return SliceCurve(problem.target(), problem, ends, s, kind).slopes(angles, control);
    };
    const std::size_t group = pair.sameClass.value_or(true) ? 0 : 1;
    if (counts[group]++ == 0) sums[group].setZero(kAngles, axis.count);
    std::optional<std::size_t> last;  // time with two minima
    for (std::size_t k = 0; k < out->times.size(); ++k) {
      const Vec slopes = slopesAt(out->times[k]);
      sums[group].col(static_cast<Index>(k)) += potentialOf(slopes);
      if (isBimodal(slopes)) last = k;
    }
    const auto bimodal = [&](double s) { return isBimodal(slopesAt(s)); };
    if (!last)
      pair.splitTime = splitBefore(bimodal, out->times.front(), shortestTime(problem.process()));
    else if (*last + 1 < out->times.size())
      pair.splitTime = splitBetween(bimodal, out->times[*last], out->times[*last + 1]);
    else
      pair.splitTime = out->times[*last];
    out->pairs.push_back(pair);
    (group == 0 ? out->meanOfSame : out->meanOfDifferent) =
        sums[group] / static_cast<double>(counts[group]);
    control.progress(static_cast<double>(out->pairs.size()) / static_cast<double>(pairs.size()));
    if (out->pairs.size() < pairs.size()) control.publish(std::make_shared<SplitTimes>(*out));
  }
  return out;
}

}  // namespace

SplitTimes::Mean SplitTimes::mean(std::optional<bool> sameClass) const {
  Mean out;
  double squares = 0;
  for (const Pair& pair : pairs) {
    if (pair.sameClass != sameClass || !pair.splitTime) continue;
    ++out.pairs;
    out.splitTime += *pair.splitTime;
    squares += *pair.splitTime * *pair.splitTime;
  }
  const auto n = static_cast<double>(out.pairs);
  out.splitTime /= n;
  out.standardError =
      std::sqrt(std::max(0.0, squares / n - out.splitTime * out.splitTime) / (n - 1));
  return out;
}

Table SplitTimes::table() const {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> i, j, same, split;
  for (const Pair& pair : pairs) {
    i.push_back(static_cast<double>(pair.i));
    j.push_back(static_cast<double>(pair.j));
    same.push_back(pair.sameClass ? static_cast<double>(*pair.sameClass) : kNone);
    split.push_back(pair.splitTime.value_or(kNone));
  }
  Table out;
  out.columns = {{"i", "", "", std::move(i)},
                 {"j", "", "", std::move(j)},
                 {"same_class", "", "", std::move(same)},
                 {"split_time", "s", "", std::move(split)}};
  return out;
}

Analysis splitTimesAnalysis() {
  Analysis out;
  out.id = "split-times";
  out.title = "When the potential between two data points splits, for many pairs";
  out.source = "Raya & Ambrogioni 2023, §4.2, supplement B.2";
  out.cost = Cost::extended;
  out.usesEnsemble = true;  // its seed
  out.parameters = {
      timesSpec("Range of diffusion times; automatic: 16, over the whole process."),
      ParameterSpec::integer("pairs", 10)
          .labelled("Pairs", "", "Of points of one class, and as many of two classes.")
          .within(1, 1e5)
          .slider(5, 200, true),
      curveSpec()};
  out.run = run;
  return out;
}

}  // namespace separatrix
