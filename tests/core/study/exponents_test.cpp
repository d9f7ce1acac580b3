#include "core/study/exponents.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// Mean-field exponents ½, 1, 3 and the amplitude ratio 2 : 1 of χ, measured.
class ExponentsTest : public QObject {
  Q_OBJECT

private slots:
  void meanFieldExponents_data();
  void meanFieldExponents();
  void spheresAreMeasuredAlongTheRay();
  void amplitudesOfTwoDeltas();
  void criticalTimeOfTheProcess();
  void withoutASymmetricPointValuesAreEmpty();
  void refusesAnEmptyWindow();
};

namespace {

const char* const kFour = "[[1,0],[-1,0],[0,1],[0,-1]]";

const Exponents& run(const ProblemPtr& problem, ResultPtr& keep) {
  keep = runAnalysis("exponents", *problem);
  return static_cast<const Exponents&>(*keep);
}

bool isNear(const char* what, const Estimate& estimate, double expected) {
  return agrees(what, estimate.value, expected, 2e-3) && estimate.low <= estimate.value &&
         estimate.value <= estimate.high && estimate.high - estimate.low <= 1e-2;
}

}  // namespace

void ExponentsTest::meanFieldExponents_data() {
  QTest::addColumn<QByteArray>("means");
  QTest::addColumn<QByteArray>("variance");
  QTest::addColumn<double>("beta");
  QTest::newRow("two deltas") << QByteArray("[[-1],[1]]") << QByteArray("0") << 1.0;
  QTest::newRow("off centre") << QByteArray("[[2],[3]]") << QByteArray("0") << 4.0;
  // C = v/(1 + βv) + 1/(1 + βv)², β C = 1.
  QTest::newRow("with variance") << QByteArray("[[-1],[1]]") << QByteArray("0.25") << 4. / 3;
  QTest::newRow("four deltas") << QByteArray(kFour) << QByteArray("0") << 2.0;
}

void ExponentsTest::meanFieldExponents() {
  QFETCH(QByteArray, means);
  QFETCH(QByteArray, variance);
  QFETCH(double, beta);
  ResultPtr keep;
  const Exponents& found =
      run(problemOf(sceneOf(means.toStdString(), "1", variance.toStdString(), kVeBrownian)), keep);
  QVERIFY(found.critical.has_value());
  QVERIFY(agrees("β_c", found.critical->beta, beta, 1e-12));
  QVERIFY(agrees("s_c", found.s, 1 / beta, 1e-12));
  QVERIFY(isNear("β", found.measured.orderParameter, 0.5));
  QVERIFY(isNear("γ", found.measured.susceptibilityAbove, 1));
  QVERIFY(isNear("γ'", found.measured.susceptibilityBelow, 1));
  QVERIFY(isNear("δ", found.measured.criticalIsotherm, 3));
  QVERIFY(isNear("A+/A−", found.measured.amplitudeRatio, 2));
}

// Across, below the critical point, χ is infinite.
void ExponentsTest::spheresAreMeasuredAlongTheRay() {
  for (const int dimension : {2, 3, 8}) {
    Json scene = sceneOf("[[0]]", "1", "0", kVeBrownian);
    scene["target"] = {{"kind", "hypersphere"}, {"dimension", dimension}};
    ResultPtr keep;
    const Exponents& found = run(problemOf(scene), keep);
    QVERIFY(found.critical && agrees("β_c", found.critical->beta, dimension, 1e-12));
    QVERIFY(isNear("β", found.measured.orderParameter, 0.5));
    QVERIFY(isNear("γ", found.measured.susceptibilityAbove, 1));
    QVERIFY(isNear("γ'", found.measured.susceptibilityBelow, 1));
    QVERIFY(isNear("δ", found.measured.criticalIsotherm, 3));
    QVERIFY(isNear("A+/A−", found.measured.amplitudeRatio, 2));
  }
}

// m² ≈ 3|τ|, χ ≈ 1/τ above and 1/(2|τ|) below, h ≈ m³/3, each to first order.
void ExponentsTest::amplitudesOfTwoDeltas() {
  ResultPtr keep;
  const CriticalExponents measured =
      run(problemOf(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian)), keep).measured;
  QCOMPARE(measured.tau.size(), std::size_t{24});
  for (std::size_t i = 0; i < measured.tau.size(); ++i) {
    const double tau = measured.tau[i];
    QVERIFY(agrees("m²", measured.m[i] * measured.m[i], 3 * tau, 2 * tau));
    QVERIFY(agrees("χ+", measured.above[i], 1 / tau, 1e-8));  // exact: λ = 1/(1 + τ)
    QVERIFY(agrees("χ−", measured.below[i], 1 / (2 * tau), 3 * tau));
    const double m = measured.mOfField[i];
    QVERIFY(agrees("h", measured.field[i], m * m * m / 3, m * m));
    QVERIFY(agrees("m", m, std::tanh(m + measured.field[i]), 1e-13));
  }
}

void ExponentsTest::criticalTimeOfTheProcess() {
  ResultPtr keep;
  const ProblemPtr problem = presetProblem("two-deltas");
  const double s = run(problem, keep).s;
  QVERIFY(agrees("a²/b²", problem->process().signal(s), std::sqrt(0.5), 1e-12));
  // A process that ends before: noise of at most 0.5.
  const ProblemPtr brief = problemOf(
      sceneOf("[[-1],[1]]", "1", "0", R"({"kind": "ve-brownian", "sigma": 1, "horizon": 0.5})"));
  QVERIFY(std::isnan(run(brief, keep).s));
}

void ExponentsTest::withoutASymmetricPointValuesAreEmpty() {
  for (const Json& scene : {sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0"), sceneOf("[[0]]", "1", "1")}) {
    ResultPtr keep;
    const Exponents& found = run(problemOf(scene), keep);
    QVERIFY(!found.critical);
    const Table table = found.table();
    QCOMPARE(table.rows(), std::size_t{7});
    for (const double value : std::get<std::vector<double>>(table.columns[2].values))
      QVERIFY(std::isnan(value));
    QCOMPARE(std::get<std::vector<std::string>>(table.columns.back().values).front(),
             std::string("no symmetric critical point"));
  }
}

void ExponentsTest::refusesAnEmptyWindow() {
  const ProblemPtr problem = presetProblem("two-deltas");
  QVERIFY(contains(refusal([&] {
                     runAnalysis("exponents", *problem, {{"from", 0.1}, {"to", 0.01}});
                   }),
                   "from: must be below"));
}

QTEST_APPLESS_MAIN(ExponentsTest)
#include "exponents_test.moc"
