#include "core/study/self_consistency.hpp"

#include "core/study/hopfield.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// The graphical solutions for fixed points, and the modern Hopfield energy.
class SelfConsistencyTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltasAreTheirFigure();
  void fieldShiftsTheMean();
  void crossingsAreStationaryForEveryPotential();
  void directions();
  void hopfieldEnergyOfUnitDeltas();
  void hopfieldEnergyOfOthersDiffers();
  void hopfieldNeedsPatterns();
};

namespace {

template <class Kind>
const Kind& run(const char* id, const Problem& problem, const Json& values, ResultPtr& keep) {
  keep = runAnalysis(id, problem, values);
  return static_cast<const Kind&>(*keep);
}

}  // namespace

// [RA Fig 3a], as printed: (θ² + 1)x against −2θ tanh(θx/(θ² − 1)).
void SelfConsistencyTest::twoDeltasAreTheirFigure() {
  const ProblemPtr problem = presetProblem("two-deltas");
  ResultPtr keep;
  for (const double s : {0.1, 0.25, 0.4}) {
    const auto& found = run<SelfConsistency>("self-consistency", *problem,
                                             {{"time", s}, {"range", {{-2, 2, 9}}}}, keep);
    const double theta = problem->process().signal(s);
    QCOMPARE(found.m.size(), std::size_t{9});
    for (std::size_t i = 0; i < found.m.size(); ++i) {
      const double x = found.x[i];
      QVERIFY(agrees("x", x, theta * (-2 + 0.5 * static_cast<double>(i)), 1e-14, 1));
      QVERIFY(agrees("line", found.line[i], (theta * theta + 1) * x, 1e-13, 1));
      QVERIFY(agrees("curve", found.curve[i],
                     -2 * theta * std::tanh(theta * x / (theta * theta - 1)), 1e-13, 1));
      const double beta = theta * theta / (1 - theta * theta);
      QVERIFY(agrees("mean", found.mean[i], std::tanh(beta * found.m[i]), 1e-12, 1));
    }
  }
}

void SelfConsistencyTest::fieldShiftsTheMean() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian));
  ResultPtr keep;
  const auto& found = run<SelfConsistency>(
      "self-consistency", *problem, {{"time", 0.5}, {"field", 0.3}, {"range", {{-1, 1, 5}}}}, keep);
  for (std::size_t i = 0; i < found.m.size(); ++i)
    QVERIFY(agrees("mean", found.mean[i], std::tanh(2 * (found.m[i] + 0.3)), 1e-13, 1));
}

// line − curve is 2b²/A times ∂U: it vanishes where the gradient does.
void SelfConsistencyTest::crossingsAreStationaryForEveryPotential() {
  for (const char* potential : {"sde", "ode", "free-energy", "energy", "drift"}) {
    const ProblemPtr problem =
        problemOf(sceneOf("[[-1, 0.2],[1, 0.5]]", "[1, 2]", "[0, 0.1]", kVpLinear, potential));
    const Channel channel = problem->process().channel(0.2);
    const Potential U = problem->potentialAt(0.2);
    ResultPtr keep;
    const auto& found =
        run<SelfConsistency>("self-consistency", *problem,
                             {{"time", 0.2}, {"direction", {3, 4}}, {"range", {{-2, 2, 7}}}}, keep);
    for (std::size_t i = 0; i < found.m.size(); ++i) {
      const Vec x = found.x[i] * found.direction;
      const Vec slope = U.gradient(x, problem->target().posterior(x, channel).score);
      QVERIFY(agrees("2b²/A ∂U", found.line[i] - found.curve[i],
                     2 * channel.noiseVariance / U.scoreWeight * slope.dot(found.direction), 1e-12,
                     1));
    }
  }
}

void SelfConsistencyTest::directions() {
  const ProblemPtr problem = problemOf(sceneOf("[[-3, 0],[3, 0],[0, 1],[0, -1]]", "1", "0"));
  ResultPtr keep;
  const auto& automatic = run<SelfConsistency>("self-consistency", *problem, {{"time", 0.2}}, keep);
  QVERIFY(agrees("e", automatic.direction[0], 1, 1e-14));
  QVERIFY(automatic.m.front() <= -3 && automatic.m.back() >= 3);
  const auto with = [&](const Json& direction) {
    return refusal([&] {
      runAnalysis("self-consistency", *problem, {{"time", 0.2}, {"direction", direction}});
    });
  };
  QVERIFY(contains(with({0, 0}), "direction: is zero"));
  QVERIFY(contains(with({1, 0, 0}), "direction: has 3 coordinates"));
}

// F̃ − E = ½ + β⁻¹ log N for N deltas of norm 1.
void SelfConsistencyTest::hopfieldEnergyOfUnitDeltas() {
  const ProblemPtr problem = presetProblem("four-deltas");
  ResultPtr keep;
  for (const double s : {0.05, 0.4, 2.0}) {
    const auto& found =
        run<Hopfield>("hopfield", *problem,
                      {{"time", s}, {"from", {-1.5, 0.3}}, {"to", {2, 1}}, {"points", 13}}, keep);
    QCOMPARE(found.points.cols(), Index{13});
    QVERIFY(agrees("x", found.points(0, 12), 2, 1e-15));
    for (Index p = 0; p < 13; ++p)
      QVERIFY(agrees("F̃ − E", found.regularizedFreeEnergy[p] - found.energy[p],
                     0.5 + s * std::log(4), 1e-12));
    // E itself, written out.
    const Vec x = found.points.col(4);
    double sum = 0;
    for (const double overlap : {x[0], -x[0], x[1], -x[1]}) sum += std::exp(overlap / s);
    QVERIFY(agrees("E", found.energy[4], -s * std::log(sum) + 0.5 * x.squaredNorm(), 1e-12));
  }
}

void SelfConsistencyTest::hopfieldEnergyOfOthersDiffers() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[2]]", "1", "0", kVeBrownian));
  ResultPtr keep;
  const auto& found = run<Hopfield>("hopfield", *problem, {{"time", 0.5}, {"points", 2}}, keep);
  QCOMPARE(found.points(0, 0), -1.0);  // from the first component to the last
  QCOMPARE(found.points(0, 1), 2.0);
  const Vec difference = found.regularizedFreeEnergy - found.energy;
  QVERIFY(std::abs(difference[0] - difference[1]) > 0.5);
  const Table table = found.table();
  QCOMPARE(table.columns[1].name, std::string("hopfield_energy"));
  QCOMPARE(table.columns[3].name, std::string("difference"));
}

void SelfConsistencyTest::hopfieldNeedsPatterns() {
  Json scene = sceneOf("[[0]]", "1", "0");
  scene["target"] = {{"kind", "ising"}, {"dimension", 12}, {"coupling", {{"curie-weiss", 1}}}};
  const ProblemPtr problem = problemOf(scene);
  QVERIFY_THROWS_EXCEPTION(Failure, runAnalysis("hopfield", *problem, {{"time", 0.2}}));
  // Up to 8 spins the configurations are the patterns, of norm √d: E is F̃ up to a constant too.
  scene["target"]["dimension"] = 3;
  scene["target"]["coupling"] = {{"curie-weiss", 0}};
  ResultPtr keep;
  const auto& found =
      run<Hopfield>("hopfield", *problemOf(scene), {{"time", 0.2}, {"points", 5}}, keep);
  const Vec difference = found.regularizedFreeEnergy - found.energy;
  QVERIFY(difference.maxCoeff() - difference.minCoeff() <= 1e-12);
}

QTEST_APPLESS_MAIN(SelfConsistencyTest)
#include "self_consistency_test.moc"
