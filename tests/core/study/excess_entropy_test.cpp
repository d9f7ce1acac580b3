#include "core/study/excess_entropy.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

ProblemPtr twoGaussians(int d) {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {{"kind", "two-gaussians"}, {"dimension", d}, {"mu_tilde", 1}, {"sigma2", 1}};
  return problemOf(scene);
}

std::shared_ptr<const ExcessEntropy> runOn(const Problem& problem, const Json& values) {
  return std::dynamic_pointer_cast<const ExcessEntropy>(
      runAnalysis("excess-entropy", problem, values));
}

}  // namespace

class ExcessEntropyStudyTest : public QObject {
  Q_OBJECT

private slots:
  // [B Fig 3], d = 256, 20 000 points: within 4 standard errors of the exact curve above t_C, and
  // of the published points with their errors everywhere. The leading order is 20 and more standard
  // errors away at t = 2.
  void publishedFigure() {
    const Json published =
        parseJson(readFile(dataPath("published.json")), "published").at("excess_entropy")[0];
    const auto& t = published.at("t");
    const auto result =
        runOn(*twoGaussians(256),
              {{"times", {{t.front(), t.back(), t.size()}}}, {"samples", 400}, {"points", 20000}});
    QVERIFY(agrees("α", result->alpha, std::log(20000.0) / 256, 1e-12));
    for (std::size_t i = 0; i < result->times.size(); ++i) {
      const double f = result->sampled[i], error = result->standardErrors[i];
      if (result->times[i] > 1.6) {
        QVERIFY2(std::abs(f - result->exact[i]) < 4 * error,
                 qPrintable(QString("t = %1: %2 ± %3, exact %4")
                                .arg(result->times[i])
                                .arg(f)
                                .arg(error)
                                .arg(result->exact[i])));
      }
      const double theirs = published.at("f_over_alpha")[i];
      const double both = std::hypot(error, published.at("standard_error")[i].get<double>());
      QVERIFY(std::abs(f - theirs) < 4 * both);
      QVERIFY(f >= 0);
    }
    QVERIFY(result->sampled.back() < 1e-3);  // t = 0.552, far below t_C = 1.299
    const auto at212 = static_cast<std::size_t>(15);
    QVERIFY(std::abs(result->leading[at212] - result->sampled[at212]) >
            20 * result->standardErrors[at212]);
    // t_C^e: on this grid between 0.944 and 1.336, where f/α is 0.005 and 0.16.
    QVERIFY(std::abs(result->collapseTime(0.05).value_or(0) - 0.944) < 1e-9);
  }

  // The points of a data set are themselves: α = log n/d, and no law behind them is known.
  void aDataSetIsItsPoints() {
    const ProblemPtr problem =
        problemOf(sceneOf("[[1, 0], [-1, 0], [0, 3]]", "1", "0", kVpConstant));
    const auto result = runOn(*problem, {{"times", {{0.02, 4, 4}}}, {"samples", 2000}});
    QCOMPARE(result->points, Index{3});
    QVERIFY(agrees("α", result->alpha, std::log(3.0) / 2, 1e-12));
    QVERIFY(std::isnan(result->exact[0]) && std::isnan(result->leading[0]));
    QVERIFY(result->sampled.front() < 1e-6);
    QVERIFY(result->sampled.back() > 0.98);
    QVERIFY(contains(refusal([&] { runOn(*problem, {{"points", 100}}); }), "3 points themselves"));
  }

  void refusals() {
    const ProblemPtr exploding = problemOf(sceneOf("[[-1], [1]]", "1", "0.1", kVeBrownian));
    QVERIFY(contains(refusal([&] { runOn(*exploding, Json::object()); }), "preserves variance"));
    const ProblemPtr wide = twoGaussians(16384);
    QVERIFY(contains(refusal([&] { runOn(*wide, {{"points", 100'000'000}}); }), "ask for fewer"));
  }
};

QTEST_APPLESS_MAIN(ExcessEntropyStudyTest)
#include "excess_entropy_test.moc"
