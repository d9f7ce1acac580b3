#include "tests/core/random_scenes.hpp"
#include "tests/core/statistics.hpp"

using namespace separatrix;
using namespace separatrix::test;

// Draws of y given x, against the posterior's moments in double and against laws in closed form.
class PosteriorDrawsTest : public QObject {
  Q_OBJECT

private slots:
  void haveTheMoments_data();
  void haveTheMoments();
  void integratedOverXTheyAreTheData();
  void twoPoints();
  void anglesOnSpheres_data();
  void anglesOnSpheres();
  void spheresOfManyDimensions();
  void antiferromagnetByEnumeration();
  void theSameHoweverTheyAreCut();
  void pointsThatRanAway();
};

namespace {

constexpr Index kDraws = 20'000;

/// `count` draws at one x.
Batch drawsAt(const Target& target, const Vec& x, const Channel& channel, std::uint64_t seed,
              Index count = kDraws) {
  BatchF points(x.size(), count), out(x.size(), count);
  points.colwise() = x.cast<float>();
  target.samplePosterior(Noise(seed), 3, 0, points, channel, out);
  return out.cast<double>();
}

/// The mean of `values` is `expected` within 5 standard errors, where their spread is what the
/// posterior says it is (`deviation`, not what was drawn), and values as large as `reach` may have
/// come five times more or less often than they should.
bool meanIs(const Eigen::ArrayXd& values, double expected, double deviation, double reach) {
  const auto n = static_cast<double>(values.size());
  const double bound = 5 * deviation / std::sqrt(n) + 5 * reach / n + 1e-6 * reach;
  const bool good = std::abs(values.mean() - expected) <= bound;
  if (!good) qWarning("mean %g, expected %g ± %g", values.mean(), expected, bound);
  return good;
}

bool haveMoments(const Batch& draws, const Posterior& posterior, double reach) {
  for (Index i = 0; i < draws.rows(); ++i) {
    const double variance = posterior.covariance(i, i);
    if (!meanIs(draws.row(i), posterior.mean[i], std::sqrt(variance), reach)) return false;
    for (Index j = 0; j <= i; ++j) {
      const Eigen::ArrayXd product =
          (draws.row(i).array() - posterior.mean[i]) * (draws.row(j).array() - posterior.mean[j]);
      // The fourth moment of what is bounded by `reach`: at most reach² times the variance.
      const double deviation = reach * std::sqrt(std::min(variance, posterior.covariance(j, j)));
      if (!meanIs(product, posterior.covariance(i, j), deviation, reach * reach)) return false;
    }
  }
  return true;
}

}  // namespace

void PosteriorDrawsTest::haveTheMoments_data() {
  QTest::addColumn<QString>("id");
  for (const TargetKind& kind : targetCatalog())
    QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
}

void PosteriorDrawsTest::haveTheMoments() {
  QFETCH(QString, id);
  std::mt19937 random(17);
  std::normal_distribution<double> normal;
  const auto kind = std::find_if(targetCatalog().begin(), targetCatalog().end(),
                                 [&](const TargetKind& k) { return k.id == id.toStdString(); });
  for (std::uint64_t trial = 0; trial < 12; ++trial) {
    const auto target = randomTarget(*kind, random);
    const Index d = target->dimension();
    if (d > 6) continue;
    for (const Channel channel :
         {Channel{0.999, 1e-6}, Channel{0.9, 0.19}, Channel{0.4, 0.84}, Channel{1, 10}}) {
      BatchF y(d, 1);
      target->sample(Noise(trial), 0, y);
      Vec x = channel.signal * y.col(0).cast<double>();
      for (double& value : x) value += std::sqrt(channel.noiseVariance) * normal(random);
      x = x.cast<float>().cast<double>();  // as the draws are given it
      const Posterior posterior = target->posterior(x, channel);
      const double width = std::sqrt(target->covariance().trace());
      const double reach = 2 * (width + target->mean().norm()) + 6 * width;
      QVERIFY2(haveMoments(drawsAt(*target, x, channel, 40 + trial), posterior, reach),
               qPrintable(id));
    }
  }
}

// x ~ p(x, s), then y given x: y ~ φ.
void PosteriorDrawsTest::integratedOverXTheyAreTheData() {
  std::mt19937 random(23);
  for (const TargetKind& kind : targetCatalog())
    for (const Channel channel : {Channel{0.9, 0.19}, Channel{0.3, 0.91}}) {
      const auto target = randomTarget(kind, random);
      const Index d = target->dimension();
      BatchF y(d, kDraws), x(d, kDraws), again(d, kDraws), others(d, kDraws);
      target->sample(Noise(1), 0, y);
      for (Index i = 0; i < d; ++i)
        Noise(2).normals(NoisePurpose::start, 0, i, 0, kDraws, x.row(i).data());
      x = static_cast<float>(channel.signal) * y +
          static_cast<float>(std::sqrt(channel.noiseVariance)) * x;
      target->samplePosterior(Noise(3), 0, 0, x, channel, again);
      target->sample(Noise(4), 0, others);
      const auto row = [](const BatchF& batch, Index i) {
        const Vec values = batch.row(i).cast<double>();
        return std::vector<double>(values.begin(), values.end());
      };
      for (Index i = 0; i < std::min<Index>(d, 4); ++i)
        QVERIFY2(ksStatistic(row(again, i), row(others, i)) < 2.23, kind.id.c_str());
    }
}

void PosteriorDrawsTest::twoPoints() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0"));
  for (const double x : {-0.6, -0.1, 0.2}) {
    const Channel channel{0.8, 0.36};
    const Batch draws = drawsAt(problem->target(), Vec::Constant(1, x), channel, 9);
    const double w = problem->target().componentPosterior(Vec::Constant(1, float(x)), channel)[0];
    const auto left = static_cast<double>((draws.row(0).array() == -1).count()) / kDraws;
    QVERIFY(((draws.array() == -1) || (draws.array() == 0.5)).all());
    QVERIFY(std::abs(left - w) < 4 * std::sqrt(w * (1 - w) / kDraws));
  }
}

void PosteriorDrawsTest::anglesOnSpheres_data() {
  QTest::addColumn<int>("dimension");
  QTest::addColumn<double>("concentration");
  for (const int d : {2, 3, 7, 100})
    for (const double kappa : {1e-3, 1.0, 30.0, 1e4})
      QTest::addRow("d = %d, κ = %g", d, kappa) << d << kappa;
}

// cos θ has the density (1 − t²)^{(d−3)/2} e^{κt}; its distribution by quadrature in θ.
void PosteriorDrawsTest::anglesOnSpheres() {
  QFETCH(int, dimension);
  QFETCH(double, concentration);
  Json scene = sceneOf("[[0]]", "1", "0");
  scene["target"] = {{"kind", "hypersphere"}, {"dimension", dimension}, {"radius", 2}};
  const ProblemPtr problem = problemOf(scene);
  const Channel channel{0.5, 0.25};  // κ = 4 |x|
  Vec x = Vec::LinSpaced(dimension, 1, 2).normalized() * (concentration / 4);
  const Batch draws = drawsAt(problem->target(), x, channel, 5);
  QVERIFY((draws.colwise().norm().array() - 2).abs().maxCoeff() < 1e-6);
  // In double: the gap 1 − cos θ of draws in single precision is as good as their distance.
  const Vec direction = x.cast<float>().cast<double>().normalized();
  constexpr int kGrid = 200'000;
  std::vector<double> cumulative(kGrid + 1, 0.0);
  const double reach = std::min(M_PI, 12 * std::sqrt((dimension + 1) / (concentration + 1e-9)));
  const auto logDensity = [&](double theta) {
    return (dimension - 2) * std::log(std::sin(theta)) -
           2 * concentration * std::pow(std::sin(theta / 2), 2);
  };
  double largest = -1e300;
  for (int i = 0; i < kGrid; ++i)
    largest = std::max(largest, logDensity((i + 0.5) * reach / kGrid));
  for (int i = 0; i < kGrid; ++i)
    cumulative[static_cast<std::size_t>(i + 1)] =
        cumulative[static_cast<std::size_t>(i)] +
        std::exp(logDensity((i + 0.5) * reach / kGrid) - largest);
  std::vector<double> angles;
  for (Index p = 0; p < kDraws; ++p) {
    const Vec y = draws.col(p) / draws.col(p).norm();
    angles.push_back(2 * std::asin(0.5 * (y - direction).norm()));
  }
  const auto law = [&](double theta) {
    const double at = std::min(theta / reach, 1.0) * kGrid;
    return cumulative[static_cast<std::size_t>(at)] / cumulative.back();
  };
  const double statistic = ksStatistic(angles, law);
  QVERIFY2(statistic < 2.23, qPrintable(QString::number(statistic)));
}

void PosteriorDrawsTest::spheresOfManyDimensions() {
  Json scene = sceneOf("[[0]]", "1", "0");
  scene["target"] = {{"kind", "hypersphere"}, {"dimension", 10'000}, {"radius", 1}};
  const ProblemPtr problem = problemOf(scene);
  const Channel channel{0.9, 1e-4};
  Vec x = Vec::Zero(10'000);
  x[17] = 0.8;
  const Batch draws = drawsAt(problem->target(), x, channel, 5, 128);
  QVERIFY((draws.colwise().norm().array() - 1).abs().maxCoeff() < 1e-5);
  PosteriorBatch expected;
  problem->target().posteriorBatch(x, channel, expected);
  const Eigen::ArrayXd along = draws.row(17);
  // The variance along x is below (1 − A²)/d.
  QVERIFY(std::abs(along.mean() - expected.mean(17, 0)) < 5 * 0.01 / std::sqrt(128.0));
  QVERIFY(expected.mean(17, 0) > 0.3 && expected.mean(17, 0) < 0.9);
  // Very small noise: next to x, at distances of b √d.
  const Batch close = drawsAt(problem->target(), 0.9 * x / 0.8, {0.9, 1e-14}, 5, 16);
  const Vec distances = (close.colwise() - x / 0.8).colwise().norm().transpose();
  QVERIFY((distances.array() / (1e-7 * 100 / 0.9) - 1).abs().maxCoeff() < 0.1);
}

// Spins that are coupled antiferromagnetically, all 2^d at once and one after the other.
void PosteriorDrawsTest::antiferromagnetByEnumeration() {
  Json scene = sceneOf("[[0]]", "1", "0");
  for (const double J : {-3.0, -0.5, 0.5, 3.0}) {
    scene["target"] = {{"kind", "ising"}, {"dimension", 6}, {"coupling", {{"curie-weiss", J}}}};
    const ProblemPtr problem = problemOf(scene);
    Vec x(6);
    x << 0.3, -0.2, 0.1, 0.5, -0.7, 0.05;
    const Channel channel{0.6, 0.64};
    const Batch draws = drawsAt(problem->target(), x, channel, 5, 200'000);
    const Vec weights =
        problem->target().componentPosterior(x.cast<float>().cast<double>(), channel);
    Vec counts = Vec::Zero(64);
    for (Index p = 0; p < draws.cols(); ++p) {
      Index configuration = 0;
      for (Index i = 0; i < 6; ++i) configuration |= Index{draws(i, p) > 0} << i;
      counts[configuration] += 1;
    }
    // χ² of 63 degrees of freedom is below 120 with probability 1 − 2·10⁻⁵.
    const Vec expected = 200'000 * weights;
    const double chi2 = ((counts - expected).array().square() / expected.array()).sum();
    QVERIFY2(chi2 < 120, qPrintable(QString::number(chi2)));
  }
}

void PosteriorDrawsTest::theSameHoweverTheyAreCut() {
  std::mt19937 random(29);
  for (const TargetKind& kind : targetCatalog()) {
    const auto target = randomTarget(kind, random);
    const Index d = target->dimension();
    const BatchF x = BatchF::Random(d, 64);
    const auto draws = [&](Index first, Index count, Index cell) {
      BatchF y(d, count);
      target->samplePosterior(Noise(3), cell, first, x.middleCols(first, count), {0.8, 0.36}, y);
      return y;
    };
    const BatchF all = draws(0, 64, 1);
    for (const auto& [first, count] : {std::pair<Index, Index>{0, 1}, {5, 16}, {33, 31}})
      QCOMPARE(draws(first, count, 1), all.middleCols(first, count));
    QVERIFY(draws(0, 64, 2) != all);
  }
}

void PosteriorDrawsTest::pointsThatRanAway() {
  std::mt19937 random(31);
  for (const TargetKind& kind : targetCatalog()) {
    const auto target = randomTarget(kind, random);
    BatchF x = BatchF::Constant(target->dimension(), 16, 0.1F), y = x;
    x.col(1).setConstant(std::numeric_limits<float>::infinity());
    x.col(2).setConstant(std::numeric_limits<float>::quiet_NaN());
    x.col(3).setConstant(3e38F);
    target->samplePosterior(Noise(3), 0, 0, x, {0.8, 0.36}, y);
    QVERIFY(y.col(0).allFinite() && y.col(4).allFinite());
  }
}

QTEST_APPLESS_MAIN(PosteriorDrawsTest)
#include "posterior_draws_test.moc"
