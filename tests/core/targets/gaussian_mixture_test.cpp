#include "core/targets/gaussian_mixture.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class GaussianMixtureTest : public QObject {
  Q_OBJECT

private slots:
  void oneGaussianIsItsOwnFormula();
  void componentPosteriorIsBayes();
  void meanAndCovarianceOfUnequalParts();
  void weightsNeedNotBeNormalised();
  void densityAtTimeZero();
  void fractionsOfTheSamples();
  void tinyNoiseKeepsTheScoreExact();
  void tinyNoiseKeepsTheWeightsExact();
  void extremeWeights();
  void identicalMeansAreOnePoint();
  void smallVarianceTendsToADelta();
  void smallWeightTendsToNone();
  void smallNoiseTendsToTheDensity();
  void manyDimensions();
  void manyComponents();
  void refusesWrongSizes();
};

namespace {

GaussianMixture mixture(const Mat& means, const Vec& weights, const Vec& variances) {
  return GaussianMixture(Components{means, weights, variances});
}

Vec vec(std::initializer_list<double> values) {
  Vec out(static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), out.begin());
  return out;
}

const GaussianMixture& unequal() {
  static const GaussianMixture target =
      mixture(Mat{{-1, 0.5, 2}}, vec({1, 2, 5}), vec({0, 0.3, 1.5}));
  return target;
}

}  // namespace

// N(a m, a²v + b²), written out.
void GaussianMixtureTest::oneGaussianIsItsOwnFormula() {
  const GaussianMixture target = mixture(Mat{{0.7}, {-0.2}}, vec({3}), vec({0.4}));
  const Channel channel{0.6, 0.25};
  const double V = 0.36 * 0.4 + 0.25;
  const Vec x = vec({1.1, 0.3});
  const Vec offset = x - 0.6 * vec({0.7, -0.2});
  const Posterior p = target.posterior(x, channel);
  QVERIFY(agrees("log p", p.logEvidence, -std::log(2 * M_PI * V) - offset.squaredNorm() / (2 * V),
                 1e-14));
  QVERIFY((p.score + offset / V).norm() < 1e-14);
  QVERIFY((p.hessian + Mat::Identity(2, 2) / V).norm() < 1e-13);
  // Regression of y on x: mean m + (a v/V)(x − a m), variance v b²/V.
  QVERIFY((p.mean - (vec({0.7, -0.2}) + 0.6 * 0.4 / V * offset)).norm() < 1e-14);
  QVERIFY((p.covariance - 0.4 * 0.25 / V * Mat::Identity(2, 2)).norm() < 1e-14);
}

void GaussianMixtureTest::componentPosteriorIsBayes() {
  const Channel channel{0.8, 0.36};
  for (const double x : {-3.0, -0.4, 0.0, 1.3, 6.0}) {
    Vec expected(3);
    const Components& c = *unequal().components();
    for (Index k = 0; k < 3; ++k) {
      const double V = 0.64 * c.variances[k] + 0.36;
      const double z = x - 0.8 * c.means(0, k);
      expected[k] = c.weights[k] / std::sqrt(2 * M_PI * V) * std::exp(-0.5 * z * z / V);
    }
    QVERIFY(agrees("log p", unequal().posterior(Vec::Constant(1, x), channel).logEvidence,
                   std::log(expected.sum()), 1e-13, 1));
    expected /= expected.sum();
    const Vec actual = unequal().componentPosterior(Vec::Constant(1, x), channel);
    QVERIFY((actual - expected).norm() < 1e-14);
  }
}

void GaussianMixtureTest::meanAndCovarianceOfUnequalParts() {
  const double mean = (-1 * 1 + 0.5 * 2 + 2 * 5) / 8.0;
  const double second = (1 * 1 + (0.25 + 0.3) * 2 + (4 + 1.5) * 5) / 8.0;
  QVERIFY(agrees("mean", unequal().mean()[0], mean, 1e-15));
  QVERIFY(agrees("variance", unequal().covariance()(0, 0), second - mean * mean, 1e-14));
}

void GaussianMixtureTest::weightsNeedNotBeNormalised() {
  const Channel channel{0.5, 0.75};
  const GaussianMixture a = mixture(Mat{{-1, 1}}, vec({1, 3}), vec({0, 0}));
  const GaussianMixture b = mixture(Mat{{-1, 1}}, vec({0.25, 0.75}), vec({0, 0}));
  const Vec x = Vec::Constant(1, 0.3);
  QCOMPARE(a.posterior(x, channel).logEvidence, b.posterior(x, channel).logEvidence);
  QVERIFY(agrees("Σw", a.components()->weights.sum(), 1, 1e-15));
}

void GaussianMixtureTest::densityAtTimeZero() {
  const Channel data{1, 0};
  QVERIFY(!unequal().hasDensity());
  const GaussianMixture smooth = mixture(Mat{{-1, 1}}, vec({1, 1}), vec({0.5, 0.5}));
  QVERIFY(smooth.hasDensity());
  const double expected = std::exp(-0.25 / 1.0) / std::sqrt(M_PI);  // half of each... at x = 0.5
  const double other = std::exp(-2.25 / 1.0) / std::sqrt(M_PI);
  const Posterior p = smooth.posterior(Vec::Constant(1, 0.5), data);
  QVERIFY(agrees("p", std::exp(p.logEvidence), 0.5 * (expected + other), 1e-13));
  QVERIFY(agrees("⟨y⟩ = x", p.mean[0], 0.5, 1e-14));
  QVERIFY(std::abs(p.covariance(0, 0)) < 1e-15);
}

// Binomial standard errors of 100 000 draws.
void GaussianMixtureTest::fractionsOfTheSamples() {
  const GaussianMixture target = mixture(Mat{{0, 10, 20}}, vec({0.1, 0.6, 0.3}), vec({0, 0, 0}));
  BatchF draws(1, 100000);
  target.sample(Noise(5), 0, draws);
  for (const auto& [place, weight] : {std::pair{0.0F, 0.1}, {10.0F, 0.6}, {20.0F, 0.3}}) {
    const double fraction = static_cast<double>((draws.array() == place).count()) / 1e5;
    QVERIFY(std::abs(fraction - weight) <= 4 * std::sqrt(weight * (1 - weight) / 1e5));
  }
}

// b² = 10⁻¹²: the posterior has one component left and the score is −(x − aμ)/b² to the last bits.
void GaussianMixtureTest::tinyNoiseKeepsTheScoreExact() {
  const GaussianMixture target = mixture(Mat{{-1, 1}}, vec({1, 1}), vec({0, 0}));
  const Channel channel{0.875, 1e-12};  // a is exact in binary
  const double x = 0.875 + 0x1p-20;
  const Posterior p = target.posterior(Vec::Constant(1, x), channel);
  QVERIFY(agrees("score", p.score[0], -0x1p-20 / 1e-12, 1e-14));
  QVERIFY(agrees("hessian", p.hessian(0, 0), -1e12, 1e-14));
  QVERIFY(agrees("mean", p.mean[0], 1, 1e-15));
}

// Halfway between two points their prior decides, however small the noise.
void GaussianMixtureTest::tinyNoiseKeepsTheWeightsExact() {
  const GaussianMixture target = mixture(Mat{{-1, 1}}, vec({0.4, 0.6}), vec({0, 0}));
  const Channel channel{1, 1e-9};
  QVERIFY(agrees("w", target.componentPosterior(vec({0}), channel)[0], 0.4, 1e-15));
  QVERIFY(agrees("score", target.posterior(vec({0}), channel).score[0], 0.2 / 1e-9, 1e-14));
  PosteriorBatch batch;
  target.posteriorBatch(Batch::Zero(1, 1), channel, batch);
  QVERIFY(agrees("batch", batch.score(0, 0), 0.2 / 1e-9, 1e-14));
}

void GaussianMixtureTest::extremeWeights() {
  const GaussianMixture target = mixture(Mat{{-1, 1}}, vec({1e12, 1e-290}), vec({0, 0}));
  const Channel channel{0.9, 0.19};
  for (const double x : {-100.0, -1.0, 0.0, 1.0, 100.0, 400.0}) {
    const Posterior p = target.posterior(Vec::Constant(1, x), channel);
    QVERIFY(std::isfinite(p.logEvidence) && p.score.allFinite() && p.hessian.allFinite());
    QVERIFY(std::abs(p.mean[0]) <= 1);
  }
  // The lesser wins where log(w₁/w₂) < 2 a x/b².
  const double balance = std::log(1e12) + std::log(1e290);
  const double x = 0.5 * balance * 0.19 / 0.9;
  QVERIFY(std::abs(target.posterior(Vec::Constant(1, x), channel).mean[0]) < 1e-9);
}

void GaussianMixtureTest::identicalMeansAreOnePoint() {
  const GaussianMixture three = mixture(Mat{{1, 1, 1}}, vec({1, 2, 3}), vec({0, 0, 0}));
  const GaussianMixture one = mixture(Mat{{1}}, vec({1}), vec({0}));
  const Channel channel{0.3, 0.91};
  const Vec x = Vec::Constant(1, -0.4);
  QVERIFY(agrees("log p", three.posterior(x, channel).logEvidence,
                 one.posterior(x, channel).logEvidence, 1e-14));
  QVERIFY(std::abs(three.covariance()(0, 0)) < 1e-15);
}

void GaussianMixtureTest::smallVarianceTendsToADelta() {
  const Channel channel{0.9, 0.19};
  const GaussianMixture deltas = mixture(Mat{{-1, 1}}, vec({1, 2}), vec({0, 0}));
  for (const double v : {1e-6, 1e-9, 1e-12})
    for (const double x : {-1.3, 0.1, 2.0}) {
      const GaussianMixture narrow = mixture(Mat{{-1, 1}}, vec({1, 2}), vec({v, v}));
      const Posterior p = narrow.posterior(Vec::Constant(1, x), channel);
      const Posterior q = deltas.posterior(Vec::Constant(1, x), channel);
      // Derivatives by v are of the order of 1/b⁴.
      QVERIFY(std::abs(p.logEvidence - q.logEvidence) < 100 * v + 1e-14);
      QVERIFY(std::abs(p.score[0] - q.score[0]) < 1000 * v + 1e-13);
      QVERIFY(std::abs(p.covariance(0, 0) - q.covariance(0, 0)) < 1000 * v + 1e-14);
    }
}

void GaussianMixtureTest::smallWeightTendsToNone() {
  const Channel channel{0.9, 0.19};
  const GaussianMixture without = mixture(Mat{{-1, 1}}, vec({1, 2}), vec({0, 0.3}));
  for (const double weight : {1e-14, 1e-100, 1e-300}) {
    const GaussianMixture with = mixture(Mat{{-1, 1, 0}}, vec({1, 2, weight}), vec({0, 0.3, 0.1}));
    for (const double x : {-1.0, 0.2, 1.0}) {
      const Posterior p = with.posterior(Vec::Constant(1, x), channel);
      const Posterior q = without.posterior(Vec::Constant(1, x), channel);
      QVERIFY(agrees("log p", p.logEvidence, q.logEvidence, 1e-12, 1));
      QVERIFY(agrees("score", p.score[0], q.score[0], 1e-12, 1));
      QVERIFY(agrees("hessian", p.hessian(0, 0), q.hessian(0, 0), 1e-12, 1));
      QVERIFY(agrees("C", p.covariance(0, 0), q.covariance(0, 0), 1e-12, 1));
    }
  }
}

// s → 0 where φ has a density: the fields at s = 0.
void GaussianMixtureTest::smallNoiseTendsToTheDensity() {
  const GaussianMixture smooth = mixture(Mat{{-1, 1}}, vec({1, 3}), vec({0.1, 0.4}));
  for (const double b2 : {1e-6, 1e-10, 1e-14})
    for (const double x : {-1.3, 0.1, 2.0}) {
      const Posterior p = smooth.posterior(Vec::Constant(1, x), {1, b2});
      const Posterior q = smooth.posterior(Vec::Constant(1, x), {1, 0});
      QVERIFY(std::abs(p.logEvidence - q.logEvidence) < 1000 * b2 + 1e-14);
      QVERIFY(std::abs(p.score[0] - q.score[0]) < 1e4 * b2 + 1e-12);
      QVERIFY(std::abs(p.mean[0] - x) < 100 * b2 + 1e-14);
      // One noise: y given x spreads by b² to first order.
      QVERIFY(agrees("C", p.covariance(0, 0), b2, 100 * b2 + 1e-12));
    }
}

void GaussianMixtureTest::manyDimensions() {
  constexpr Index d = 1000;
  Mat means = Mat::Zero(d, 2);
  means.row(0) << -1, 1;
  const GaussianMixture target = mixture(means, vec({1, 1}), vec({0, 0}));
  const GaussianMixture line = mixture(Mat{{-1, 1}}, vec({1, 1}), vec({0, 0}));
  const Channel channel{0.6, 0.64};
  Vec x = Vec::Constant(d, 0.5);
  const Posterior p = target.posterior(x, channel);
  const Posterior q = line.posterior(x.head(1), channel);
  // The other 999 coordinates are noise of their own.
  const double rest = -0.5 * (d - 1) * (std::log(2 * M_PI * 0.64) + 0.25 / 0.64);
  QVERIFY(agrees("log p", p.logEvidence, q.logEvidence + rest, 1e-12));
  QVERIFY(agrees("score", p.score[0], q.score[0], 1e-12));
  QVERIFY(agrees("score", p.score[999], -0.5 / 0.64, 1e-12));
  QVERIFY(agrees("hessian", p.hessian(0, 0), q.hessian(0, 0), 1e-12));
}

// 10 000 points that are ten, each a thousand times, in 20 dimensions.
void GaussianMixtureTest::manyComponents() {
  constexpr Index d = 20, few = 10, each = 1000;
  const Mat means = Mat::NullaryExpr(d, few, [](Index i, Index k) {
    return std::sin(static_cast<double>(7 * i * i + 3 * k + i * k));
  });
  const Vec variances = Vec::LinSpaced(few, 0, 0.5);
  const GaussianMixture small = mixture(means, Vec::LinSpaced(few, 1, 2), variances);
  const GaussianMixture large =
      mixture(means.replicate(1, each), Vec::LinSpaced(few, 1, 2).replicate(each, 1),
              variances.replicate(each, 1));
  const Channel channel{0.8, 0.36};
  Batch x = Batch::NullaryExpr(
      d, 3, [](Index i, Index p) { return std::cos(static_cast<double>(5 * i + p)); });
  PosteriorBatch batch;
  large.posteriorBatch(x, channel, batch);
  for (Index p = 0; p < x.cols(); ++p) {
    const Posterior a = small.posterior(x.col(p), channel);
    const Posterior b = large.posterior(x.col(p), channel);
    QVERIFY(agrees("log p", b.logEvidence, a.logEvidence, 1e-12));
    QVERIFY(agrees("log p", batch.logEvidence[p], a.logEvidence, 1e-12));
    QVERIFY((b.score - a.score).norm() < 1e-11 && (batch.score.col(p) - a.score).norm() < 1e-11);
    QVERIFY((b.mean - a.mean).norm() < 1e-12 && (batch.mean.col(p) - a.mean).norm() < 1e-12);
    QVERIFY((b.hessian - a.hessian).norm() < 1e-10);
    QVERIFY((b.covariance - a.covariance).norm() < 1e-11);
  }
  QVERIFY((large.covariance() - small.covariance()).norm() < 1e-11);
  QVERIFY(agrees("Λ", large.largestVariance(), small.largestVariance(), 1e-11));
}

void GaussianMixtureTest::refusesWrongSizes() {
  QVERIFY(contains(refusal([] {
                     mixture(Mat{{-1, 1}}, vec({1}), vec({0, 0}));
                   }),
                   "target.weights: has 1 values for 2 means"));
  QVERIFY(contains(refusal([] {
                     mixture(Mat{{-1, 1}}, vec({1, 1}), vec({0, 0, 0}));
                   }),
                   "target.variances: has 3 values for 2 means"));
}

QTEST_APPLESS_MAIN(GaussianMixtureTest)
#include "gaussian_mixture_test.moc"
