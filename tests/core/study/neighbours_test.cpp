#include "core/study/neighbours.hpp"

#include "core/study/memorisation.hpp"
#include "core/study/trajectories.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

const Neighbours& neighboursOf(const ResultPtr& result) {
  return static_cast<const Neighbours&>(*result);
}

ProblemPtr digits() {
  Json json = findSceneJson("digits");
  json["ensemble"] = {{"particles", 20}, {"steps", 100}, {"save_every", 10}};
  const Document document = documentFromJson(json);
  return prepare(document.scene, {document.files});
}

}  // namespace

class NeighboursTest : public QObject {
  Q_OBJECT

private slots:
  // The trajectories of the ensemble, and of each the points in the order of their distances from
  // x/a, found one by one in double precision.
  void thePointsAreThoseOfTheDefinition() {
    const ProblemPtr problem = digits();
    const ResultPtr result =
        runAnalysis("neighbours", *problem, {{"first", 4}, {"paths", 3}, {"count", 5}});
    const Neighbours& found = neighboursOf(result);
    QCOMPARE(found.times.size(), std::size_t{11});
    QVERIFY(found.times.front() == 5 && found.times.back() == 0);
    const ResultPtr whole = runAnalysis("trajectories", *problem);
    const Ensemble& paths = static_cast<const Trajectories&>(*whole).ensemble;
    const Mat& points = problem->target().components()->means;
    for (Index p = 0; p < 3; ++p)
      for (std::size_t k = 0; k < found.times.size(); ++k) {
        const auto state = paths.state(static_cast<Index>(k)).col(4 + p);
        QVERIFY(state == found.states[k].col(p));
        const Vec y = state.cast<double>() * std::exp(found.times[k]);
        const Vec distances = (points.colwise() - y).colwise().norm();
        double before = 0;
        std::set<Index> seen;
        for (std::size_t rank = 0; rank < 5; ++rank) {
          const auto& [point, distance] = found.at(p, k, rank);
          QVERIFY(agrees("distance", distance, distances[point], 1e-4));
          QVERIFY(distance >= before);
          before = distance;
          seen.insert(point);
        }
        QCOMPARE(seen.size(), std::size_t{5});
        for (Index j = 0; j < points.cols(); ++j)
          QVERIFY(seen.contains(j) || distances[j] > (1 - 1e-5) * before);
      }
  }

  // What the trajectories end on, and the last change, are those of `memorisation`.
  void theLastChangeIsTheCollapse() {
    const ProblemPtr problem = digits();
    const ResultPtr result = runAnalysis("neighbours", *problem, {{"paths", 20}});
    const Neighbours& found = neighboursOf(result);
    const ResultPtr other = runAnalysis("memorisation", *problem);
    const auto& end = static_cast<const Memorisation&>(*other);
    const std::size_t last = found.times.size() - 1;
    for (Index p = 0; p < 20; ++p) {
      const auto which = static_cast<std::size_t>(p);
      QCOMPARE(found.at(p, last, 0).point, static_cast<Index>(end.nearest[which]));
      double change = 0;
      for (std::size_t k = 0; k < last; ++k)
        if (found.at(p, k, 0).point != found.at(p, last, 0).point) change = found.times[k];
      QVERIFY(agrees("t̂_C", end.collapseTimes[which], change, 1e-12));
    }
    const Table table = found.table();
    QCOMPARE(table.rows(), std::size_t{20 * 11 * 3});
    QCOMPARE(table.columns.back().name, std::string("label"));
  }

  void fewPointsAndTrajectoriesAreEnough() {
    const ResultPtr result = runAnalysis("neighbours", *presetProblem("four-deltas"));
    QCOMPARE(neighboursOf(result).count, std::size_t{3});
    QCOMPARE(neighboursOf(result).particles, Index{6});
    const ResultPtr two = runAnalysis("neighbours", *presetProblem("two-deltas"));
    QCOMPARE(neighboursOf(two).count, std::size_t{2});
    Json scene = findSceneJson("two-deltas");
    scene["ensemble"]["particles"] = 2;
    QCOMPARE(neighboursOf(runAnalysis("neighbours", *problemOf(scene))).particles, Index{2});
  }

  void whatIsNotThereIsRefused() {
    const ProblemPtr problem = digits();
    const auto with = [&](const Json& values) {
      return refusal([&] { runAnalysis("neighbours", *problem, values); });
    };
    QVERIFY(contains(with({{"first", 20}}), "first: 20 is not one of the ensemble's 20"));
    QVERIFY(contains(with({{"first", 18}, {"paths", 3}}), "paths: the ensemble has 2"));
    QVERIFY_THROWS_EXCEPTION(Failure, runAnalysis("neighbours", *presetProblem("hypersphere")));
  }
};

QTEST_APPLESS_MAIN(NeighboursTest)
#include "neighbours_test.moc"
