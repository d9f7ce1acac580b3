#include "core/study/plane.hpp"

#include "core/study/basins.hpp"
#include "core/study/field_point.hpp"
#include "core/study/flow.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/trajectories.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

const char* const kMeans =
    "[[1, 0, 0.5, 0, 2], [-1, 0.5, 0, 1, 0], [0, -1, 1, 0.3, -0.7], [0.2, 0.4, -2, 0, 1]]";
const char* const kWeights = "[0.1, 0.4, 0.3, 0.2]";
const Json kRange = {{-1.5, 1.75, 4}, {-2, 1, 3}};
constexpr double kTime = 0.3;

ProblemPtr mixture(const std::string& variances) {
  return problemOf(sceneOf(kMeans, kWeights, variances));
}

Json coordinatesOf(const Vec& x) {
  Json out = Json::array();
  for (const double each : x) out.push_back(each);
  return out;
}

/// The field at the place in R^d where the plane has (u, v): one point at a time, in all d
/// coordinates.
std::shared_ptr<const FieldPoint> fieldAt(const Problem& problem, const Grid& grid, double signal,
                                          Index place) {
  const Plane& plane = *grid.plane;
  const Vec mean = problem.target().mean();
  Vec x = signal * mean;
  for (Index i = 0; i < 2; ++i)
    x += (grid.points(i, place) - signal * mean.dot(plane.basis.col(i))) * plane.basis.col(i);
  const auto result = runAnalysis("field", problem, {{"time", kTime}, {"at", coordinatesOf(x)}});
  return std::dynamic_pointer_cast<const FieldPoint>(result);
}

}  // namespace

class PlaneTest : public QObject {
  Q_OBJECT

private slots:
  void fieldsAreThoseOfTheSpace_data() {
    QTest::addColumn<QString>("variances");
    QTest::addColumn<QString>("plane");
    for (const char* variances : {"0", "0.2", "[0.1, 0.2, 0.3, 0.05]"})
      for (const char* plane : {"principal", "coordinates"})
        QTest::addRow("%s, %s", variances, plane) << variances << plane;
  }

  void fieldsAreThoseOfTheSpace() {
    QFETCH(QString, variances);
    QFETCH(QString, plane);
    const ProblemPtr problem = mixture(variances.toStdString());
    const Json request = {{"time", kTime},
                          {"range", kRange},
                          {"plane", plane.toStdString()},
                          {"horizontal", 1},
                          {"vertical", 3}};
    const auto mapResult = runAnalysis("potential", *problem, request);
    const auto flowResult = runAnalysis("flow", *problem, request);
    const auto basinsResult = runAnalysis("basins", *problem, request);
    const auto& map = static_cast<const PotentialMap&>(*mapResult);
    const auto& flow = static_cast<const Flow&>(*flowResult);
    const auto& basins = static_cast<const Basins&>(*basinsResult);
    const std::vector<std::uint8_t> ranks = destinationRanks(*problem->target().components());
    for (Index p = 0; p < 12; ++p) {
      const auto field = fieldAt(*problem, map.grid, map.signal, p);
      QVERIFY(agrees("U", map.potential[p], field->potential, 1e-11, 1));
      const Vec drift = -map.grid.plane->basis.transpose() * field->gradient;
      QVERIFY((flow.drift.col(p) - drift).norm() < 1e-10 * (1 + drift.norm()));
      for (Index k = 0; k < 4; ++k) {
        const auto at = static_cast<std::size_t>(ranks[static_cast<std::size_t>(k)] * 12 + p);
        QVERIFY(std::abs(static_cast<double>(basins.weights[at]) - field->componentPosterior[k]) <
                1e-6);
      }
    }
    Json single = request;
    single["precision"] = "single";
    const auto fast = runAnalysis("potential", *problem, single);
    const Vec difference = static_cast<const PotentialMap&>(*fast).potential - map.potential;
    QVERIFY(difference.cwiseAbs().maxCoeff() < 1e-4 * (1 + map.potential.cwiseAbs().maxCoeff()));
  }

  void densitiesAreRelativeInManyDimensions() {
    const auto result = runAnalysis("potential", *presetProblem("two-gaussians"), {{"time", 0.5}});
    const auto& map = static_cast<const PotentialMap&>(*result);
    QCOMPARE(map.density.maxCoeff(), 1.0);
    QVERIFY(map.density.minCoeff() < 0.01);
    QCOMPARE(map.table().columns[0].name, std::string("pc0"));
    QCOMPARE(map.table().columns[1].name, std::string("pc1"));
    // It is largest where the means are: |m| e^{−s} along the first principal direction.
    Index best = 0;
    map.density.maxCoeff(&best);
    const double expected = 32 * std::exp(-0.5);
    const double cell = map.grid.axes[0].at(1) - map.grid.axes[0].at(0);
    QVERIFY(std::abs(std::abs(map.grid.points(0, best)) - expected) < 2 * cell);
  }

  void spheresHavePlanesToo() {
    const ProblemPtr problem = presetProblem("hypersphere");
    const auto result =
        runAnalysis("potential", *problem, {{"time", kTime}, {"range", {{0, 1, 2}, {0, 1, 2}}}});
    const auto& map = static_cast<const PotentialMap&>(*result);
    // The same in all directions.
    QVERIFY(agrees("U", map.potential[1], map.potential[2], 1e-12, 1e-3));
    const auto field = fieldAt(*problem, map.grid, map.signal, 3);
    QVERIFY(agrees("U", map.potential[3], field->potential, 1e-11, 1));
  }

  void trajectoriesAreProjected() {
    Json scene = sceneOf(kMeans, kWeights, "0.1");
    scene["ensemble"] = {{"particles", 300}, {"steps", 40}, {"save_every", 7}};
    const ProblemPtr problem = problemOf(scene);
    const auto whole = runAnalysis("trajectories", *problem);
    const auto shadow = runAnalysis("trajectories", *problem, {{"plane", "principal"}});
    const auto& all = static_cast<const Trajectories&>(*whole);
    const auto& seen = static_cast<const Trajectories&>(*shadow);
    QCOMPARE(seen.ensemble.dimension(), Index{2});
    QCOMPARE(seen.ensemble.saved(), all.ensemble.saved());
    QVERIFY(seen.destinations == all.destinations);
    for (Index k = 0; k < all.ensemble.saved(); ++k)
      for (Index p = 0; p < 300; ++p) {
        const Vec x = all.ensemble.state(k).col(p).cast<double>();
        const Vec expected = problem->principalDirections().basis.leftCols(2).transpose() * x;
        const Vec found = seen.ensemble.state(k).col(p).cast<double>();
        QVERIFY((found - expected).norm() < 1e-5 * (1 + x.norm()));
      }
    const Table table = seen.table();
    QCOMPARE(table.columns.size(), std::size_t{5});
    QCOMPARE(table.columns[3].name, std::string("pc0"));
  }

  void whatIsNoPlaneIsRefused() {
    const ProblemPtr problem = mixture("0");
    const auto refusal = [&](const Json& changes) {
      Json request = {{"time", kTime}};
      request.update(changes);
      return test::refusal([&] { runAnalysis("potential", *problem, request); });
    };
    QVERIFY(refusal({{"horizontal", 1}}).find("horizontal direction too") != std::string::npos);
    QVERIFY(refusal({{"plane", "coordinates"}, {"vertical", 5}}).find("0 … 4") !=
            std::string::npos);
    QVERIFY(refusal({{"range", {{0, 1, 2}}}}).find("lo:hi:n,lo:hi:n") != std::string::npos);
    QVERIFY_EXCEPTION_THROWN(
        runAnalysis("trajectories", *presetProblem("two-deltas"), {{"plane", "principal"}}),
        Failure);
  }
};

QTEST_APPLESS_MAIN(PlaneTest)
#include "plane_test.moc"
