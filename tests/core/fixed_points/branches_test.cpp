#include "core/fixed_points/branches.hpp"

#include "tests/core/fixed_points/scenes.hpp"

#include <QtCore/QElapsedTimer>

using namespace separatrix;
using namespace separatrix::test;

class BranchesTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltas();
  void fourDeltasCrossTwice();
  void fourDeltasMovedApartFold();
  void triangleIsTranscritical();
  void octahedronHasAllItsBranches();
  void asymmetricHasFoldsAlone();
  void slightlyUnequalIsAFold();
  void oneDimensionAgreesWithTheCertified_data();
  void oneDimensionAgreesWithTheCertified();
  void reductionIsExact();
  void highDimensionIsReduced();
  void pointsAreWhatTheyClaim();
  void rangeIsKept();
  void cancelsAndReports();
};

namespace {

const FixedPoint* nearest(const std::vector<FixedPoint>& points, const Vec& x) {
  const FixedPoint* best = nullptr;
  for (const FixedPoint& point : points)
    if (best == nullptr || (point.x - x).norm() < (best->x - x).norm()) best = &point;
  return best;
}

std::vector<BifurcationEvent> eventsOf(const BifurcationDiagram& diagram, EventKind kind) {
  std::vector<BifurcationEvent> out;
  for (const BifurcationEvent& event : diagram.events)
    if (event.kind == kind) out.push_back(event);
  return out;
}

Json axisScene(int dimension, const char* process, const char* potential) {
  Json points = Json::array();
  for (int i = 0; i < 2 * dimension; ++i) {
    Json point = Json::array();
    for (int j = 0; j < dimension; ++j) point.push_back(i / 2 == j ? (i % 2 == 0 ? 1 : -1) : 0);
    points.push_back(point);
  }
  return sceneOf(points.dump(), "1", "0", process, potential);
}

}  // namespace

void BranchesTest::twoDeltas() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const BifurcationDiagram diagram = continued(*problem);
  QCOMPARE(diagram.branches.size(), std::size_t{3});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  const BifurcationEvent& event = diagram.events[0];
  QVERIFY(event.kind == EventKind::pitchfork && event.multiplicity == 1);
  QVERIFY(agrees("s_c", event.s, 0.29264165432814315, 1e-10));
  QVERIFY(agrees("θ_c", problem->process().signal(event.s), std::sqrt(std::sqrt(2) - 1), 1e-10));
  for (const std::size_t arm : {1, 2}) {
    const auto& points = diagram.branches[arm].points;
    QCOMPARE(points.front().s, event.s);
    QVERIFY(points.front().stability() == Stability::marginal);
    QVERIFY(points.back().stable());
    QVERIFY(agrees("arm", points.back().x[0], arm == 1 ? -1 : 1, 1e-3));
  }
}

// ve-brownian, free energy: m = ⟨y⟩ loses both directions at the centre at s = C = 1/2.
void BranchesTest::fourDeltasCrossTwice() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const BifurcationDiagram diagram = continued(*problem);
  QVERIFY(diagram.coverage == Coverage::searched);
  QCOMPARE(diagram.events.size(), std::size_t{1});
  QVERIFY(diagram.events[0].kind == EventKind::pitchfork);
  QCOMPARE(diagram.events[0].multiplicity, 2);
  QVERIFY(agrees("s", diagram.events[0].s, 0.5, 1e-10));
  QVERIFY(diagram.events[0].x.norm() < 1e-8);
  QCOMPARE(diagram.branches.size(), std::size_t{9});
  for (const double s : {0.49, 0.45, 0.2}) {
    const FixedPointSet found = continuedAt(*problem, s);
    const auto expected = fixedPointsFromAGrid(*problem, s, 70);
    QCOMPARE(expected.size(), std::size_t{9});
    QCOMPARE(found.points.size(), std::size_t{9});
    QCOMPARE(branchesAt(diagram, s), 9);
    QCOMPARE(indexSumOf(found.points), Index{1});
    for (const Found& other : expected) {
      const FixedPoint* point = nearest(found.points, other.x);
      QVERIFY((point->x - other.x).norm() < 1e-8);
      QCOMPARE(point->index(), other.index);
      // Towards the points stable, between them saddles, the centre a maximum.
      const double smallest = point->x.cwiseAbs().minCoeff();
      const Index index = point->x.norm() < 1e-8 ? 2 : smallest < 1e-8 ? 0 : 1;
      QCOMPARE(point->index(), index);
    }
  }
  QCOMPARE(continuedAt(*problem, 0.51).points.size(), std::size_t{1});
  const FixedPointSet at = continuedAt(*problem, 0.5);
  QCOMPARE(at.points.size(), std::size_t{1});
  QVERIFY(at.points[0].stability() == Stability::marginal);
  QCOMPARE(at.points[0].marginal(), Index{2});
}

void BranchesTest::fourDeltasMovedApartFold() {
  for (const double excess : {1e-3, -1e-3}) {
    Json scene = sceneOf("[[1,0],[0,1],[-1,0],[0,-1]]", "1", "0", kVeBrownian, "free-energy");
    scene["target"]["means"][0][0] = 1 + excess;
    scene["target"]["means"][0][1] = 0.3 * excess;
    const ProblemPtr problem = problemOf(scene);
    const BifurcationDiagram diagram = continued(*problem);
    QCOMPARE(diagram.events.size(), std::size_t{4});
    for (const BifurcationEvent& event : diagram.events) {
      QVERIFY(event.kind == EventKind::fold);
      QCOMPARE(event.multiplicity, 1);
      QVERIFY(std::abs(event.s - 0.5) < 0.05);
    }
    QCOMPARE(branchesAt(diagram, 0.4), 9);
    QCOMPARE(fixedPointsFromAGrid(*problem, 0.4, 40).size(), std::size_t{9});
  }
}

// Three points at the corners of a triangle: the potential has a cubic term at the centre, so the
// branches cross there, and those towards the points fold before.
void BranchesTest::triangleIsTranscritical() {
  Json scene = sceneOf("[[0,0],[0,0],[0,0]]", "1", "0", kVeBrownian, "free-energy");
  for (int k = 0; k < 3; ++k)
    scene["target"]["means"][k] = {std::cos(2 * M_PI * k / 3), std::sin(2 * M_PI * k / 3)};
  const ProblemPtr problem = problemOf(scene);
  const BifurcationDiagram diagram = continued(*problem);
  const auto crossings = eventsOf(diagram, EventKind::transcritical);
  const auto folds = eventsOf(diagram, EventKind::fold);
  QCOMPARE(crossings.size(), std::size_t{1});
  QCOMPARE(crossings[0].multiplicity, 2);
  QVERIFY(agrees("s", crossings[0].s, 0.5, 1e-10));
  QCOMPARE(folds.size(), std::size_t{3});
  QCOMPARE(diagram.events.size(), std::size_t{4});
  for (const BifurcationEvent& fold : folds) {
    QVERIFY(fold.s > 0.5 && agrees("by symmetry", fold.s, folds[0].s, 1e-10));
    QVERIFY(agrees("by symmetry", fold.x.norm(), folds[0].x.norm(), 1e-6));
  }
  for (const double s : {0.51, 0.49, 0.3}) {
    const auto expected = fixedPointsFromAGrid(*problem, s, 100);
    QCOMPARE(branchesAt(diagram, s), static_cast<int>(expected.size()));
    QCOMPARE(expected.size(), std::size_t{7});
  }
}

// Six points on the axes of R³: 6 corners, 12 edges and 8 faces, and the centre.
void BranchesTest::octahedronHasAllItsBranches() {
  const ProblemPtr problem = problemOf(axisScene(3, kVpConstant, "sde"));
  const BifurcationDiagram diagram = continued(*problem, 1e-2, 100);
  const auto forks = eventsOf(diagram, EventKind::pitchfork);
  QCOMPARE(forks.size(), std::size_t{1});
  QCOMPARE(forks[0].multiplicity, 3);
  const double L = 1.0 / 3;  // Λ, the same at all times (theory §3)
  QVERIFY(agrees("θ_c", problem->process().signal(forks[0].s), std::sqrt(std::sqrt(L * L + 1) - L),
                 1e-10));
  std::array<int, 4> byIndex{};
  const FixedPointSet found = continuedAt(*problem, 0.12);
  for (const FixedPoint& point : found.points) ++byIndex[static_cast<std::size_t>(point.index())];
  QCOMPARE(byIndex, (std::array<int, 4>{6, 12, 8, 1}));
  QCOMPARE(branchesAt(diagram, 0.12), 27);
}

void BranchesTest::asymmetricHasFoldsAlone() {
  const ProblemPtr problem = presetProblem("asymmetric");
  const BifurcationDiagram diagram = continued(*problem);
  QCOMPARE(diagram.events.size(), std::size_t{2});
  QCOMPARE(eventsOf(diagram, EventKind::fold).size(), std::size_t{2});
  QCOMPARE(diagram.branches.size(), std::size_t{3});
}

void BranchesTest::slightlyUnequalIsAFold() {
  const std::string weights = Json({0.5 + 1e-6, 0.5 - 1e-6}).dump();
  for (const char* means : {"[[-1],[1]]", "[[-1,0],[1,0]]", "[[-1,0.5],[1,0.7]]"}) {
    const ProblemPtr problem = problemOf(sceneOf(means, weights, "0"));
    const BifurcationDiagram diagram = continued(*problem);
    QCOMPARE(diagram.events.size(), std::size_t{1});
    QVERIFY(diagram.events[0].kind == EventKind::fold);
    QCOMPARE(diagram.branches.size(), std::size_t{2});
  }
}

void BranchesTest::oneDimensionAgreesWithTheCertified_data() {
  QTest::addColumn<QString>("scene");
  const auto row = [](const char* name, const Json& scene) {
    QTest::newRow(name) << QString::fromStdString(scene.dump());
  };
  row("two deltas", sceneOf("[[-1],[1]]", "1", "0"));
  row("unequal", sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0", kVeBrownian, "free-energy"));
  row("three equal", sceneOf("[[-1],[0],[1]]", "1", "0"));
  row("asymmetric", sceneOf("[[-1],[0.5],[2]]", "[0.2, 0.5, 0.3]", "0.04"));
  row("five", sceneOf("[[-2],[-1.1],[0],[0.3],[2]]", "[1, 2, 1, 3, 1]", "0"));
  row("ending", sceneOf("[[-0.1],[0.2],[1.5]]", "[0.5, 0.5, 0.6]", "[4, 0.05, 2.5]"));
  row("coming and going", sceneOf("[[0],[0.1],[3]]", "[1, 1, 3]", "[0.01, 2, 0.5]"));
}

void BranchesTest::oneDimensionAgreesWithTheCertified() {
  QFETCH(QString, scene);
  const ProblemPtr problem = problemOf(parseJson(scene.toStdString(), "scene"));
  const BifurcationDiagram certified =
      scalarDiagram(*problem->target().components(), problem->process(), potentialOf(*problem),
                    rangeOf(*problem), {});
  const BifurcationDiagram diagram = continued(*problem);
  QCOMPARE(diagram.events.size(), certified.events.size());
  QCOMPARE(diagram.branches.size(), certified.branches.size());
  for (const BifurcationEvent& expected : certified.events) {
    const bool found = std::any_of(
        diagram.events.begin(), diagram.events.end(), [&](const BifurcationEvent& event) {
          return event.kind == expected.kind && near(event.s, expected.s, 1e-9) &&
                 near(event.x[0], expected.x[0], 1e-6, 1);
        });
    QVERIFY2(found, (eventName(expected.kind) + " " + std::to_string(expected.s)).c_str());
  }
  for (const double fraction : {0.003, 0.1, 0.3, 1.0}) {
    const double s = fraction * problem->process().horizon();
    const FixedPointSet found = continuedAt(*problem, s);
    const FixedPointSet expected =
        findFixedPoints(problem->target(), problem->process(), potentialOf(*problem), s, {});
    QVERIFY(expected.coverage == Coverage::certified);
    QCOMPARE(found.points.size(), expected.points.size());
    for (std::size_t i = 0; i < found.points.size(); ++i) {
      QVERIFY(agrees("x", found.points[i].x[0], expected.points[i].x[0], 1e-9, 1));
      QVERIFY(agrees("U''", found.points[i].minEigenvalue, expected.points[i].minEigenvalue, 1e-7,
                     1e-3));
    }
  }
}

// Collinear points in the plane are a one-dimensional scene beside a Gaussian across the line.
void BranchesTest::reductionIsExact() {
  for (const char* potential : {"sde", "free-energy"}) {
    const Json scene =
        sceneOf("[[-1,0.5],[0.2,1.1],[2,2]]", "[0.2, 0.5, 0.3]", "0.04", kVpLinear, potential);
    const ProblemPtr problem = problemOf(scene);
    for (const double s : {0.05, 0.15, 0.4}) {
      const FixedPointSet found =
          findFixedPoints(problem->target(), problem->process(), potentialOf(*problem), s, {});
      const auto expected = fixedPointsFromAGrid(*problem, s, 40);
      QVERIFY(found.coverage == Coverage::certified);
      QCOMPARE(found.points.size(), expected.size());
      for (const Found& other : expected) {
        const FixedPoint* point = nearest(found.points, other.x);
        QVERIFY((point->x - other.x).norm() < 1e-8);
        const Posterior at = problem->target().posterior(point->x, problem->process().channel(s));
        const Vec spectrum =
            Eigen::SelfAdjointEigenSolver<Mat>(problem->potentialAt(s).hessian(at.hessian))
                .eigenvalues();
        QCOMPARE(point->spectrum.size(), Index{2});
        for (const Index i : {0, 1})
          QVERIFY(agrees("spectrum", point->spectrum[i], spectrum[i], 1e-9, 1));
      }
    }
  }
}

void BranchesTest::highDimensionIsReduced() {
  QElapsedTimer timer;
  timer.start();
  const int d = 1024;
  Json means = Json::array({Json::array(), Json::array()});
  for (int i = 0; i < d; ++i) {
    const double m = i % 2 == 0 ? 1 : -1;  // |m|² = d
    means[0].push_back(-m);
    means[1].push_back(m);
  }
  const ProblemPtr problem = problemOf(sceneOf(means.dump(), "1", "1", kVpConstant));
  const BifurcationDiagram diagram =
      branchDiagram(problem->target(), problem->process(), potentialOf(*problem),
                    rangeOf(*problem, 1e-3, 100), {});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  QVERIFY(diagram.events[0].kind == EventKind::pitchfork);
  // One-dimensional along m, at ±√d.
  const ProblemPtr line = problemOf(sceneOf("[[-32],[32]]", "1", "1", kVpConstant));
  const BifurcationDiagram expected =
      scalarDiagram(*line->target().components(), line->process(), potentialOf(*line),
                    rangeOf(*line, 1e-3, 100), {});
  QVERIFY(agrees("s_c", diagram.events[0].s, expected.events[0].s, 1e-9));
  const FixedPoint& last = diagram.branches.back().points.back();
  QCOMPARE(last.x.size(), Index{d});
  QCOMPARE(last.spectrum.size(), Index{d});
  QVERIFY(
      agrees("|x|", last.x.norm(), std::abs(expected.branches.back().points.back().x[0]), 1e-9));
  QVERIFY(timer.elapsed() < 20000);
}

void BranchesTest::pointsAreWhatTheyClaim() {
  for (const char* preset : {"four-deltas", "gaussian-mixture"}) {
    const ProblemPtr problem = presetProblem(preset);
    for (const Branch& branch : continued(*problem).branches)
      for (std::size_t i = 0; i < branch.points.size(); i += 5) {
        const FixedPoint& point = branch.points[i];
        const Channel channel = problem->process().channel(point.s);
        const Potential U = problem->potentialAt(point.s);
        const Posterior at = problem->target().posterior(point.x, channel);
        const double scale = U.scoreWeight / channel.noiseVariance;
        QVERIFY(point.converged && point.residual < 1e-9);
        QVERIFY(U.gradient(point.x, at.score).norm() < 1e-9 * (1 + scale));
        const Vec spectrum =
            Eigen::SelfAdjointEigenSolver<Mat>(U.hessian(at.hessian)).eigenvalues();
        for (Index k = 0; k < spectrum.size(); ++k)
          QVERIFY(std::abs(point.spectrum[k] - spectrum[k]) < 1e-7 * (1 + scale));
        QCOMPARE(point.minEigenvalue, point.spectrum[0]);
      }
  }
}

void BranchesTest::rangeIsKept() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const BifurcationDiagram diagram = continuedDiagram(problem->target(), problem->process(),
                                                      potentialOf(*problem), {0.1, 0.3, 20}, {});
  QVERIFY(diagram.events.empty());
  QCOMPARE(diagram.branches.size(), std::size_t{9});
  for (const Branch& branch : diagram.branches)
    for (std::size_t i = 0; i < branch.points.size(); ++i) {
      QVERIFY(branch.points[i].s >= 0.1 * (1 - 1e-12) && branch.points[i].s <= 0.3);
      if (i > 0)
        QVERIFY(std::abs(branch.points[i].s - branch.points[i - 1].s) <= 0.01 * (1 + 1e-6));
    }
}

void BranchesTest::cancelsAndReports() {
  const ProblemPtr problem = presetProblem("four-deltas");
  std::stop_source stop;
  double last = 0;
  const RunControl control(stop.get_token(), [&](double fraction) {
    QVERIFY(fraction >= last && fraction <= 1);
    last = fraction;
    stop.request_stop();
  });
  QVERIFY_THROWS_EXCEPTION(
      Cancelled, continuedDiagram(problem->target(), problem->process(), potentialOf(*problem),
                                  rangeOf(*problem), control));
  QVERIFY(last > 0);
}

QTEST_APPLESS_MAIN(BranchesTest)
#include "branches_test.moc"
