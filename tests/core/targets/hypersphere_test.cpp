#include "core/targets/hypersphere.hpp"

#include "core/fields/potential.hpp"
#include "core/numerics/roots.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class HypersphereTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithHighPrecision();
  void agreesWithTheReference();
  void oneDimensionIsTwoPoints();
  void originIsIsotropic();
  void singlePrecisionInAnyDimension();
  void isTheAverageOverItsPoints();
  void laplacianAtTheOriginChangesSignAtEq13();
  void samplesLieOnTheSphere();
  void refusesMatricesThatAreTooLarge();
  void refusesOneDimension();
  void itsRayIsTheSphereAlongIt();
};

namespace {

std::unique_ptr<Target> sphere(Index dimension, double radius) {
  const TargetKind kind = hypersphereKind();
  return madeOf(
      kind, validate(kind.parameters, {{"dimension", dimension}, {"radius", radius}}, "target"));
}

Vec onAxis(Index dimension, double distance) {
  Vec x = Vec::Zero(dimension);
  x[dimension - 1] = distance;
  return x;
}

}  // namespace

// tests/data/sphere.json: mpmath at 60 digits and more; d = 1 to 10 000, times from 10⁻⁶ of the
// horizon, |x| = 0, on the shell, one deviation off it, and 100. The bounds are a few units in the
// last place of the terms that make up each value.
void HypersphereTest::agreesWithHighPrecision() {
  const Json data = parseJson(readFile(dataPath("sphere.json")), "");
  QVERIFY(data.at("rows").size() >= 400);
  constexpr Index kMatrices = 1000;  // above, a posterior would take two matrices of 800 MB
  for (const Json& row : data.at("rows")) {
    const auto at = [&](std::size_t i) { return row[i].get<double>(); };
    const auto d = row[0].get<Index>();
    const double r = at(1), a = at(2), b2 = at(3), distance = at(4);
    const Channel channel{a, b2};
    const auto target = sphere(d, r);
    const Vec x = onAxis(d, distance);
    PosteriorBatch batch;
    target->posteriorBatch(x, channel, batch);
    const double noise = 0.5 * static_cast<double>(d) * std::abs(std::log(2 * M_PI * b2));
    const double scale =
        (std::min(distance + a * at(7), std::abs(distance - a * r) + a * (r - at(7)))) / b2;
    // Two deltas: the difference of their exponents |x ∓ ar|²/2b² loses their last bits.
    const double exponents = d == 1 ? 1 + std::pow(distance + a * r, 2) / b2 : 0;
    const std::string where = " at " + row.dump();
    QVERIFY(agrees("log p" + where, batch.logEvidence[0], at(5), 1e-14, std::max(1.0, noise)));
    QVERIFY(agrees("score" + where, batch.score(d - 1, 0), at(6), 1e-13,
                   scale + 0.01 * exponents * (1 + a * r / b2)));
    QVERIFY(agrees("mean" + where, batch.mean(d - 1, 0), at(7), 1e-14, 0.1 * exponents * r));
    if (d == 1 || d > kMatrices) continue;
    const Posterior p = target->posterior(x, channel);
    const Index last = d - 1;
    QVERIFY(agrees("log p" + where, p.logEvidence, at(5), 1e-14, std::max(1.0, noise)));
    QVERIFY(agrees("radial Hessian" + where, p.hessian(last, last), at(8), 1e-13, 1 / b2));
    QVERIFY(agrees("radial C" + where, p.covariance(last, last), at(10), 2e-13,
                   2e-3 * at(11)));  // the direction x/|x| has rounding errors of its own
    QVERIFY(agrees("tangential Hessian" + where, p.hessian(0, 0), at(9), 1e-13,
                   std::max(1e-300, scale / std::max(distance, a * r))));
    QVERIFY(agrees("tangential C" + where, p.covariance(0, 0), at(11), 1e-14));
    QCOMPARE(p.hessian(0, last), 0.0);
  }
}

void HypersphereTest::agreesWithTheReference() {
  for (const Json& entry : reference().at("sphere")) {
    const auto d = entry.at("dimension").get<Index>();
    const Json scene = {
        {"separatrix", 1},
        {"target", {{"kind", "hypersphere"}, {"dimension", d}, {"radius", entry.at("radius")}}},
        {"process", entry.at("process")}};
    const ProblemPtr problem = problemOf(scene);
    const Posterior p =
        problem->target().posterior(onAxis(d, entry.at("x_norm").get<double>()),
                                    problem->process().channel(entry.at("s").get<double>()));
    QVERIFY(agrees("log p", p.logEvidence, entry.at("log_density").get<double>(), 1e-13));
    QVERIFY(agrees("score", p.score[d - 1], entry.at("radial_score").get<double>(), 1e-12));
  }
}

void HypersphereTest::oneDimensionIsTwoPoints() {
  const auto target = sphere(1, 1.5);
  const GaussianMixture deltas({Mat{{-1.5, 1.5}}, Vec::Ones(2), Vec::Zero(2)});
  QVERIFY(target->components() != nullptr);
  for (const double x : {-100.0, -1.5, 0.0, 0.3, 7.0}) {
    const Channel channel{0.7, 0.51};
    const Posterior p = target->posterior(Vec::Constant(1, x), channel);
    const Posterior q = deltas.posterior(Vec::Constant(1, x), channel);
    QCOMPARE(p.logEvidence, q.logEvidence);
    QCOMPARE(p.score[0], q.score[0]);
    QCOMPARE(p.hessian(0, 0), q.hessian(0, 0));
  }
}

void HypersphereTest::originIsIsotropic() {
  for (const Index d : {2, 5, 200}) {
    const auto target = sphere(d, 2);
    const Posterior p = target->posterior(Vec::Zero(d), {0.6, 0.64});
    QVERIFY(p.score.isZero(0) && p.mean.isZero(0));
    const double variance = 4.0 / static_cast<double>(d);
    QVERIFY((p.covariance - variance * Mat::Identity(d, d)).norm() < 1e-12);
    QVERIFY((target->covariance() - variance * Mat::Identity(d, d)).norm() < 1e-15);
    QCOMPARE(target->largestVariance(), variance);
  }
}

// Bounded by the single precision of a r and |x|, seen through 1/b².
void HypersphereTest::singlePrecisionInAnyDimension() {
  std::mt19937 random(9);
  std::normal_distribution<float> normal;
  for (const Index d : {2, 3, 4, 10, 31, 64, 784, 10000})
    for (const double b2 : {1e-9, 1e-4, 0.03, 0.5, 1.0, 30.0})
      for (const double distance : {0.0, 1e-3, 0.5, 1.0, 2.0, 100.0}) {
        const auto target = sphere(d, 1.25);
        const Channel channel{0.8, b2};
        BatchF x = BatchF::NullaryExpr(d, 1, [&] { return normal(random); });
        x *= static_cast<float>(distance) / x.norm();
        BatchF single(d, 1);
        target->scores(x, channel, single);
        PosteriorBatch exact;
        target->posteriorBatch(x.cast<double>(), channel, exact);
        const double error = (single.cast<double>() - exact.score).norm();
        QVERIFY2(error <= 1e-6 * (1 + distance) / b2,
                 qPrintable(QString("%1 %2 %3: %4").arg(d).arg(b2).arg(distance).arg(error)));
        QVERIFY(error <= 1e-5 * (1 + 1 / b2) * distance / b2);  // at small distances too
      }
}

// The circle is the limit of many equal points on it: the trapezium rule of a periodic function.
void HypersphereTest::isTheAverageOverItsPoints() {
  constexpr Index kPoints = 400;
  Mat means(2, kPoints);
  for (Index k = 0; k < kPoints; ++k) {
    const double angle = 2 * M_PI * static_cast<double>(k) / static_cast<double>(kPoints);
    means.col(k) << 1.5 * std::cos(angle), 1.5 * std::sin(angle);
  }
  const GaussianMixture points({means, Vec::Ones(kPoints), Vec::Zero(kPoints)});
  const auto circle = sphere(2, 1.5);
  for (const Channel& channel : {Channel{1, 0.01}, Channel{0.8, 0.36}, Channel{0.1, 0.99}})
    for (const double angle : {0.1, 2.0})
      for (const double distance : {0.1, 1.2, 1.5, 4.0}) {
        const Vec x = distance * Vec{{std::cos(angle), std::sin(angle)}};
        const Posterior p = circle->posterior(x, channel);
        const Posterior q = points.posterior(x, channel);
        QVERIFY(agrees("log p", p.logEvidence, q.logEvidence, 1e-12, 1));
        QVERIFY((p.score - q.score).norm() < 1e-11 * (1 + q.score.norm()));
        QVERIFY((p.mean - q.mean).norm() < 1e-13);
        QVERIFY((p.covariance - q.covariance).norm() < 1e-13);
        QVERIFY((p.hessian - q.hessian).norm() < 1e-12 / std::pow(channel.noiseVariance, 2));
      }
}

// [RA Eq 13]: for centred data of equal norm r the trace of Hess U at the origin (`sde`, VP, here
// in units of β: A = 1, B = −½) is zero at θ* = √((√(D² + r⁴) − r²)/D), whatever the data. The
// sphere, two points, and three pairs of unequal weight, by the trace of the matrix itself.
void HypersphereTest::laplacianAtTheOriginChangesSignAtEq13() {
  std::mt19937 random(12);
  std::normal_distribution<double> normal;
  int checked = 0;
  for (const Json& entry : reference().at("critical")) {
    if (!entry.contains("theta_star")) continue;
    const auto D = entry.at("D").get<Index>();
    const double r = entry.at("r").get<double>();
    Mat pairs = Mat::NullaryExpr(D, 6, [&] { return normal(random); });
    pairs.colwise().normalize();
    pairs *= r;
    pairs.rightCols(3) = -pairs.leftCols(3).eval();
    const Vec weights = Vec{{1, 2, 3, 1, 2, 3}};
    const std::unique_ptr<Target> targets[] = {
        sphere(D, r),
        std::make_unique<GaussianMixture>(
            Components{pairs(Eigen::all, std::vector{0, 3}), Vec::Ones(2), Vec::Zero(2)}),
        std::make_unique<GaussianMixture>(Components{pairs, weights, Vec::Zero(6)})};
    for (const auto& target : targets) {
      const auto laplacian = [&](double theta) {
        const Posterior p = target->posterior(Vec::Zero(D), {theta, 1 - theta * theta});
        return Potential{1, -0.5}.hessian(p.hessian).trace();
      };
      const double found = bracketedRoot(laplacian, 0.01, 0.9999);
      QVERIFY(agrees("θ*", found, entry.at("theta_star").get<double>(), 1e-9));
      const auto d = static_cast<double>(D);
      const double eq13 = std::sqrt((std::sqrt(d * d + std::pow(r, 4)) - r * r) / d);
      QVERIFY(agrees("θ*", found, eq13, 1e-9));
      ++checked;
    }
  }
  QCOMPARE(checked, 12);  // D = 3, 10, 64, 784
}

void HypersphereTest::samplesLieOnTheSphere() {
  for (const Index d : {2, 3, 50, 10000}) {
    const auto target = sphere(d, 3);
    BatchF y(d, 40);
    target->sample(Noise(2), 0, y);
    QVERIFY(((y.cast<double>().colwise().norm().array() - 3).abs() < 1e-6).all());
  }
}

void HypersphereTest::refusesMatricesThatAreTooLarge() {
  const auto target = sphere(10000, 1);
  QVERIFY_EXCEPTION_THROWN(target->covariance(), Failure);
  QVERIFY_EXCEPTION_THROWN(target->posterior(Vec::Zero(10000), {0.6, 0.64}), Failure);
  QCOMPARE(target->largestVariance(), 1e-4);
}

void HypersphereTest::refusesOneDimension() {
  QVERIFY(contains(refusal([] { Hypersphere(1, 2); }), "target.dimension: 1"));
}

void HypersphereTest::itsRayIsTheSphereAlongIt() {
  for (const Index d : {2, 3, 40}) {
    const Hypersphere sphere(d, 1.7);
    const auto ray = sphere.radialTarget();
    QCOMPARE(ray->dimension(), Index{1});
    QVERIFY(agrees("variance", ray->covariance()(0, 0), 1.7 * 1.7 / static_cast<double>(d), 1e-14));
    for (const double rho : {-0.8, 0.0, 0.3, 2.0}) {
      const Channel channel{0.7, 0.4};
      const Vec x = rho * Vec::Unit(d, 0), along = Vec::Constant(1, rho);
      const Posterior full = sphere.posterior(x, channel), at = ray->posterior(along, channel);
      QVERIFY(agrees("log p", at.logEvidence, full.logEvidence, 1e-14));
      QVERIFY(agrees("score", at.score[0], full.score[0], 1e-13, 1));
      QVERIFY(agrees("mean", at.mean[0], full.mean[0], 1e-13, 1));
      QVERIFY(agrees("hessian", at.hessian(0, 0), full.hessian(0, 0), 1e-13, 1));
      QVERIFY(agrees("covariance", at.covariance(0, 0), full.covariance(0, 0), 1e-13, 1));
      PosteriorBatch batch;
      ray->posteriorBatch(Batch::Constant(1, 1, rho), channel, batch);
      QVERIFY(agrees("batch", batch.score(0, 0), at.score[0], 1e-13, 1));
      BatchF score(1, 1);
      ray->scores(BatchF::Constant(1, 1, static_cast<float>(rho)), channel, score);
      QVERIFY(agrees("single", score(0, 0), at.score[0], 1e-5, 1));
    }
    BatchF draws(1, 100'000);
    ray->sample(Noise(5), 0, draws);
    const Eigen::ArrayXd y = draws.row(0).cast<double>().transpose();
    const double variance = 1.7 * 1.7 / static_cast<double>(d);
    // Standard errors √(v/n) and, at most, √(2/n)·v; 4.5 of them.
    QVERIFY(std::abs(y.mean()) < 4.5 * std::sqrt(variance / 1e5));
    QVERIFY(std::abs(y.square().mean() - variance) < 4.5 * std::sqrt(2 / 1e5) * variance);
  }
}

QTEST_APPLESS_MAIN(HypersphereTest)
#include "hypersphere_test.moc"
