#include "core/targets/two_gaussians.hpp"

#include "core/fields/potential.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class TwoGaussiansTest : public QObject {
  Q_OBJECT

private slots:
  void componentsAreThoseOfThePaper();
  void potentialAlongTheMeansIsTheOverlaps();
  void posteriorWeightIsTheLogistic();
  void manyDimensionsInSinglePrecision();
  void theMostDimensions();
  void refusesInvisibleWidths();
};

namespace {

std::unique_ptr<Target> twoGaussians(Index dimension, double muTilde, double sigma2) {
  const TargetKind kind = twoGaussiansKind();
  const Json values = {{"dimension", dimension}, {"mu_tilde", muTilde}, {"sigma2", sigma2}};
  return madeOf(kind, validate(kind.parameters, values, "target"));
}

}  // namespace

void TwoGaussiansTest::componentsAreThoseOfThePaper() {
  const auto target = twoGaussians(50, 0.8, 0.3);
  const Components& parts = *target->components();
  QCOMPARE(parts.count(), Index{2});
  QVERIFY(agrees("|m|²", parts.means.col(1).squaredNorm(), 50 * 0.64, 1e-14));
  QVERIFY((parts.means.col(0) + parts.means.col(1)).isZero(0));
  QCOMPARE(parts.weights[0], parts.weights[1]);
  QVERIFY((parts.variances.array() == 0.3).all());
  // C = σ² I + m mᵀ.
  const Mat covariance = target->covariance();
  QVERIFY(agrees("variance", covariance(7, 7), 0.3 + 0.64, 1e-14));
  QVERIFY(agrees("covariance", covariance(7, 8), 0.64, 1e-14));
  QVERIFY(agrees("Λ", target->largestVariance(), 0.3 + 50 * 0.64, 1e-13));
}

// [B Eq 8]: V(q, t) = q²/2 − 2μ̃² log cosh(q e^{−t} √d), q = m·x/√d, is μ̃² U for β = 2, σ² = 1.
void TwoGaussiansTest::potentialAlongTheMeansIsTheOverlaps() {
  const double d = 256, muTilde = 0.7, t = 1.3;
  const auto target = twoGaussians(256, muTilde, 1);
  const Channel channel{std::exp(-t), -std::expm1(-2 * t)};
  const Potential U{2, -1};  // g² = 2, f = −1
  const auto at = [&](double q) {
    const Vec x = Vec::Constant(256, q / (std::sqrt(d) * muTilde));
    return U.value(target->posterior(x, channel).logEvidence, x.squaredNorm());
  };
  for (const double q : {0.05, 0.3, 1.0, 3.0}) {
    const double V =
        q * q / 2 - 2 * muTilde * muTilde * std::log(std::cosh(q * std::exp(-t) * std::sqrt(d)));
    QVERIFY(agrees("V", muTilde * muTilde * (at(q) - at(0)), V, 1e-10, 1));
  }
}

// P(+|x) = 1/(1 + exp(−2a m·x/Γ)), Γ = a²σ² + b².
void TwoGaussiansTest::posteriorWeightIsTheLogistic() {
  const auto target = twoGaussians(3, 0.5, 0.2);
  const Channel channel{0.8, 0.36};
  const double Gamma = 0.64 * 0.2 + 0.36;
  Vec x(3);
  x << 0.4, -1.1, 1.9;
  const double expected = 1 / (1 + std::exp(-2 * 0.8 * 0.5 * x.sum() / Gamma));
  QVERIFY(agrees("w", target->componentPosterior(x, channel)[1], expected, 1e-13));
}

// The weights depend on the small difference of two distances of about d: at points between the
// means, where both count, the score errs by no more than single precision of its terms.
void TwoGaussiansTest::manyDimensionsInSinglePrecision() {
  std::mt19937 random(4);
  std::normal_distribution<float> normal;
  for (const Index d : {1024, 16384}) {
    const auto target = twoGaussians(d, 1, 1);
    for (const double t : {1.0, 3.0, 5.0}) {
      const Channel channel{std::exp(-t), -std::expm1(-2 * t)};
      BatchF x = BatchF::NullaryExpr(d, 20, [&] { return normal(random); });
      BatchF scores(d, 20);
      target->scores(x, channel, scores);
      PosteriorBatch exact;
      target->posteriorBatch(x.cast<double>(), channel, exact);
      const double error = (scores.cast<double>() - exact.score).colwise().norm().maxCoeff();
      // Means a√d apart, and a log-odds error of 10⁻⁷ of √d.
      const double size = std::sqrt(static_cast<double>(d));
      QVERIFY2(error <= 2e-6 * size * (1 + channel.signal * size),
               qPrintable(QString::number(error)));
    }
  }
}

void TwoGaussiansTest::theMostDimensions() {
  constexpr Index d = 32'768;
  const auto target = twoGaussians(d, 0.01, 1);
  QVERIFY(agrees("Λ", target->largestVariance(), 1 + 3.2768, 1e-12));
  const Channel channel{0.6, 0.64};
  BatchF draws(d, 2), scores(d, 2);
  target->sample(Noise(8), 0, draws);
  // |y|²/d = σ² + μ̃², with a standard error of 1/√d = 0.0055.
  QVERIFY(std::abs(draws.squaredNorm() / (2 * d) - 1.0001F) < 0.025F);
  target->scores(draws, channel, scores);
  PosteriorBatch batch;
  target->posteriorBatch(draws.cast<double>(), channel, batch);
  QVERIFY(batch.logEvidence.allFinite());
  QVERIFY((scores.cast<double>() - batch.score).norm() <= 1e-5 * batch.score.norm());
  const Vec weights = target->componentPosterior(Vec(draws.col(0).cast<double>()), channel);
  QVERIFY(agrees("Σ", weights.sum(), 1, 1e-12));
}

void TwoGaussiansTest::refusesInvisibleWidths() {
  QVERIFY(twoGaussians(2, 1, 0)->components()->variances.isZero(0));
  QVERIFY(contains(refusal([] { twoGaussians(2, 1, 1e-31); }), "target.sigma2: 1e-31"));
}

QTEST_APPLESS_MAIN(TwoGaussiansTest)
#include "two_gaussians_test.moc"
