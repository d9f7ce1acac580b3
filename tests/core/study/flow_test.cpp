#include "core/study/flow.hpp"

#include "core/runtime/errors.hpp"
#include "core/study/potential_map.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class FlowTest : public QObject {
  Q_OBJECT

private slots:
  void pointsDownThePotential() {
    const ProblemPtr problem = presetProblem("four-deltas");
    const Json range = {{-1.5, 1.25, 7}, {-2, 1, 5}};
    const auto result = runAnalysis("flow", *problem, {{"time", 0.4}, {"range", range}});
    const Flow& flow = static_cast<const Flow&>(*result);
    QCOMPARE(flow.drift.rows(), Index{2});
    QCOMPARE(flow.drift.cols(), Index{35});
    constexpr double h = 1e-4;
    for (Index p = 0; p < 35; ++p)
      for (Index i = 0; i < 2; ++i) {
        // The slope of U by differences of the potential itself.
        const auto at = [&](double shift) {
          Json around = Json::array();
          for (Index k = 0; k < 2; ++k) {
            const double x = flow.grid.points(k, p) + (k == i ? shift : 0.0);
            around.push_back(Json::array({x, x, 1}));
          }
          const auto map = runAnalysis("potential", *problem, {{"time", 0.4}, {"range", around}});
          return static_cast<const PotentialMap&>(*map).potential[0];
        };
        const double slope = (at(h) - at(-h)) / (2 * h);
        QVERIFY(std::abs(flow.drift(i, p) + slope) < 1e-5 * (1 + std::abs(slope)));
      }
  }

  void theLastAxisIsTheFastest() {
    const auto result = runAnalysis("flow", *presetProblem("four-deltas"),
                                    {{"time", 0.4}, {"range", {{0, 1, 2}, {5, 7, 3}}}});
    const Flow& flow = static_cast<const Flow&>(*result);
    QCOMPARE(flow.grid.points(0, 1), 0.0);
    QCOMPARE(flow.grid.points(1, 1), 6.0);
    QCOMPARE(flow.grid.points(0, 3), 1.0);
    QCOMPARE(flow.table().columns.size(), std::size_t{4});
  }

  void refusesWhatCannotBeDrawn() {
    QVERIFY_EXCEPTION_THROWN(
        runAnalysis("flow", *presetProblem("four-deltas"), {{"time", 0.4}, {"range", {{0, 1, 2}}}}),
        InvalidInput);
  }
};

QTEST_APPLESS_MAIN(FlowTest)
#include "flow_test.moc"
