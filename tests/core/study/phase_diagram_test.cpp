#include "core/study/phase_diagram.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class PhaseDiagramTest : public QObject {
  Q_OBJECT

private slots:
  // t_C of theory.json, and t_S = ½ log(1 + d) [B Eq 9].
  void timesAreThoseOfTheTheory() {
    for (const Json& entry : reference().at("collapse")) {
      const double d = entry.at("dimension"), n = entry.at("points");
      const double alpha = std::log(n) / d;
      const auto result = runAnalysis(
          "phase-diagram", *presetProblem("two-gaussians"),
          {{"dimensions", {{d, 1e6, 2}}}, {"alphas", {{alpha, 1, 3}}}, {"points", 20000}});
      const auto& diagram = static_cast<const PhaseDiagram&>(*result);
      QVERIFY(agrees("t_C", diagram.collapse[0], entry.at("t_C"), 1e-12));
      QVERIFY(agrees("t_S", diagram.speciation[0], 0.5 * std::log(1 + d), 1e-12));
      QVERIFY(agrees("t_S", diagram.speciation[1], 0.5 * std::log(1 + 1e6), 1e-12));
      QVERIFY(
          agrees("ratio", diagram.ratio(1, 0), diagram.collapse[0] / diagram.speciation[1], 1e-12));
      QVERIFY(agrees("α", diagram.alphas[1], std::sqrt(alpha), 1e-12));  // even in its logarithm
      QVERIFY(agrees("scene", diagram.alpha, std::log(20000.0) / 1024, 1e-12));
    }
  }

  void refusals() {
    const ProblemPtr problem = presetProblem("two-gaussians");
    QVERIFY(contains(refusal([&] {
                       runAnalysis("phase-diagram", *problem, {{"alphas", {{0, 1, 3}}}});
                     }),
                     "above 0"));
    QVERIFY(contains(refusal([&] {
                       runAnalysis(
                           "phase-diagram", *problem,
                           {{"alphas", {{1e-3, 1, 100000}}}, {"dimensions", {{1, 10, 100000}}}});
                     }),
                     "ask for fewer"));
  }
};

QTEST_APPLESS_MAIN(PhaseDiagramTest)
#include "phase_diagram_test.moc"
