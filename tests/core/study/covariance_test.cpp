#include "core/study/covariance.hpp"

#include "core/regimes/speciation.hpp"
#include "core/targets/principal_directions.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

const CovarianceSpectrum& spectrumOf(const ResultPtr& result) {
  return static_cast<const CovarianceSpectrum&>(*result);
}

/// Points of unequal weights and one variance, K in R^d.
Json mixture(Index K, Index d, double variance, const char* process) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal;
  Json means = Json::array(), weights = Json::array(), variances = Json::array();
  for (Index k = 0; k < K; ++k) {
    Json mean = Json::array();
    for (Index i = 0; i < d; ++i) mean.push_back(2 * normal(random));
    means.push_back(mean);
    weights.push_back(1 + k % 3);
    variances.push_back(variance);
  }
  return sceneOf(means.dump(), weights.dump(), variances.dump(), process);
}

}  // namespace

class CovarianceTest : public QObject {
  Q_OBJECT

private slots:
  // tr C and tr C² from the definition, whether there are more points than dimensions or fewer.
  void theEigenvaluesAreThoseOfTheDefinition_data() {
    QTest::addColumn<int>("points");
    QTest::newRow("few") << 4;
    QTest::newRow("many") << 30;
  }
  void theEigenvaluesAreThoseOfTheDefinition() {
    QFETCH(int, points);
    constexpr Index d = 7;
    constexpr double v = 0.3;
    const ProblemPtr problem = problemOf(mixture(points, d, v, kVpConstant));
    const Components& parts = *problem->target().components();
    Mat C = v * Mat::Identity(d, d);
    for (Index i = 0; i < d; ++i)
      for (Index j = 0; j < d; ++j) {
        double ij = 0, first = 0, second = 0;
        for (Index k = 0; k < points; ++k) {
          ij += parts.weights[k] * parts.means(i, k) * parts.means(j, k);
          first += parts.weights[k] * parts.means(i, k);
          second += parts.weights[k] * parts.means(j, k);
        }
        C(i, j) += ij - first * second;
      }
    const ResultPtr result = runAnalysis("covariance", *problem);
    const std::vector<double>& found = spectrumOf(result).variances;
    QCOMPARE(found.size(), std::size_t{d});
    QVERIFY(std::is_sorted(found.rbegin(), found.rend()));
    double sum = 0, squares = 0, cubes = 0;
    for (const double variance : found) {
      sum += variance;
      squares += variance * variance;
      cubes += variance * variance * variance;
    }
    QVERIFY(agrees("tr C", sum, C.trace(), 1e-12));
    QVERIFY(agrees("tr C²", squares, (C * C).trace(), 1e-12));
    QVERIFY(agrees("tr C³", cubes, (C * C * C).trace(), 1e-12));
    // Four points span three directions; along the others there is the components' own variance.
    for (std::size_t i = 3; points == 4 && i < d; ++i) QVERIFY(agrees("v", found[i], v, 1e-12));
    // The same as those of the directions, and fewer on demand.
    const Vec directions = principalDirections(problem->target(), d).variances;
    for (std::size_t i = 0; i < d; ++i)
      QVERIFY(agrees("λ", found[i], directions[static_cast<Index>(i)], 1e-12));
    const ResultPtr fewer = runAnalysis("covariance", *problem, {{"count", 2}});
    QCOMPARE(spectrumOf(fewer).variances.size(), std::size_t{2});
    QVERIFY(agrees("λ", spectrumOf(fewer).variances[1], found[1], 1e-14));
  }

  // With β = 2, a = e^{−s}: decided at s = ½ log λ, and 1 − a²λ changes its sign there, positive
  // towards noise.
  void directionsAreDecidedInTheOrderOfTheirVariances() {
    const ProblemPtr problem = problemOf(mixture(30, 3, 0.01, kVpConstant));
    const ResultPtr plain = runAnalysis("covariance", *problem);
    const auto& spectrum = spectrumOf(plain);
    for (std::size_t i = 0; i < 3; ++i) {
      const double lambda = spectrum.variances[i];
      QVERIFY(lambda > 1 && std::isnan(spectrum.landau[i]));
      QVERIFY(agrees("s", spectrum.decisionTimes[i], 0.5 * std::log(lambda), 1e-9));
      const double s = spectrum.decisionTimes[i];
      QVERIFY(agrees("1/a²", decidedVariance(problem->process(), s), lambda, 1e-9));
      for (const double shift : {-0.1, 0.1}) {
        const ResultPtr near = runAnalysis("covariance", *problem, {{"time", s + shift}});
        QVERIFY(agrees("Landau", spectrumOf(near).landau[i], 1 - std::exp(-2 * shift), 1e-8));
      }
    }
    const auto first = speciation(problem->target(), problem->process());
    QVERIFY(first && agrees("t_S", spectrum.decisionTimes[0], first->s, 1e-12));
  }

  void narrowDirectionsAreNeverDecided() {
    const ResultPtr narrow =
        runAnalysis("covariance", *problemOf(sceneOf("[[-0.5],[0.5]]", "1", "0", kVpConstant)));
    QVERIFY(agrees("λ", spectrumOf(narrow).variances[0], 0.25, 1e-14));
    QVERIFY(std::isnan(spectrumOf(narrow).decisionTimes[0]));
    // Where a = 1 at all times nothing is decided in this sense.
    const ResultPtr ve = runAnalysis(
        "covariance", *problemOf(sceneOf("[[-3],[3]]", "1", "0", kVeBrownian)), {{"time", 0.5}});
    QVERIFY(agrees("λ", spectrumOf(ve).variances[0], 9, 1e-14));
    QVERIFY(std::isnan(spectrumOf(ve).decisionTimes[0]) && std::isnan(spectrumOf(ve).landau[0]));
  }

  // r²/d on the sphere, and spins of ±1 have a trace of d.
  void targetsWithoutParts() {
    Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
    scene["target"] = {{"kind", "hypersphere"}, {"dimension", 5}, {"radius", 2}};
    const ResultPtr sphere = runAnalysis("covariance", *problemOf(scene));
    QCOMPARE(spectrumOf(sphere).variances.size(), std::size_t{5});
    for (const double variance : spectrumOf(sphere).variances)
      QVERIFY(agrees("r²/d", variance, 0.8, 1e-14));
    const ResultPtr spins = runAnalysis("covariance", *presetProblem("curie-weiss"));
    double trace = 0;
    for (const double variance : spectrumOf(spins).variances) trace += variance;
    QVERIFY(agrees("tr C", trace, static_cast<double>(spectrumOf(spins).variances.size()), 1e-10));
  }

  void timesBeyondTheHorizonAreRefused() {
    const ProblemPtr problem = presetProblem("two-deltas");
    QVERIFY(contains(refusal([&] {
                       runAnalysis("covariance", *problem, {{"time", 1.5}});
                     }),
                     "time: 1.5 is beyond the horizon 1"));
  }
};

QTEST_APPLESS_MAIN(CovarianceTest)
#include "covariance_test.moc"
