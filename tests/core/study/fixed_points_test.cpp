#include "core/study/fixed_points.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class FixedPointsTest : public QObject {
  Q_OBJECT

private slots:
  void everyReferenceValue();
  void tableHasTheStableColumns();
  void otherDimensionsHaveMoreColumns();
  void timeZeroOfADensity();
  void thePotentialFallsAlongUnstableDirections();
};

void FixedPointsTest::everyReferenceValue() {
  const Json& entries = reference().at("fixed_points");
  QCOMPARE(entries.size(), std::size_t{13});
  for (const Json& entry : entries) {
    const ProblemPtr problem = problemOf(sceneOfEntry(entry));
    const ResultPtr result = runAnalysis("fixed-points", *problem, {{"time", entry.at("s")}});
    const auto& found = static_cast<const FixedPoints&>(*result).points;
    const Json& expected = entry.at("fixed_points");
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      QVERIFY(agrees("x", found[i].x[0], expected[i].at("x").get<double>(), 1e-9, 1));
      QVERIFY(agrees("curvature", found[i].minEigenvalue, expected[i].at("curvature").get<double>(),
                     1e-9));
      QCOMPARE(found[i].stable(), expected[i].at("stable").get<bool>());
    }
  }
}

void FixedPointsTest::tableHasTheStableColumns() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const ResultPtr result = runAnalysis("fixed-points", *problem, {{"time", 0.2}});
  const Table table = result->table();
  std::string names;
  for (const Column& column : table.columns) names += column.name + " ";
  QCOMPARE(names, std::string("x0 potential min_eigenvalue stable "));
  QCOMPARE(table.rows(), std::size_t{3});
  const auto& stable = std::get<std::vector<std::int64_t>>(table.columns[3].values);
  QCOMPARE(stable, (std::vector<std::int64_t>{1, 0, 1}));
  // The potential is relative to the origin, which is itself the unstable fixed point here.
  const auto& x = std::get<std::vector<double>>(table.columns[0].values);
  const auto& potential = std::get<std::vector<double>>(table.columns[1].values);
  QVERIFY(std::abs(potential[1]) < 1e-14);
  const Json record = *runAnalysis("field", *problem, {{"time", 0.2}, {"at", {x[0]}}})->record();
  QVERIFY(agrees("potential", potential[0], record.at("potential").get<double>(), 1e-12));
}

void FixedPointsTest::otherDimensionsHaveMoreColumns() {
  const ResultPtr result =
      runAnalysis("fixed-points", *presetProblem("four-deltas"), {{"time", 0.3}});
  const Table table = result->table();
  QCOMPARE(table.columns.size(), std::size_t{5});
  QCOMPARE(table.columns[1].name, std::string("x1"));
  QCOMPARE(table.rows(), std::size_t{9});
  const auto& x0 = std::get<std::vector<double>>(table.columns[0].values);
  QVERIFY(std::is_sorted(x0.begin(), x0.end()));
  const auto& stable = std::get<std::vector<std::int64_t>>(table.columns[4].values);
  QCOMPARE(std::count(stable.begin(), stable.end(), 1), std::ptrdiff_t{4});
  // m = tanh(m/2s)-like on an axis: ⟨y⟩ = sinh(x/s)/(1 + cosh(x/s)) = tanh(x/2s).
  const double x = x0.back();
  QVERIFY(agrees("x", std::tanh(x / 0.6), x, 1e-12));
}

void FixedPointsTest::timeZeroOfADensity() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[-1,0],[1,0.2],[0.3,2]]", "1", "[0.1, 0.1, 0.2]", kVpLinear, "energy"));
  const ResultPtr result = runAnalysis("fixed-points", *problem, {{"time", 0}});
  const auto& found = static_cast<const FixedPoints&>(*result).points;
  QVERIFY(found.size() >= 3);
  for (const FixedPoint& point : found) {
    QCOMPARE(point.s, 0.0);
    const Posterior at = problem->target().posterior(point.x, problem->process().channel(0));
    QVERIFY(point.converged && at.score.norm() < 1e-9);
  }
}

void FixedPointsTest::thePotentialFallsAlongUnstableDirections() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const auto result = runAnalysis("fixed-points", *problem, {{"time", 0.3}});
  const auto& found = static_cast<const FixedPoints&>(*result);
  QCOMPARE(found.unstableDirections.size(), found.points.size());
  const auto U = [&](const Vec& x) {
    const Json at = {x[0], x[1]};
    const Json record = *runAnalysis("field", *problem, {{"time", 0.3}, {"at", at}})->record();
    return record.at("potential").get<double>();
  };
  Index directions = 0;
  for (std::size_t k = 0; k < found.points.size(); ++k) {
    const Vec& x = found.points[k].x;
    const Mat& unstable = found.unstableDirections[k];
    QCOMPARE(unstable.cols(), found.points[k].index());
    directions += unstable.cols();
    for (const auto& direction : unstable.colwise()) {
      QVERIFY(std::abs(direction.norm() - 1) < 1e-12);
      for (const double step : {0.01, -0.01}) QVERIFY(U(x + step * direction) < U(x));
    }
  }
  QCOMPARE(directions, Index{6});  // of four wells, four saddles and a maximum
}

QTEST_APPLESS_MAIN(FixedPointsTest)
#include "fixed_points_test.moc"
