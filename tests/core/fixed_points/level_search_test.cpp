#include "core/fixed_points/level_search.hpp"

#include "core/fixed_points/reduction.hpp"
#include "core/fixed_points/seeds.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "tests/core/fixed_points/scenes.hpp"

#include <QtCore/QElapsedTimer>

#include <map>

using namespace separatrix;
using namespace separatrix::test;

class LevelSearchTest : public QObject {
  Q_OBJECT

private slots:
  void landscapeIsTheGradient();
  void randomMixturesAgainstAGrid_data();
  void randomMixturesAgainstAGrid();
  void indicesSumToOne();
  void aHundredPoints();
  void cancelsSoon();
};

namespace {

Json randomScene(int seed) {
  std::mt19937 random(static_cast<unsigned>(seed));
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  Json target = {{"kind", "gaussian-mixture"}};
  for (int k = 0; k < 2 + seed % 6; ++k) {
    target["means"].push_back({normal(random), normal(random)});
    target["weights"].push_back(0.2 + uniform(random));
    const double spread = uniform(random);
    target["variances"].push_back(seed % 3 == 0   ? 0.0
                                  : seed % 3 == 1 ? 0.05
                                                  : 0.01 + 0.5 * spread * spread);
  }
  Json scene = sceneOf("[[0]]", "1", "0", seed % 2 == 0 ? kVeBrownian : kVpLinear,
                       std::array{"sde", "free-energy", "energy"}[static_cast<unsigned>(seed) % 3]);
  scene["target"] = target;
  return scene;
}

Json cloud(int points, int dimension, unsigned seed, const char* process) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Json scene = sceneOf("[[0]]", "1", "0", process, "free-energy");
  scene["target"]["means"] = Json::array();
  for (int k = 0; k < points; ++k) {
    Json point = Json::array();
    for (int i = 0; i < dimension; ++i) point.push_back(normal(random));
    scene["target"]["means"].push_back(point);
  }
  return scene;
}

}  // namespace

// Against the target's own score and Hessian, for mixtures (evaluated another way) and reduced.
void LevelSearchTest::landscapeIsTheGradient() {
  for (int seed = 0; seed < 12; ++seed) {
    const ProblemPtr problem = problemOf(randomScene(seed));
    const PotentialAt potential = potentialOf(*problem);
    const auto landscape = makeLandscape(problem->target(), problem->process(), potential);
    const Landscape plain(problem->target(), problem->process(), potential);
    for (const double s : {1e-3, 0.05, 0.4}) {
      const double t = std::log(s);
      const Vec x{{0.3, -0.2}};
      const Posterior at = problem->target().posterior(x, problem->process().channel(s));
      const Potential U = potential(s);
      const double scale = landscape->hessianScale(t);
      const Linearization here = landscape->linearized(x, t);
      const Vec gradient = U.gradient(x, at.score);
      QVERIFY((scale * here.value - gradient).norm() <= 1e-9 * (1 + gradient.norm()));
      const Mat hessian = U.hessian(at.hessian);
      QVERIFY((scale * here.jacobian - hessian).norm() <= 1e-9 * (1 + hessian.norm()));
      QVERIFY((plain.linearized(x, t).jacobian - here.jacobian).norm() <=
              1e-9 * (1 + here.jacobian.norm()));
      QVERIFY(here.roundoff > 0 && here.roundoff < 1e-8);
      QVERIFY(symmetricSpectrum(here.jacobian).maxCoeff() <= 1 + 1e-9);
    }
  }
}

void LevelSearchTest::randomMixturesAgainstAGrid_data() {
  QTest::addColumn<int>("seed");
  for (int seed = 0; seed < 18; ++seed) QTest::addRow("%d", seed) << seed;
}

void LevelSearchTest::randomMixturesAgainstAGrid() {
  QFETCH(int, seed);
  const ProblemPtr problem = problemOf(randomScene(seed));
  const BifurcationDiagram diagram = continued(*problem);
  for (const double fraction : {0.01, 0.06, 0.2}) {
    const double s = fraction * problem->process().horizon();
    const FixedPointSet found = continuedAt(*problem, s);
    for (const Found& expected : fixedPointsFromAGrid(*problem, s, 36)) {
      const bool here = std::any_of(found.points.begin(), found.points.end(), [&](const auto& p) {
        return (p.x - expected.x).norm() < 1e-6 && p.index() == expected.index;
      });
      QVERIFY2(here, ("s = " + std::to_string(s) + ", x = " + std::to_string(expected.x[0]) + " " +
                      std::to_string(expected.x[1]))
                         .c_str());
    }
    QCOMPARE(indexSumOf(found.points), Index{1});
    QCOMPARE(branchesAt(diagram, s), static_cast<int>(found.points.size()));
  }
}

// Morse: U grows at infinity. Nothing here knows where the fixed points are.
void LevelSearchTest::indicesSumToOne() {
  int points = 0;
  for (int seed = 0; seed < 60; ++seed) {
    const int dimension = 1 + seed % 3;
    const ProblemPtr problem = problemOf(cloud(3 + seed % 5, dimension, static_cast<unsigned>(seed),
                                               seed % 2 == 0 ? kVeBrownian : kVpLinear));
    const double s = (seed % 2 == 0 ? 0.3 : 0.12) * (1 + 0.1 * (seed % 4));
    const FixedPointSet found = continuedAt(*problem, s);
    QCOMPARE(indexSumOf(found.points), Index{1});
    points += static_cast<int>(found.points.size());
  }
  QVERIFY(points > 150);
}

void LevelSearchTest::aHundredPoints() {
  const ProblemPtr problem = problemOf(cloud(100, 2, 1, kVeBrownian));
  const BifurcationDiagram diagram = continued(*problem);
  QVERIFY(diagram.coverage == Coverage::searched);
  const double s = 1.5e-3 * problem->process().horizon();
  std::map<Index, int> byIndex;
  for (const FixedPoint& point : continuedAt(*problem, s).points) ++byIndex[point.index()];
  QCOMPARE(byIndex[0] - byIndex[1] + byIndex[2], 1);
  QVERIFY(byIndex[0] > 50);
  QCOMPARE(branchesAt(diagram, s), byIndex[0] + byIndex[1] + byIndex[2]);
  // Close pairs, on which the others have less influence than rounding, part in pitchforks.
  const auto folds = std::count_if(diagram.events.begin(), diagram.events.end(),
                                   [](const auto& event) { return event.kind == EventKind::fold; });
  QVERIFY(folds > static_cast<std::ptrdiff_t>(diagram.events.size()) * 9 / 10);
  for (const BifurcationEvent& event : diagram.events) QCOMPARE(event.multiplicity, 1);
}

void LevelSearchTest::cancelsSoon() {
  const ProblemPtr problem = problemOf(cloud(300, 16, 7, kVpLinear));
  std::stop_source stop;
  QElapsedTimer sinceStop;
  const RunControl control(stop.get_token(), [&](double) {
    if (!stop.stop_requested()) sinceStop.start();
    stop.request_stop();
  });
  QVERIFY_THROWS_EXCEPTION(
      Cancelled, continuedDiagram(problem->target(), problem->process(), potentialOf(*problem),
                                  rangeOf(*problem), control));
  QVERIFY(sinceStop.isValid() && sinceStop.elapsed() < 2000);  // 0.2 s where nothing else runs
}

QTEST_APPLESS_MAIN(LevelSearchTest)
#include "level_search_test.moc"
