#include "core/fixed_points/diagram.hpp"

#include "core/fixed_points/find_scalar.hpp"
#include "core/fixed_points/scalar_gradient.hpp"
#include "core/processes/time_axis.hpp"
#include "tests/core/support.hpp"

#include <Eigen/LU>

#include <map>

using namespace separatrix;
using namespace separatrix::test;

class DiagramTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltasSplitInOnePitchfork();
  void unequalDeltasHaveOneFold();
  void threeSpreadComponentsHaveTwoFolds();
  void threeEqualDeltas();
  void imperfectPitchforkIsAFold();
  void arcsCanEndTowardsTheData();
  void branchesAreWhatTheyClaim_data();
  void branchesAreWhatTheyClaim();
  void finerStepsFindTheSameEvents();
  void rangeIsKept();
  void cancelsAndReports();
};

namespace {

BifurcationDiagram diagramOf(const Problem& problem, Index steps = 400, double from = 1e-3,
                             double to = 1, const RunControl& control = {}) {
  const double horizon = problem.process().horizon();
  return scalarDiagram(
      *problem.target().components(), problem.process(),
      [&](double s) { return problem.potentialAt(s); }, {from * horizon, to * horizon, steps},
      control);
}

/// The fold near (s, x) by Newton's method on U' = U'' = 0 with differences for the derivatives:
/// uses the target's score and Hessian only.
struct Place {
  double s, x;
};

Place foldByNewton(const Problem& problem, Place at) {
  const auto residual = [&](double s, double x) {
    const Vec point = Vec::Constant(1, x);
    const Posterior p = problem.target().posterior(point, problem.process().channel(s));
    const Potential U = problem.potentialAt(s);
    return Eigen::Vector2d(U.gradient(point, p.score)[0], U.hessian(p.hessian)(0, 0));
  };
  for (int i = 0; i < 50; ++i) {
    const double hs = 1e-5 * at.s, hx = 1e-5;
    Eigen::Matrix2d jacobian;
    jacobian.col(0) = (residual(at.s + hs, at.x) - residual(at.s - hs, at.x)) / (2 * hs);
    jacobian.col(1) = (residual(at.s, at.x + hx) - residual(at.s, at.x - hx)) / (2 * hx);
    const Eigen::Vector2d move = jacobian.inverse() * residual(at.s, at.x);
    at.s -= move[0];
    at.x -= move[1];
  }
  return at;
}

double slope(const Problem& problem, double s, double x) {
  const Vec point = Vec::Constant(1, x);
  const Posterior p = problem.target().posterior(point, problem.process().channel(s));
  return problem.potentialAt(s).gradient(point, p.score)[0];
}

}  // namespace

void DiagramTest::twoDeltasSplitInOnePitchfork() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const BifurcationDiagram diagram = diagramOf(*problem);
  QCOMPARE(diagram.branches.size(), std::size_t{3});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  const BifurcationEvent& event = diagram.events[0];
  QVERIFY(event.kind == EventKind::pitchfork && event.multiplicity == 1);
  QVERIFY(agrees("s_c", event.s, 0.29264165432814315, 1e-10));
  QVERIFY(std::abs(event.x[0]) < 1e-7);
  // The branch from the horizon stays at the origin; the others start at the pitchfork.
  for (const FixedPoint& point : diagram.branches[0].points) {
    QVERIFY(std::abs(point.x[0]) < 1e-6);
    if (std::abs(point.s - event.s) > 1e-6) QCOMPARE(point.stable(), point.s > event.s);
  }
  for (const std::size_t arm : {1, 2}) {
    QCOMPARE(diagram.branches[arm].points.front().s, event.s);
    const FixedPoint& last = diagram.branches[arm].points.back();
    QVERIFY(agrees("arm", last.x[0], arm == 1 ? -1 : 1, 1e-3));
    QVERIFY(last.stable());
  }
}

void DiagramTest::unequalDeltasHaveOneFold() {
  for (const char* process : {kVpLinear, kVeBrownian, kVpConstant})
    for (const char* potential : {"sde", "free-energy"}) {
      const ProblemPtr problem =
          problemOf(sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0", process, potential));
      const BifurcationDiagram diagram = diagramOf(*problem);
      QCOMPARE(diagram.events.size(), std::size_t{1});
      QCOMPARE(diagram.branches.size(), std::size_t{2});
      const BifurcationEvent& fold = diagram.events[0];
      QVERIFY(fold.kind == EventKind::fold);
      const Place expected = foldByNewton(*problem, {fold.s, fold.x[0]});
      QVERIFY(agrees("s", fold.s, expected.s, 1e-9));
      QVERIFY(agrees("x", fold.x[0], expected.x, 1e-6));
      // Both arms are one branch, which goes up to the fold and down again.
      const auto& arms = diagram.branches[1].points;
      const auto top = std::max_element(arms.begin(), arms.end(),
                                        [](const auto& a, const auto& b) { return a.s < b.s; });
      QCOMPARE(top->s, fold.s);
      QVERIFY(top != arms.begin() && top + 1 != arms.end());
      QVERIFY(std::is_sorted(arms.begin(), top, [](auto& a, auto& b) { return a.s < b.s; }));
      QVERIFY(std::is_sorted(top, arms.end(), [](auto& a, auto& b) { return a.s > b.s; }));
      QVERIFY(arms.front().stable() != arms.back().stable());
      QVERIFY(std::all_of(diagram.branches[0].points.begin(), diagram.branches[0].points.end(),
                          [](const FixedPoint& point) { return point.stable(); }));
    }
}

void DiagramTest::threeSpreadComponentsHaveTwoFolds() {
  const ProblemPtr problem = presetProblem("asymmetric");
  const BifurcationDiagram diagram = diagramOf(*problem);
  QCOMPARE(diagram.events.size(), std::size_t{2});
  QCOMPARE(diagram.branches.size(), std::size_t{3});
  QVERIFY(diagram.events[0].s > diagram.events[1].s);
  for (const BifurcationEvent& fold : diagram.events) {
    QVERIFY(fold.kind == EventKind::fold);
    const Place expected = foldByNewton(*problem, {fold.s, fold.x[0]});
    QVERIFY(agrees("s", fold.s, expected.s, 1e-9));
  }
}

// (−1, 0, 1) is symmetric: whatever happens off the middle happens twice at once.
void DiagramTest::threeEqualDeltas() {
  for (const char* process : {kVpLinear, kVeBrownian}) {
    const ProblemPtr problem = problemOf(sceneOf("[[-1],[0],[1]]", "1", "0", process));
    const BifurcationDiagram diagram = diagramOf(*problem);
    int born = 0;
    for (const BifurcationEvent& event : diagram.events) {
      const bool middle = std::abs(event.x[0]) < 1e-4;
      QCOMPARE(event.kind == EventKind::pitchfork, middle);
      if (event.kind == EventKind::fold) {
        const Place expected = foldByNewton(*problem, {event.s, event.x[0]});
        QVERIFY(agrees("s", event.s, expected.s, 1e-9));
        bool mirrored = false;
        for (const BifurcationEvent& other : diagram.events)
          mirrored = mirrored || (std::abs(other.x[0] + event.x[0]) < 1e-6 &&
                                  std::abs(other.s - event.s) < 1e-9);
        QVERIFY(mirrored);
      }
      ++born;
    }
    QVERIFY(born >= 2);
    // At the data end: three points and two barriers.
    int atTheEnd = 0;
    for (const Branch& branch : diagram.branches)
      for (const FixedPoint& point : branch.points)
        atTheEnd += point.s == 1e-3 * problem->process().horizon() ? 1 : 0;
    QCOMPARE(atTheEnd, 5);
  }
}

void DiagramTest::imperfectPitchforkIsAFold() {
  for (const double excess : {1e-4, 1e-6}) {
    const std::string weights = Json({0.5 + excess, 0.5 - excess}).dump();
    const ProblemPtr problem = problemOf(sceneOf("[[-1],[1]]", weights, "0"));
    const BifurcationDiagram diagram = diagramOf(*problem);
    QCOMPARE(diagram.events.size(), std::size_t{1});
    const BifurcationEvent& fold = diagram.events[0];
    QVERIFY(fold.kind == EventKind::fold);
    QVERIFY(fold.x[0] > 0 && fold.s < 0.29264165432814315);
    const Place expected = foldByNewton(*problem, {fold.s, fold.x[0]});
    QVERIFY(agrees("s", fold.s, expected.s, 1e-9));
    QCOMPARE(diagram.branches.size(), std::size_t{2});
  }
}

// A narrow part between wide ones: a pair of fixed points that exists at large s only.
void DiagramTest::arcsCanEndTowardsTheData() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[-0.1],[0.2],[1.5]]", "[0.5, 0.5, 0.6]", "[4, 0.05, 2.5]"));
  const BifurcationDiagram diagram = diagramOf(*problem);
  int ending = 0;
  for (const BifurcationEvent& event : diagram.events) {
    if (event.kind != EventKind::fold) continue;
    const Place expected = foldByNewton(*problem, {event.s, event.x[0]});
    QVERIFY(agrees("s", event.s, expected.s, 1e-9));
    for (const Branch& branch : diagram.branches) {
      const auto bottom = std::min_element(branch.points.begin(), branch.points.end(),
                                           [](auto& a, auto& b) { return a.s < b.s; });
      ending += bottom->s == event.s && bottom != branch.points.begin() &&
                bottom + 1 != branch.points.end();
    }
  }
  QCOMPARE(ending, 1);
}

void DiagramTest::branchesAreWhatTheyClaim_data() {
  QTest::addColumn<QString>("scene");
  const auto row = [](const char* name, const Json& scene) {
    QTest::newRow(name) << QString::fromStdString(scene.dump());
  };
  row("two deltas", sceneOf("[[-1],[1]]", "1", "0"));
  row("unequal", sceneOf("[[-1],[1]]", "[0.3, 0.7]", "0", kVeBrownian, "free-energy"));
  row("ode", sceneOf("[[-1],[0.2],[1]]", "[1, 2, 1]", "0.1", kVpConstant, "ode"));
  row("asymmetric", sceneOf("[[-1],[0.5],[2]]", "[0.2, 0.5, 0.3]", "0.04"));
  row("five", sceneOf("[[-2],[-1.1],[0],[0.3],[2]]", "[1, 2, 1, 3, 1]", "0"));
  row("coming and going", sceneOf("[[0],[0.1],[3]]", "[1, 1, 3]", "[0.01, 2, 0.5]"));
  row("turned down", sceneOf("[[-1],[1]]", "1", "3", kVpConstant, "ode"));
}

void DiagramTest::branchesAreWhatTheyClaim() {
  QFETCH(QString, scene);
  const ProblemPtr problem = problemOf(parseJson(scene.toStdString(), "scene"));
  const BifurcationDiagram diagram = diagramOf(*problem);
  std::map<double, std::size_t> perTime;
  std::vector<double> events;
  for (const BifurcationEvent& event : diagram.events) events.push_back(event.s);
  QVERIFY(std::is_sorted(events.rbegin(), events.rend()));
  for (const Branch& branch : diagram.branches) {
    QVERIFY(!branch.points.empty());
    for (std::size_t i = 0; i < branch.points.size(); ++i) {
      const FixedPoint& point = branch.points[i];
      ++perTime[point.s];
      const double scale =
          problem->potentialAt(point.s).scoreWeight / problem->process().noiseVariance(point.s);
      // An event's place is known to 1e-10 in s, so U' is zero there to that times its rate.
      const bool atEvent = point.minEigenvalue == 0;
      QVERIFY(std::abs(slope(*problem, point.s, point.x[0])) <=
              (atEvent ? 1e-7 : 1e-11) * (1 + scale) * (1 + std::abs(point.x[0])));
      if (i == 0) continue;
      const FixedPoint& before = branch.points[i - 1];
      const double low = std::min(before.s, point.s), high = std::max(before.s, point.s);
      const bool crosses = std::any_of(events.begin(), events.end(), [&](double s) {
        return s >= low - 1e-8 && s <= high + 1e-8;
      });
      if (!crosses) QCOMPARE(point.stable(), before.stable());
    }
  }
  std::size_t times = 0;
  for (const auto& [s, count] : perTime) {
    if (std::count(events.begin(), events.end(), s) > 0) continue;  // counted by its branches
    const auto found = findScalarFixedPoints(
        *problem->target().components(), problem->process().channel(s), problem->potentialAt(s));
    QCOMPARE(count, found.size());
    ++times;
  }
  QVERIFY(times >= 401);
}

void DiagramTest::finerStepsFindTheSameEvents() {
  for (const char* means : {"[[-1],[0.5],[2]]", "[[-1],[0],[1]]", "[[-2],[-1.1],[0],[0.3],[2]]"}) {
    const ProblemPtr problem = problemOf(sceneOf(means, "1", "0.01"));
    const BifurcationDiagram coarse = diagramOf(*problem, 30);
    const BifurcationDiagram fine = diagramOf(*problem, 2000);
    QCOMPARE(coarse.events.size(), fine.events.size());
    QCOMPARE(coarse.branches.size(), fine.branches.size());
    QVERIFY(!fine.events.empty());
    for (std::size_t i = 0; i < fine.events.size(); ++i) {
      QVERIFY(coarse.events[i].kind == fine.events[i].kind);
      QVERIFY(agrees("s", coarse.events[i].s, fine.events[i].s, 1e-9));
    }
  }
}

void DiagramTest::rangeIsKept() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const BifurcationDiagram late = diagramOf(*problem, 7, 0.4, 0.9);
  QCOMPARE(late.branches.size(), std::size_t{1});
  QVERIFY(late.events.empty());
  QCOMPARE(late.branches[0].points.size(), std::size_t{8});
  QCOMPARE(late.branches[0].points.front().s, 0.9);
  QCOMPARE(late.branches[0].points.back().s, 0.4);
  const BifurcationDiagram early = diagramOf(*problem, 1, 0.1, 0.2);
  QCOMPARE(early.branches.size(), std::size_t{3});
  for (std::size_t i = 1; i < 3; ++i)
    QVERIFY(early.branches[i].points[0].x[0] > early.branches[i - 1].points[0].x[0]);
}

void DiagramTest::cancelsAndReports() {
  const ProblemPtr problem = presetProblem("asymmetric");
  std::stop_source stop;
  stop.request_stop();
  QVERIFY_THROWS_EXCEPTION(Cancelled,
                           diagramOf(*problem, 400, 1e-3, 1, RunControl(stop.get_token())));
  double last = 0;
  diagramOf(*problem, 50, 1e-3, 1, RunControl({}, [&](double fraction) {
    QVERIFY(fraction >= last && fraction <= 1);
    last = fraction;
  }));
  QVERIFY(last > 0.9);
}

QTEST_APPLESS_MAIN(DiagramTest)
#include "diagram_test.moc"
