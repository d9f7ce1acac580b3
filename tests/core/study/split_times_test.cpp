#include "core/study/split_times.hpp"

#include "core/fields/diffused_field.hpp"
#include "tests/core/study/slice_state.hpp"

#include <array>
#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

namespace {

/// Two points of one class beside one another, two of another far from them, in 16 dimensions.
Json fourPoints() {
  Json means = Json::array();
  for (const auto& [sign, near] : {std::pair(1, 1), {1, -1}, {-1, 1}, {-1, -1}}) {
    Json mean = Json::array();
    for (int i = 0; i < 16; ++i) mean.push_back(i < 8 ? sign * 1.5 : near * (i == 8 ? 1.5 : 0));
    means.push_back(mean);
  }
  return {{"separatrix", 1},
          {"target", {{"kind", "gaussian-mixture"}, {"means", means}, {"variance", 0}}},
          {"process", {{"kind", "vp-constant"}, {"beta", 2}, {"horizon", 4}}},
          {"ensemble", {{"seed", 3}}}};
}

/// Whether U has a minimum within π/8 of both states of two points of the data, from log p at 2000
/// places of the circle: nothing of scores.
bool isBimodal(const Problem& problem, Index i, Index j, double s) {
  constexpr int kPlaces = 2000;
  const DiffusedField field(problem.target(), problem.process(), s);
  const Potential U = problem.potentialAt(s);
  const Mat& means = problem.data().components()->means;
  const auto seed = problem.scene().ensemble.seed;
  const Vec x1 = stateOf(means.col(i), field.channel(), i, seed);
  const Vec x2 = stateOf(means.col(j), field.channel(), j, seed);
  std::vector<double> values;
  for (int k = 0; k <= kPlaces; ++k) {
    const double angle = -std::numbers::pi / 4 + k * std::numbers::pi / kPlaces;
    const Vec x = std::cos(angle) * x1 + std::sin(angle) * x2;
    values.push_back(U.value(field.batch(x).logEvidence[0], x.squaredNorm()));
  }
  bool first = false, second = false;
  for (std::size_t k = 1; k + 1 < values.size(); ++k) {
    const double angle =
        -std::numbers::pi / 4 + static_cast<double>(k) * std::numbers::pi / kPlaces;
    const bool minimum = values[k] < values[k - 1] && values[k] <= values[k + 1];
    first = first || (minimum && std::abs(angle) < std::numbers::pi / 8);
    second = second || (minimum && std::abs(angle - std::numbers::pi / 2) < std::numbers::pi / 8);
  }
  return first && second;
}

}  // namespace

class SplitTimesTest : public QObject {
  Q_OBJECT

private slots:
  // Of a mixture, found from the score at 33 places: U itself, from log p at 2000, has two minima
  // just below each time and one above it.
  void areWhereUHasTwoMinima() {
    const ProblemPtr problem = problemOf(fourPoints());
    const ResultPtr result = runAnalysis("split-times", *problem, {{"pairs", 6}});
    const auto& found = dynamic_cast<const SplitTimes&>(*result);
    QCOMPARE(found.pairs.size(), std::size_t{6});  // there are no more
    int split = 0;
    for (const SplitTimes::Pair& pair : found.pairs) {
      QVERIFY(!pair.sameClass.has_value());
      if (!pair.splitTime) continue;
      ++split;
      QVERIFY(isBimodal(*problem, pair.i, pair.j, *pair.splitTime * 0.93));
      QVERIFY(!isBimodal(*problem, pair.i, pair.j, *pair.splitTime * 1.07));
    }
    QCOMPARE(split, 6);
    QCOMPARE(found.mean(std::nullopt).pairs, Index{split});
  }

  // Digits: on the circle, which leads outwards between two states that are alike, pairs of one
  // class have two wells at more noise than pairs of two; on the straight line there is no such
  // difference.
  void oneClassPartsSoonerOnTheCircle() {
    const ProblemPtr problem = presetProblem("digits");
    const std::vector<int>& labels = problem->data().components()->labels;
    const auto label = [&](Index k) { return labels[static_cast<std::size_t>(k)]; };
    for (const char* curve : {"circle", "line"}) {
      const ResultPtr result =
          runAnalysis("split-times", *problem, {{"pairs", 30}, {"curve", curve}});
      const auto& found = dynamic_cast<const SplitTimes&>(*result);
      QCOMPARE(found.pairs.size(), std::size_t{60});
      for (const SplitTimes::Pair& pair : found.pairs)
        QCOMPARE(pair.sameClass, std::optional(label(pair.i) == label(pair.j)));
      const SplitTimes::Mean same = found.mean(true), different = found.mean(false);
      QVERIFY(same.pairs == 30 && different.pairs == 30);
      const double apart = (same.splitTime - different.splitTime) /
                           std::hypot(same.standardError, different.standardError);
      const bool circle = curve == std::string("circle");
      QVERIFY2(circle ? apart > 2.5 : std::abs(apart) < 2.5, std::to_string(apart).c_str());
      QCOMPARE(found.meanOfSame.rows(), Index{33});
      QVERIFY(found.meanOfSame.row(8).isZero(0));  // ũ(0) = 0
    }
  }

  // ũ(α) = U(x(α)) − U(x(0)) with U from log p, averaged here over the pairs of each kind: the
  // slopes are summed by the trapezium rule over steps of π/32.
  void meansAreThoseOfU() {
    const ProblemPtr problem = presetProblem("digits");
    const ResultPtr result = runAnalysis("split-times", *problem, {{"pairs", 4}});
    const auto& found = dynamic_cast<const SplitTimes&>(*result);
    const Mat& means = problem->data().components()->means;
    const auto seed = problem->scene().ensemble.seed;
    double kindsDiffer = 0;
    for (std::size_t k = found.times.size() / 4; k < found.times.size(); ++k) {
      const double s = found.times[k];
      const DiffusedField field(problem->target(), problem->process(), s);
      const Potential U = problem->potentialAt(s);
      const auto valueAt = [&](const Vec& x) {
        return U.value(field.batch(x).logEvidence[0], x.squaredNorm());
      };
      std::array<Vec, 2> sums = {Vec::Zero(33), Vec::Zero(33)};
      for (const SplitTimes::Pair& pair : found.pairs) {
        const Vec x1 = stateOf(means.col(pair.i), field.channel(), pair.i, seed);
        const Vec x2 = stateOf(means.col(pair.j), field.channel(), pair.j, seed);
        for (Index i = 0; i < 33; ++i) {
          const double angle = static_cast<double>(i - 8) * std::numbers::pi / 32;
          sums[*pair.sameClass ? 0 : 1][i] +=
              (valueAt(std::cos(angle) * x1 + std::sin(angle) * x2) - valueAt(x1)) / 4;
        }
      }
      const auto column = static_cast<Index>(k);
      const Vec same = found.meanOfSame.col(column), different = found.meanOfDifferent.col(column);
      const double range = sums[0].maxCoeff() - sums[0].minCoeff();
      const double error = std::max((same - sums[0]).cwiseAbs().maxCoeff(),
                                    (different - sums[1]).cwiseAbs().maxCoeff());
      QVERIFY2(error < 0.02 * range, std::to_string(error / range).c_str());
      kindsDiffer = std::max(kindsDiffer, (sums[0] - sums[1]).cwiseAbs().maxCoeff() / range);
    }
    QVERIFY2(kindsDiffer > 0.06, std::to_string(kindsDiffer).c_str());
  }

  void aSinglePairIsEnough() {
    const ResultPtr result = runAnalysis("split-times", *presetProblem("two-deltas"));
    QCOMPARE(dynamic_cast<const SplitTimes&>(*result).pairs.size(), std::size_t{1});
    const Json scene = sceneOf("[[1]]", "1", "0");
    QVERIFY_THROWS_EXCEPTION(Failure, runAnalysis("split-times", *problemOf(scene)));
  }
};

QTEST_GUILESS_MAIN(SplitTimesTest)
#include "split_times_test.moc"
