#include "core/study/condensation.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CondensationStudyTest : public QObject {
  Q_OBJECT

private slots:
  void freezesAtTheCollapseTime() {
    const auto result = runAnalysis("condensation", *presetProblem("two-gaussians"),
                                    {{"times", {{0.5, 3.5, 301}}}, {"points", 20000}});
    const auto& curve = static_cast<const CondensationCurve&>(*result);
    for (std::size_t i = 0; i < curve.times.size(); ++i)
      QCOMPARE(curve.values[i].own.frozen, curve.times[i] < curve.collapse);
    // theory.json's t_C of 20 000 points is for 256 and 4096 dimensions; this is for 1024.
    const double expected = 0.5 * std::log1p(1 / std::expm1(2 * std::log(20000.0) / 1024));
    QVERIFY(agrees("t_C", curve.collapse, expected, 1e-12));
    QCOMPARE(curve.table().columns[1].name, std::string("psi_plus"));
  }

  void refusesOtherData() {
    QVERIFY_EXCEPTION_THROWN(runAnalysis("condensation", *presetProblem("ring")), InvalidInput);
    Json scene = sceneOf("[[-1], [2]]", "1", "0.1", kVpConstant);
    QVERIFY_EXCEPTION_THROWN(runAnalysis("condensation", *problemOf(scene)), Failure);
  }
};

QTEST_APPLESS_MAIN(CondensationStudyTest)
#include "condensation_test.moc"
