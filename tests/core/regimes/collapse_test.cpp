#include "core/regimes/collapse.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CollapseTest : public QObject {
  Q_OBJECT

private slots:
  void referenceValues();
  void definedOnlyWhereClassesHaveAVariance();
  void everyProcess();
};

namespace {

Json gaussianPair(int dimension, double sigma2) {
  Json means = Json::array({Json::array(), Json::array()});
  for (int i = 0; i < dimension; ++i) {
    means[0].push_back(-1);
    means[1].push_back(1);
  }
  return sceneOf(means.dump(), "1", Json(sigma2).dump(), kVpConstant);
}

}  // namespace

void CollapseTest::referenceValues() {
  int compared = 0;
  for (const Json& entry : reference().at("collapse")) {
    if (!entry.contains("t_C")) continue;
    const ProblemPtr problem =
        problemOf(gaussianPair(entry.at("dimension").get<int>(), entry.at("sigma2").get<double>()));
    const auto found =
        collapseTime(problem->target(), problem->process(), entry.at("points").get<double>());
    QVERIFY(found && agrees("t_C", *found, entry.at("t_C").get<double>(), 1e-10));
    ++compared;
  }
  QVERIFY(compared >= 1);
}

void CollapseTest::definedOnlyWhereClassesHaveAVariance() {
  const ProblemPtr deltas = presetProblem("two-deltas");
  QVERIFY(!collapseTime(deltas->target(), deltas->process(), 100));
  const ProblemPtr spread = problemOf(gaussianPair(4, 1));
  QVERIFY(!collapseTime(spread->target(), spread->process(), 1));  // one point: from the start
  QVERIFY(collapseTime(spread->target(), spread->process(), 2).has_value());
}

void CollapseTest::everyProcess() {
  for (const char* process : {kVpLinear, kVpConstant, kVeBrownian}) {
    const ProblemPtr problem = problemOf(sceneOf("[[-1,0],[1,0]]", "1", "[0.1, 0.3]", process));
    const auto s = collapseTime(problem->target(), problem->process(), 50);
    QVERIFY(s.has_value());
    const Channel at = problem->process().channel(*s);
    QVERIFY(agrees("a²σ²/b²", at.signal * at.signal * 0.2 / at.noiseVariance, 49, 1e-9));
  }
}

QTEST_APPLESS_MAIN(CollapseTest)
#include "collapse_test.moc"
