#include "core/fields/diffused_field.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/study/potential_map.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "core/targets/hypersphere.hpp"
#include "tests/core/support.hpp"

#include <hwy/targets.h>

#include <deque>

using namespace separatrix;
using namespace separatrix::test;

// The kernels in single precision against the formulas in double.
class MixtureKernelTest : public QObject {
  Q_OBJECT

private slots:
  void scoresFollowDouble();
  void exactBetweenTwoPointsAtTinyNoise();
  void finiteFarAway();
  void logDensitiesFollowDouble();
  void everyInstructionSet();
  void aPointDoesNotDependOnTheOthers();
  void theSameForAnyNumberOfThreads();
  void movesAlongScores();
  void potentialInSinglePrecision();
};

namespace {

/// Random means in [−2, 2]^d and weights that differ by a factor of 100; a third of the components
/// are deltas, unless all have the same variance.
Components randomParts(Index d, Index count, bool equalVariances, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  Components parts;
  parts.means = Mat::NullaryExpr(d, count, [&] { return 4 * uniform(random) - 2; });
  parts.weights = Vec::NullaryExpr(count, [&] { return std::pow(100, uniform(random)); });
  parts.variances = Vec::Constant(count, equalVariances ? 0 : 0.3);
  for (Index k = 0; !equalVariances && k < count; ++k)
    parts.variances[k] = k % 3 == 1 ? 0 : 0.5 * uniform(random);
  return parts;
}

std::vector<Components> someParts() {
  std::vector<Components> out;
  unsigned seed = 0;
  for (const Index d : {1, 2, 3, 16})
    for (const Index count : {1, 2, 3, 64, 65, 200})
      for (const bool equal : {false, true}) out.push_back(randomParts(d, count, equal, ++seed));
  return out;
}

std::deque<GaussianMixture> someMixtures() {
  std::deque<GaussianMixture> out;
  for (Components& parts : someParts()) out.emplace_back(std::move(parts));
  return out;
}

/// Near components, between them and at some distance.
BatchF somePoints(const GaussianMixture& target, const Channel& channel, Index count) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  const Components& parts = *target.components();
  BatchF out(target.dimension(), count);
  for (Index p = 0; p < count; ++p) {
    const double width = std::sqrt(channel.noiseVariance) * (p % 3 == 0 ? 1 : 3);
    const double towards = p % 4 == 0 ? 0.5 : 1;
    for (Index i = 0; i < out.rows(); ++i)
      out(i, p) =
          static_cast<float>(towards * channel.signal * parts.means(i, p * 7 % parts.count()) +
                             width * normal(random));
  }
  return out;
}

const std::vector<Channel> kChannels = {{1, 1e-9},   {1, 1e-6}, {0.99, 1e-3}, {0.9, 0.19},
                                        {0.3, 0.91}, {1e-3, 1}, {1, 4}};

Eigen::VectorXf logDensities(const Target& target, const Channel& channel, const BatchF& x) {
  Eigen::VectorXf out(x.cols());
  target.logDensities(x, channel, out);
  return out;
}

BatchF scores(const Target& target, const Channel& channel, const BatchF& x) {
  BatchF out(x.rows(), x.cols());
  target.scores(x, channel, out);
  return out;
}

PosteriorBatch inDouble(const Target& target, const Channel& channel, const BatchF& x) {
  PosteriorBatch out;
  target.posteriorBatch(x.cast<double>(), channel, out);
  return out;
}

}  // namespace

// Rounding of an exponent by 10⁻⁷ of itself moves the score by that times the spread of the
// components' scores, which is the Hessian's excess over the flattest component.
void MixtureKernelTest::scoresFollowDouble() {
  for (const GaussianMixture& target : someMixtures())
    for (const Channel& channel : kChannels) {
      const BatchF x = somePoints(target, channel, 37);
      const BatchF single = scores(target, channel, x);
      const PosteriorBatch exact = inDouble(target, channel, x);
      for (Index p = 0; p < x.cols(); ++p) {
        const Vec point = x.col(p).cast<double>();
        const Posterior posterior = target.posterior(point, channel);
        const double b2 = channel.noiseVariance;
        const double size = point.norm() + channel.signal * target.components()->means.norm();
        const Vec w = target.componentPosterior(point, channel);
        double spread = 0;  // Σ w |s_k − s| (1 + exponent), s_k = (a μ_k − x)/V_k
        double largest = 0;
        for (Index k = 0; k < w.size(); ++k) {
          const double V = channel.signal * channel.signal * target.components()->variances[k] + b2;
          const Vec z = channel.signal * target.components()->means.col(k) - point;
          const double exponent = z.squaredNorm() / (2 * V) + z.norm() * size / V;
          spread += w[k] * (z / V - posterior.score).norm() * (1 + exponent);
          largest += w[k] * size / V;
        }
        const double error = (single.col(p).cast<double>() - exact.score.col(p)).norm();
        const double bound = 6e-7 * (spread + largest + posterior.score.norm());
        QVERIFY2(error <= bound, qPrintable(QString("d %1, K %2, b² %3: %4 > %5")
                                                .arg(x.rows())
                                                .arg(w.size())
                                                .arg(b2)
                                                .arg(error)
                                                .arg(bound)));
      }
    }
}

void MixtureKernelTest::exactBetweenTwoPointsAtTinyNoise() {
  for (const bool third : {false, true}) {  // exponents of three are rounded by more than log w
    Components parts{Mat{{-1, 1}}, Vec{{0.4, 0.6}}, Vec::Zero(2)};
    if (third) parts = {Mat{{-1, 1, 1}}, Vec{{0.4, 0.3, 0.3}}, Vec::Zero(3)};
    const GaussianMixture target(std::move(parts));
    const auto at = [&](float x) {
      return static_cast<double>(scores(target, {1, 1e-9}, BatchF::Constant(1, 1, x))(0, 0));
    };
    QVERIFY(third || agrees("between", at(0), 0.2 / 1e-9, 1e-6));
    QVERIFY(agrees("beside", at(1 + 0x1p-20F), -0x1p-20 / 1e-9, 1e-6));
    QVERIFY(agrees("beside", at(-1 + 0x1p-20F), -0x1p-20 / 1e-9, 1e-6));
    QCOMPARE(at(1), 0.0);
  }
}

void MixtureKernelTest::finiteFarAway() {
  for (const GaussianMixture& target : someMixtures())
    for (const Channel& channel : kChannels)
      for (const float x : {-100.0F, 0.0F, 100.0F}) {
        const BatchF points = BatchF::Constant(target.dimension(), 3, x);
        QVERIFY(scores(target, channel, points).allFinite());
        QVERIFY(logDensities(target, channel, points).allFinite());
      }
  // A weight below all floats.
  const GaussianMixture extreme(Components{Mat{{-1, 1}}, Vec{{1e12, 1e-290}}, Vec{{0, 0.1}}});
  QVERIFY(scores(extreme, {0.9, 0.19}, BatchF::Random(1, 40)).allFinite());
}

void MixtureKernelTest::logDensitiesFollowDouble() {
  std::deque<GaussianMixture> targets = someMixtures();
  targets.emplace_back(randomParts(2, 1000, true, 99));
  for (const GaussianMixture& target : targets)
    for (const double b2 : {1e-3, 1e-2, 0.1, 0.5, 1.0}) {
      const Channel channel{std::sqrt(1 - 0.99 * b2), b2};
      BatchF x = 4 * BatchF::Random(target.dimension(), 203);
      x.leftCols(101) = somePoints(target, channel, 101).cwiseMin(4).cwiseMax(-4);
      const PosteriorBatch exact = inDouble(target, channel, x);
      const Eigen::VectorXf single = logDensities(target, channel, x);
      for (Index p = 0; p < x.cols(); ++p)
        QVERIFY(agrees("log p", static_cast<double>(single[p]), exact.logEvidence[p], 1e-5, 1));
    }
}

void MixtureKernelTest::everyInstructionSet() {
  for (const GaussianMixture& target : someMixtures())
    for (const Channel& channel : kChannels) {
      const BatchF x = somePoints(target, channel, 53);
      const BatchF best = scores(target, channel, x);
      const Eigen::VectorXf bestLog = logDensities(target, channel, x);
      for (const auto set : hwy::SupportedAndGeneratedTargets()) {
        hwy::SetSupportedTargetsForTest(set);
        hwy::GetChosenTarget().DeInit();
        const BatchF here = scores(target, channel, x);
        const Eigen::VectorXf hereLog = logDensities(target, channel, x);
        hwy::SetSupportedTargetsForTest(0);
        hwy::GetChosenTarget().DeInit();
        QVERIFY2(here == best && hereLog == bestLog, hwy::TargetName(set));
      }
    }
}

void MixtureKernelTest::aPointDoesNotDependOnTheOthers() {
  for (const GaussianMixture& target : someMixtures()) {
    const Channel channel{0.9, 0.19};
    const BatchF x = somePoints(target, channel, 67);
    const BatchF whole = scores(target, channel, x);
    const Eigen::VectorXf wholeLog = logDensities(target, channel, x);
    for (const Index first : {0, 5})
      for (const Index count : {1, 3, 16, 33, 62}) {
        BatchF part(x.rows(), count);
        target.scores(x.middleCols(first, count), channel, part);
        QVERIFY(part == whole.middleCols(first, count));
        Eigen::VectorXf log(count);
        target.logDensities(x.middleCols(first, count), channel, log);
        QVERIFY(log == wholeLog.segment(first, count));
      }
  }
}

void MixtureKernelTest::theSameForAnyNumberOfThreads() {
  const GaussianMixture target(randomParts(2, 300, true, 5));
  const ProblemPtr problem = presetProblem("two-deltas");
  const DiffusedField field(target, problem->process(), 0.1);
  const BatchF x = 3 * BatchF::Random(2, 10007);
  const Eigen::VectorXf serial = logDensities(target, field.channel(), x);
  for (const int threads : {1, 2, 3}) {
    const ThreadLimit limit(threads);
    QVERIFY(field.logDensities(x) == serial);
  }
}

// Also where the target has no kernel.
void MixtureKernelTest::movesAlongScores() {
  const Channel channel{0.9, 0.19};
  const ScoreStep step{0.97, 0.02, 1.3};
  std::vector<std::unique_ptr<Target>> targets;
  for (Components& parts : someParts())
    targets.push_back(std::make_unique<GaussianMixture>(std::move(parts)));
  targets.push_back(std::make_unique<GaussianMixture>(randomParts(20, 3, false, 8)));
  targets.push_back(madeOf(hypersphereKind(), defaultsOf(hypersphereKind())));
  for (const auto& target : targets) {
    const BatchF before = BatchF::Random(target->dimension(), 37);
    const BatchF dW = BatchF::Random(target->dimension(), 37);
    BatchF x = before;
    target->moveAlongScores(step, channel, dW, x);
    const Batch score = scores(*target, channel, before).cast<double>();
    const Batch expected = 0.97 * before.cast<double>() + 0.02 * score + 1.3 * dW.cast<double>();
    const double scale = 3 + 0.02 * score.cwiseAbs().maxCoeff();
    QVERIFY((x.cast<double>() - expected).cwiseAbs().maxCoeff() < 3e-7 * scale);
  }
}

void MixtureKernelTest::potentialInSinglePrecision() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[-1, 0], [1, 0.5], [0, 2]]", "[1, 2, 1]", "[0, 0, 0.2]"));
  Json values = {{"time", 0.1}, {"range", Json::parse("[[-3, 3, 31], [-3, 3, 33]]")}};
  const auto map = [&](const char* precision) {
    values["precision"] = precision;
    return std::dynamic_pointer_cast<const PotentialMap>(
        runAnalysis("potential", *problem, values));
  };
  const auto single = map("single"), exact = map("double");
  QVERIFY(single->potential != exact->potential);
  const double scale = problem->potentialAt(0.1).scoreWeight;
  for (Index p = 0; p < exact->potential.size(); ++p) {
    QVERIFY(agrees("U", single->potential[p], exact->potential[p], 1e-5, scale));
    QVERIFY(agrees("p", single->density[p], exact->density[p], 1e-4, 1e-3));
  }
}

QTEST_APPLESS_MAIN(MixtureKernelTest)
#include "mixture_kernel_test.moc"
