#include "core/study/collapse.hpp"

#include "core/regimes/cloning.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CollapseTest : public QObject {
  Q_OBJECT

private slots:
  // Of points drawn from two Gaussians the classes part as those of the law do, where the points
  // are many: φ within 4 standard errors and the 0.01 that 4000 points are away from their law.
  void classesPartAsThoseOfTheLaw() {
    Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
    scene["target"] = {
        {"kind", "two-gaussians"}, {"dimension", 64}, {"mu_tilde", 1}, {"sigma2", 1}};
    const ProblemPtr problem = problemOf(scene);
    const auto result = runAnalysis(
        "collapse", *problem, {{"times", {{1.6, 4, 7}}}, {"samples", 3000}, {"points", 4000}});
    const auto& collapse = static_cast<const Collapse&>(*result);
    QCOMPARE(collapse.classes, 2);
    const CloningCurve curve(problem->target());
    for (std::size_t i = 0; i < collapse.times.size(); ++i) {
      const double exact = *curve(problem->process().channel(collapse.times[i]));
      const Average& phi = collapse.averages[i].sameClass;
      QVERIFY2(
          std::abs(phi.value - exact) < 4 * phi.standardError + 0.01,
          qPrintable(QString("%1: %2 and %3").arg(collapse.times[i]).arg(phi.value).arg(exact)));
    }
    // φ = 0.775 at ½ log(d μ̃²) = 2.079.
    QVERIFY(std::abs(collapse.partingTime(0) - 0.5 * std::log(64.0)) < 0.05);
  }

  // Three classes on a line at 0, 1 and 5: the far one parts first, that is at larger t.
  void theFarClassPartsFirst() {
    Json scene = sceneOf("[[0], [1], [5]]", "1", "0", kVpConstant);
    const auto result = runAnalysis("collapse", *problemOf(scene),
                                    {{"times", {{0.1, 3.5, 35}}}, {"samples", 4000}});
    const auto& collapse = static_cast<const Collapse&>(*result);
    QCOMPARE(collapse.pairs().size(), std::size_t{3});
    // A pair a distance D apart is two deltas ±D/2: φ is that of q = D a/(2b) alone, so that
    // a/b at its parting time is inversely as D.
    const auto snr = [](double t) { return std::exp(-t) / std::sqrt(-std::expm1(-2 * t)); };
    const double near = snr(collapse.partingTime(0)), far = snr(collapse.partingTime(1));
    QVERIFY2(std::abs(near / far - 5) < 0.4, qPrintable(QString::number(near / far)));
    const Table table = collapse.table();
    QCOMPARE(table.columns.size(), std::size_t{1 + 6 + 6});
    QCOMPARE(table.columns[7].name, std::string("phi_0_1"));
  }

  // φ_C of deltas counts the points that matter: at noise 1/3, at the data 1.
  void pointsAreToldApartLast() {
    Json scene = sceneOf("[[0], [1], [5]]", "1", "0", kVpConstant);
    const auto result =
        runAnalysis("collapse", *problemOf(scene), {{"times", {{0.01, 8, 2}}}, {"samples", 500}});
    const auto& collapse = static_cast<const Collapse&>(*result);
    QVERIFY(std::abs(collapse.averages[0].participationRatio.value - 1) < 1e-3);
    QVERIFY(std::abs(collapse.averages[1].participationRatio.value - 1.0 / 3) < 1e-3);
  }
};

QTEST_APPLESS_MAIN(CollapseTest)
#include "collapse_test.moc"
