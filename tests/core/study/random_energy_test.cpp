#include "core/study/random_energy.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class RandomEnergyTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithTheReferenceValues();
  void limitOfManyPoints();
  void measuredRatioIsTheExpectation();
  void analysisFollowsTheProcess();
  void seedsMatter();
};

void RandomEnergyTest::agreesWithTheReferenceValues() {
  QVERIFY(reference().at("random_energy").size() >= 2);
  for (const Json& entry : reference().at("random_energy")) {
    QVERIFY(agrees("β_c", criticalReducedBeta(), entry.at("beta_c").get<double>(), 1e-15));
    QVERIFY(agrees(
        "t_c",
        randomEnergyCriticalTime(entry.at("nu").get<double>(), entry.at("x_norm").get<double>(),
                                 entry.at("sigma").get<double>()),
        entry.at("t_c").get<double>(), 1e-15));
  }
  // β̃ = ν|x|/(σ²t) is β_c at t_c.
  QVERIFY(agrees("β̃", 3 * 0.7 / (4 * randomEnergyCriticalTime(3, 0.7, 2)), criticalReducedBeta(),
                 1e-14));
}

void RandomEnergyTest::limitOfManyPoints() {
  QCOMPARE(limitParticipation(1), 0.0);
  QCOMPARE(limitParticipation(criticalReducedBeta()), 0.0);
  QVERIFY(agrees("E[Y]", limitParticipation(2 * criticalReducedBeta()), 0.5, 1e-15));
}

// E[Y] at finite N is N ∫ λ E[e^{2βX} e^{−λe^{βX}}] E[e^{−λe^{βX}}]^{N−1} dλ, by quadrature. The
// bound is 4 standard errors, a few per cent of the values.
void RandomEnergyTest::measuredRatioIsTheExpectation() {
  const std::vector<double> betas = {1, 2, 4};
  const std::vector<std::pair<int, std::vector<double>>> expected = {
      {1, {0.586758071385, 0.697147245199, 0.817630617128}},
      {6, {0.118223820233, 0.392707396661, 0.669241280148}},
      {10, {0.0462020545912, 0.331217259308, 0.642112733679}}};
  for (const auto& [levels, values] : expected) {
    const auto measured = measureParticipation(levels, 2000, Noise(3), betas, {});
    for (std::size_t b = 0; b < betas.size(); ++b) {
      QVERIFY(measured[b].standardError > 0 && measured[b].standardError <= 0.05 * values[b]);
      const double distance = std::abs(measured[b].mean - values[b]);
      if (distance > 4 * measured[b].standardError)
        qWarning("M = %d: %g, expected %g ± %g", levels, measured[b].mean, values[b],
                 measured[b].standardError);
      QVERIFY(distance <= 4 * measured[b].standardError);
    }
  }
}

void RandomEnergyTest::analysisFollowsTheProcess() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[0]]", "1", "0", R"({"kind": "ve-brownian", "sigma": 2, "horizon": 4})"));
  const Json values = {
      {"times", {{0.1, 0.4, 4}}}, {"nu", 3}, {"x_norm", 0.7}, {"levels", 5}, {"realizations", 4}};
  const ResultPtr result = runAnalysis("random-energy", *problem, values);
  const auto& found = static_cast<const RandomEnergy&>(*result);
  QVERIFY(agrees("t_c", found.criticalTime, randomEnergyCriticalTime(3, 0.7, 2), 1e-12));
  QVERIFY(agrees("β", found.betas[1], 1 / (4 * 0.2), 1e-13));
  QVERIFY(agrees("β̃", found.reducedBetas[1], 3 * 0.7 / (4 * 0.2), 1e-13));
  QVERIFY(agrees("E[Y]", found.limit[1], 1 - 2 * std::sqrt(std::log(2)) / 2.625, 1e-13));
  QCOMPARE(result->table().rows(), std::size_t{4});
  QVERIFY(contains(refusal([&] {
                     runAnalysis("random-energy", *problem, {{"times", {{0, 1, 3}}}});
                   }),
                   "times: 0 is out of range"));
}

void RandomEnergyTest::seedsMatter() {
  const auto measure = [](unsigned seed) {
    return measureParticipation(6, 10, Noise(seed), {2}, {})[0].mean;
  };
  QCOMPARE(measure(1), measure(1));
  QVERIFY(measure(1) != measure(2));
}

QTEST_APPLESS_MAIN(RandomEnergyTest)
#include "random_energy_test.moc"
