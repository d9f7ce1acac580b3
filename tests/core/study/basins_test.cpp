#include "core/study/basins.hpp"

#include "core/runtime/errors.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class BasinsTest : public QObject {
  Q_OBJECT

private slots:
  void weightsAreBayes() {
    // Two deltas ±1 with weights 0.3 and 0.7 under ve-brownian: p(x | k) = N(x; y_k, s).
    Json scene = sceneOf("[[-1], [1]]", "[0.3, 0.7]", "0", kVeBrownian);
    const auto result =
        runAnalysis("basins", *problemOf(scene), {{"time", 0.4}, {"range", {{-2, 2, 9}}}});
    const auto& basins = static_cast<const Basins&>(*result);
    QCOMPARE(basins.groups, Index{2});
    for (Index p = 0; p < 9; ++p) {
      const double x = basins.grid.points(0, p);
      const double odds = 0.3 / 0.7 * std::exp(-2 * x / 0.4);
      const double left = odds / (1 + odds);
      QVERIFY(std::abs(static_cast<double>(weight(basins, 0, p)) - left) < 1e-6);
      QVERIFY(std::abs(static_cast<double>(weight(basins, 1, p)) - (1 - left)) < 1e-6);
    }
  }

  void fourDeltasShareTheCentre() {
    const auto result = runAnalysis("basins", *presetProblem("four-deltas"),
                                    {{"time", 0.3}, {"range", {{-1, 1, 3}, {-2, 2, 5}}}});
    const auto& basins = static_cast<const Basins&>(*result);
    QCOMPARE(basins.groups, Index{4});
    const Index centre = 1 * 5 + 2;
    QCOMPARE(basins.grid.points.col(centre).norm(), 0.0);
    for (Index group = 0; group < 4; ++group)
      QVERIFY(std::abs(weight(basins, group, centre) - 0.25F) < 1e-6F);
    // Along x0 the components come as (−1, 0), (0, 1), (0, −1), (1, 0): far up, the second wins.
    const Index up = 1 * 5 + 4;
    QCOMPARE(basins.grid.points(1, up), 2.0);
    QVERIFY(weight(basins, 1, up) > 0.99F);
    for (Index p = 0; p < basins.grid.points.cols(); ++p) {
      float sum = 0;
      for (Index group = 0; group < 4; ++group) sum += weight(basins, group, p);
      QVERIFY(std::abs(sum - 1) < 1e-6F);
    }
  }

  void manyComponentsShareGroups() {
    const auto result = runAnalysis("basins", *presetProblem("spiral"),
                                    {{"time", 0.02}, {"range", {{-1, 1, 3}, {-1, 1, 3}}}});
    QCOMPARE(static_cast<const Basins&>(*result).groups, Basins::kMostGroups);
  }

  void dataWithoutComponentsHaveNone() {
    QVERIFY_EXCEPTION_THROWN(runAnalysis("basins", *presetProblem("hypersphere"), {{"time", 0.3}}),
                             Failure);
  }

private:
  static float weight(const Basins& basins, Index group, Index point) {
    return basins.weights[static_cast<std::size_t>(group * basins.grid.points.cols() + point)];
  }
};

QTEST_APPLESS_MAIN(BasinsTest)
#include "basins_test.moc"
