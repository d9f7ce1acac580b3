#include "core/sampling/start_law.hpp"

#include "tests/core/random_scenes.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>

using namespace separatrix;
using namespace separatrix::test;

// Exact draws of p(x, s), x = a y + b z, for random members of every kind of target and process.
class StartLawTest : public QObject {
  Q_OBJECT

private slots:
  void exactMarginalHasItsMoments();
  void exactMarginalIsTheLawOfTheScore();
  void priorIsNoiseAlone();
  void gaussianHasTheMomentsOfTheMarginal();
  void gaussianOfARank();
};

namespace {

constexpr Index kDraws = 20000;

/// `check(target, channel, draws)` at three times of a random scene of each pair of kinds.
template <class Check>
void onRandomScenes(StartLaw law, const Check& check) {
  std::mt19937 random(31);
  std::uint64_t seed = 0;
  for (const TargetKind& kind : targetCatalog())
    for (const ProcessKind& schedule : processCatalog())
      for (const double u : {0.03, 0.3, 1.0}) {
        const auto target = randomTarget(kind, random);
        const auto process = randomProcess(schedule, random);
        if (target->dimension() > 6) continue;
        const double s = u * process->horizon();
        BatchF draws(target->dimension(), kDraws);
        Starter(*target, *process, EnsembleSpec(), law, s)(Noise(++seed), 0, draws);
        check(*target, process->channel(s), Batch(draws.cast<double>()));
      }
}

/// The mean of `values` differs from `expected` by at most 4.5 of its standard errors, estimated
/// from the values, and the rounding of single precision.
bool meanIs(const Eigen::ArrayXd& values, double expected, double roundoff) {
  const double spread = std::sqrt((values - values.mean()).square().mean());
  const double bound = 4.5 * spread / std::sqrt(static_cast<double>(values.size())) + roundoff;
  const bool good = std::abs(values.mean() - expected) <= bound;
  if (!good) qWarning("mean %g, expected %g ± %g", values.mean(), expected, bound);
  return good;
}

bool hasMoments(const Batch& x, const Vec& mean, const Mat& covariance) {
  const Mat centred = x.colwise() - mean;
  const double size = covariance.norm() + mean.squaredNorm();
  for (Index i = 0; i < x.rows(); ++i) {
    if (!meanIs(x.row(i), mean[i], 1e-6 * std::sqrt(size))) return false;
    for (Index j = 0; j <= i; ++j)
      if (!meanIs(centred.row(i).array() * centred.row(j).array(), covariance(i, j), 1e-6 * size))
        return false;
  }
  return true;
}

Mat marginalCovariance(const Target& target, const Channel& channel) {
  Mat out = channel.signal * channel.signal * target.covariance();
  out.diagonal().array() += channel.noiseVariance;
  return out;
}

}  // namespace

void StartLawTest::exactMarginalHasItsMoments() {
  onRandomScenes(
      StartLaw::exactMarginal, [](const Target& target, const Channel& channel, const Batch& x) {
        QVERIFY(hasMoments(x, channel.signal * target.mean(), marginalCovariance(target, channel)));
      });
}

// E[∂_i log p · x_j] = −δ_ij and E[∂_i log p] = 0, by parts, if and only if the draws have the
// density that the score belongs to (for these test functions).
void StartLawTest::exactMarginalIsTheLawOfTheScore() {
  onRandomScenes(StartLaw::exactMarginal,
                 [](const Target& target, const Channel& channel, const Batch& x) {
                   PosteriorBatch at;
                   target.posteriorBatch(x, channel, at);
                   const double size = 1e-6 * x.norm() / std::sqrt(kDraws);
                   for (Index i = 0; i < x.rows(); ++i) {
                     QVERIFY(meanIs(at.score.row(i), 0, size / channel.noiseVariance));
                     for (Index j = 0; j < x.rows(); ++j)
                       QVERIFY(meanIs(at.score.row(i).array() * x.row(j).array(), i == j ? -1 : 0,
                                      size * size / channel.noiseVariance));
                   }
                 });
}

void StartLawTest::priorIsNoiseAlone() {
  std::mt19937 random(5);
  for (const ProcessKind& schedule : processCatalog()) {
    const auto process = randomProcess(schedule, random);
    const auto target = randomTarget(targetCatalog().front(), random);
    BatchF draws(target->dimension(), kDraws);
    Starter(*target, *process, EnsembleSpec(), StartLaw::prior, process->horizon())(Noise(1), 0,
                                                                                    draws);
    const double variance =
        process->variancePreserving() ? 1 : process->noiseVariance(process->horizon());
    QVERIFY(hasMoments(draws.cast<double>(), Vec::Zero(draws.rows()),
                       variance * Mat::Identity(draws.rows(), draws.rows())));
  }
}

void StartLawTest::gaussianHasTheMomentsOfTheMarginal() {
  onRandomScenes(StartLaw::gls, [](const Target& target, const Channel& channel, const Batch& x) {
    QVERIFY(hasMoments(x, channel.signal * target.mean(), marginalCovariance(target, channel)));
    // Normal, whatever the data: the kurtosis is 3, its standard error √(24·…/n) = 0.035.
    const Eigen::ArrayXd z = x.row(0).array() - x.row(0).mean();
    const double kurtosis = z.pow(4).mean() / std::pow(z.square().mean(), 2);
    QVERIFY(std::abs(kurtosis - 3) < 4.5 * std::sqrt(24.0 / kDraws));
  });
}

// Of rank r it has the largest r variances, their directions and the mean of the others; what that
// leaves out is the divergence of the two Gaussians, by the definition.
void StartLawTest::gaussianOfARank() {
  const ProblemPtr problem = problemOf(
      sceneOf("[[2, 0, 0, 0],[-2, 0.5, 0, 0],[0, 1, 0.4, 0],[0, -1.5, -0.4, 0.3]]", "1", "0.05"));
  const Target& target = problem->target();
  const double s = 0.2;
  const Channel channel = problem->process().channel(s);
  const Mat whole = marginalCovariance(target, channel);
  const Eigen::SelfAdjointEigenSolver<Mat> solver(whole);
  for (const Index rank : {1, 2, 3}) {
    EnsembleSpec spec;
    spec.glsRank = rank;
    const Starter start(target, problem->process(), spec, StartLaw::gls, s);
    BatchF draws(4, kDraws);
    start(Noise(3), 0, draws);
    Vec variances = solver.eigenvalues();  // ascending
    variances.head(4 - rank).setConstant(variances.head(4 - rank).mean());
    const Mat expected =
        solver.eigenvectors() * variances.asDiagonal() * solver.eigenvectors().transpose();
    QVERIFY(hasMoments(draws.cast<double>(), channel.signal * target.mean(), expected));
    const double divergence = 0.5 * ((expected.inverse() * whole).trace() - 4 +
                                     std::log(expected.determinant() / whole.determinant()));
    QVERIFY(agrees("divergence", start.lowRankDivergence(), divergence, 1e-9, 1e-3));
    QVERIFY(rank == 3 || divergence > 1e-5);  // one direction has its own variance
  }
  EnsembleSpec all;
  all.glsRank = 4;
  QCOMPARE(Starter(target, problem->process(), all, StartLaw::gls, s).lowRankDivergence(), 0.0);
  // Three points in 20 000 dimensions: no matrix of that size is made.
  Json wide = sceneOf("[[0]]", "1", "0.5");
  wide["target"]["means"] = Json::array();
  for (int k = 0; k < 3; ++k) {
    std::vector<double> mean(20'000, 0.01 * k);
    mean[static_cast<std::size_t>(k)] = 5;
    wide["target"]["means"].push_back(mean);
  }
  const ProblemPtr large = problemOf(wide);
  for (const std::optional<Index> rank : {std::optional<Index>(), std::optional<Index>(1)}) {
    EnsembleSpec spec;
    spec.glsRank = rank;
    const Starter start(large->target(), large->process(), spec, StartLaw::gls, s);
    QCOMPARE(start.lowRankDivergence() > 0, rank.has_value());
  }
}

QTEST_APPLESS_MAIN(StartLawTest)
#include "start_law_test.moc"
