#include "core/fixed_points/well_tree.hpp"

#include "core/numerics/descent.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/fixed_points/scenes.hpp"

#include <numeric>

using namespace separatrix;
using namespace separatrix::test;

/// Which components part from which, and when.
class WellTreeTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltasPartAtTheirPitchfork();
  void fourDeltasPartTogether();
  void unequalDeltasPartAtTheirFold();
  void equalPointsNeverPart();
  void randomDataFollowTheState_data();
  void randomDataFollowTheState();
  void manyPointsInManyDimensions();
};

namespace {

WellTree treeOf(const Problem& problem, double from) {
  return wellTree(problem.target(), problem.process(), potentialOf(problem), from, {});
}

/// For each component the least one that shares its well at time s.
std::vector<Index> groupsOf(const WellTree& tree, Index count, double s) {
  std::vector<Index> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), Index{0});
  for (const Parting& parting : tree.partings) {
    if (parting.s > s) continue;
    const Index a = out[static_cast<std::size_t>(parting.component)];
    const Index b = out[static_cast<std::size_t>(parting.from)];
    for (Index& group : out)
      if (group == a || group == b) group = std::min(a, b);
  }
  return out;
}

/// The state of each component's well, moved along by descent in small steps of time: slow, and
/// without any continuation.
class Followed {
public:
  Followed(const Problem& problem, double from)
      : m_potential(potentialOf(problem)),
        m_landscape(problem.target(), problem.process(), m_potential) {
    const Components& parts = *problem.target().components();
    for (Index k = 0; k < parts.count(); ++k)
      m_states.push_back(m_landscape.channel(std::log(from)).signal * parts.means.col(k));
    moveTo(from);
  }

  void moveTo(double s) {
    for (Vec& state : m_states) state = descend(m_landscape, state, std::log(s), 1).z;
    m_time = s;
  }

  std::vector<Index> groups() const {
    std::vector<Index> out;
    for (std::size_t k = 0; k < m_states.size(); ++k) {
      auto group = static_cast<Index>(k);
      for (std::size_t other = 0; other < k; ++other)
        if ((m_states[k] - m_states[other]).norm() < 1e-3 * m_landscape.length(std::log(m_time))) {
          group = out[other];
          break;
        }
      out.push_back(group);
    }
    return out;
  }

private:
  PotentialAt m_potential;
  Landscape m_landscape;
  std::vector<Vec> m_states;
  double m_time = 0;
};

}  // namespace

void WellTreeTest::twoDeltasPartAtTheirPitchfork() {
  const WellTree tree = treeOf(*presetProblem("two-deltas"), 1e-3);
  QCOMPARE(tree.partings.size(), std::size_t{1});
  QCOMPARE(tree.partings[0].component, Index{1});
  QCOMPARE(tree.partings[0].from, Index{0});
  QVERIFY(agrees("s_c", tree.partings[0].s, 0.29264165432814315, 1e-9));
  QCOMPARE(tree.roots, std::vector<Index>{0});
  QVERIFY(tree.unknown.empty());
}

void WellTreeTest::fourDeltasPartTogether() {
  const WellTree tree = treeOf(*presetProblem("four-deltas"), 1e-3);
  QCOMPARE(tree.partings.size(), std::size_t{3});
  for (const Parting& parting : tree.partings) {
    QVERIFY(agrees("s_c", parting.s, 0.5, 1e-9));  // b² = Λ = 1/2
    QCOMPARE(parting.from, Index{0});
  }
  QCOMPARE(tree.roots, std::vector<Index>{0});
}

void WellTreeTest::unequalDeltasPartAtTheirFold() {
  const ProblemPtr problem = presetProblem("unequal-deltas");
  const WellTree tree = treeOf(*problem, 1e-3);
  const BifurcationDiagram diagram = branchDiagram(problem->target(), problem->process(),
                                                   potentialOf(*problem), {1e-3, 1, 100}, {});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  QCOMPARE(tree.partings.size(), std::size_t{1});
  QVERIFY(agrees("fold", tree.partings[0].s, diagram.events[0].s, 1e-9));
  // The lighter one leaves.
  const Vec& weights = problem->target().components()->weights;
  QVERIFY(weights[tree.partings[0].component] < weights[tree.partings[0].from]);
}

void WellTreeTest::equalPointsNeverPart() {
  const auto problem = problemOf(sceneOf("[[1],[-1],[1],[1]]", "1", "0", kVeBrownian));
  const WellTree tree = treeOf(*problem, 1e-3);
  QCOMPARE(tree.partings.size(), std::size_t{3});
  QVERIFY(tree.partings[0].s > 0.1);
  QCOMPARE(tree.partings[1].s, 0.0);
  QCOMPARE(tree.partings[1].component, Index{2});
  QCOMPARE(tree.partings[2].component, Index{3});
  QCOMPARE(tree.partings[2].from, Index{0});
}

void WellTreeTest::randomDataFollowTheState_data() {
  QTest::addColumn<int>("dimension");
  for (const int dimension : {1, 2, 3, 5}) QTest::addRow("d=%d", dimension) << dimension;
}

void WellTreeTest::randomDataFollowTheState() {
  QFETCH(int, dimension);
  constexpr Index kPoints = 9;
  constexpr double kFrom = 2e-3;
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  for (int trial = 0; trial < 6; ++trial) {
    Json means = Json::array();
    for (Index k = 0; k < kPoints; ++k) {
      Json point = Json::array();
      for (int i = 0; i < dimension; ++i) point.push_back(normal(random));
      means.push_back(point);
    }
    const auto problem = problemOf(sceneOf(means.dump(), "1", "0", kVeBrownian));
    const WellTree tree = treeOf(*problem, kFrom);
    QCOMPARE(tree.partings.size(), std::size_t{kPoints - 1});
    QCOMPARE(tree.roots.size(), std::size_t{1});
    Followed states(*problem, kFrom);
    int compared = 0;
    for (double s = kFrom; s < problem->process().horizon(); s *= 1.01) {
      states.moveTo(s);
      // Within a step of a parting the slow passage has not ended.
      const bool close =
          std::any_of(tree.partings.begin(), tree.partings.end(),
                      [s](const Parting& at) { return std::abs(std::log(at.s / s)) < 0.011; });
      if (close) continue;
      ++compared;
      QCOMPARE(states.groups(), groupsOf(tree, kPoints, s));
    }
    QVERIFY(compared > 300);
  }
}

// Every point but one parts from another once.
void WellTreeTest::manyPointsInManyDimensions() {
  constexpr Index kPoints = 60, kDimension = 16;
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  Components parts{Mat::NullaryExpr(kDimension, kPoints, [&] { return normal(random); }),
                   Vec::Ones(kPoints), Vec::Zero(kPoints)};
  const GaussianMixture target(std::move(parts));
  const ProblemPtr setting = presetProblem("four-deltas");
  const WellTree tree = wellTree(target, setting->process(), potentialOf(*setting), 0.01, {});
  QCOMPARE(tree.partings.size(), std::size_t{kPoints - 1});
  QCOMPARE(tree.roots.size(), std::size_t{1});
  std::set<Index> parted;
  for (const Parting& parting : tree.partings) parted.insert(parting.component);
  parted.insert(tree.roots[0]);
  QCOMPARE(parted.size(), std::size_t{kPoints});
}

QTEST_APPLESS_MAIN(WellTreeTest)
#include "well_tree_test.moc"
