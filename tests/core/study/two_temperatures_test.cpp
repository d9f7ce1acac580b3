#include "core/study/two_temperatures.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

Json spins(int d, const char* coupling, double temperature) {
  Json scene = sceneOf("[[0]]", "1", "0", kVeBrownian, "free-energy");
  scene["target"] = {{"kind", "ising"},
                     {"dimension", d},
                     {"coupling", Json::parse(coupling)},
                     {"temperature", temperature}};
  return scene;
}

const TwoTemperatures& mapOf(const ResultPtr& result) {
  return static_cast<const TwoTemperatures&>(*result);
}

}  // namespace

class TwoTemperaturesTest : public QObject {
  Q_OBJECT

private slots:
  // Two spins, exp(−W y₁y₂/T): ⟨y₁y₂⟩ = −tanh(W/T), Λ = 1 + |tanh(W/T)|. Free spins: Λ = 1.
  void theCriticalLineOfTwoSpins() {
    for (const double W : {-1.0, 0.0, 0.7}) {
      const std::string row = "[0," + std::to_string(W) + "],[" + std::to_string(W) + ",0]";
      const ResultPtr result =
          runAnalysis("two-temperatures", *problemOf(spins(2, ("[" + row + "]").c_str(), 3)),
                      {{"temperatures", {{0.25, 4, 6}}}});
      const TwoTemperatures& map = mapOf(result);
      QCOMPARE(map.temperatures.size(), std::size_t{6});
      for (std::size_t i = 0; i < 6; ++i)
        QVERIFY(
            agrees("Λ", map.critical[i], 1 + std::abs(std::tanh(W / map.temperatures[i])), 1e-12));
    }
  }

  // Two ferromagnetic spins at m(1, 1): ⟨y⟩ by the sum over four states, solved by bisection.
  void theOrderParameterSolvesItsEquation() {
    const ProblemPtr problem = problemOf(spins(2, "[[0,-1],[-1,0]]", 1));
    const ResultPtr result =
        runAnalysis("two-temperatures", *problem,
                    {{"temperatures", {{0.5, 2, 3}}}, {"noises", {{0.3, 2.4, 8}}}});
    const TwoTemperatures& map = mapOf(result);
    for (std::size_t i = 0; i < map.temperatures.size(); ++i)
      for (std::size_t j = 0; j < map.noises.size(); ++j) {
        const double aligned = std::exp(1 / map.temperatures[i]);
        const double opposed = std::exp(-1 / map.temperatures[i]);
        const auto mean = [&](double m) {
          const double h = 2 * m / map.noises[j];
          return aligned * std::sinh(h) / (aligned * std::cosh(h) + opposed);
        };
        double low = 1e-9, high = 1;
        for (int step = 0; step < 100; ++step) {
          const double middle = 0.5 * (low + high);
          (mean(middle) > middle ? low : high) = middle;
        }
        const double expected = mean(1e-9) > 1e-9 ? low : 0;
        const double found = map.order(static_cast<Index>(i), static_cast<Index>(j));
        if (std::abs(map.critical[i] / map.noises[j] - 1) < 0.02) continue;
        QVERIFY2(std::abs(found - expected) < 1e-6, qPrintable(QString("T %1 noise %2: %3, %4")
                                                                   .arg(map.temperatures[i])
                                                                   .arg(map.noises[j])
                                                                   .arg(found)
                                                                   .arg(expected)));
        QCOMPARE(expected > 0, map.noises[j] < map.critical[i]);
      }
  }

  // Curie–Weiss: Λ d⁻¹ = ⟨(Σy/d)²⟩ by the sum over the magnetisation.
  void manySpins() {
    const ResultPtr result =
        runAnalysis("two-temperatures", *problemOf(spins(40, R"({"curie-weiss": 1})", 2)),
                    {{"temperatures", {{0.5, 2, 4}}}, {"noises", {{1, 50, 3}}}});
    const TwoTemperatures& map = mapOf(result);
    for (std::size_t i = 0; i < 4; ++i) {
      double sum = 0, squares = 0;
      for (int up = 0; up <= 40; ++up) {
        const double M = 2 * up - 40;
        const double weight = std::exp(std::lgamma(41) - std::lgamma(up + 1) -
                                       std::lgamma(41 - up) + M * M / (80 * map.temperatures[i]));
        sum += weight;
        squares += weight * M * M / 40;
      }
      QVERIFY(agrees("Λ", map.critical[i], squares / sum, 1e-10));
      QVERIFY(map.order(static_cast<Index>(i), 2) < 1e-6 || map.critical[i] > 50);
    }
    QVERIFY(map.order(0, 0) > 0.9);  // cold in both
    const ResultPtr large =
        runAnalysis("two-temperatures", *problemOf(spins(100, R"({"curie-weiss": 1})", 2)),
                    {{"temperatures", {{0.5, 2, 2}}}});
    QVERIFY(std::isnan(mapOf(large).order(0, 0)) && !large->remark().empty());
  }

  void whatHasNoSecondTemperatureIsRefused() {
    QVERIFY_THROWS_EXCEPTION(Failure, runAnalysis("two-temperatures", *presetProblem("ring")));
    const ProblemPtr problem = presetProblem("curie-weiss");
    QVERIFY(contains(refusal([&] {
                       runAnalysis("two-temperatures", *problem, {{"noises", {{0, 1, 3}}}});
                     }),
                     "noises: is of temperatures"));
  }
};

QTEST_APPLESS_MAIN(TwoTemperaturesTest)
#include "two_temperatures_test.moc"
