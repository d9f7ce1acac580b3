#include "core/targets/dataset_kernel.hpp"

#include "core/runtime/parallel_for.hpp"
#include "core/sampling/integrate.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"
#include "tests/core/targets/dataset_points.hpp"

#include <QtCore/QProcess>

#include <hwy/targets.h>

#include <cstring>

using namespace separatrix;
using namespace separatrix::test;

class DatasetKernelTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithTheOracle_data();
  void agreesWithTheOracle();
  void pointsBetweenTwo_data();
  void pointsBetweenTwo();
  void tiesAreShared();
  void duplicatesCountTwice();
  void farAwayPoints();
  void fewComponents();
  void weightsAndVariances();
  void extremeValues();
  void neglectsNothingThatCounts();
  void aColumnDependsOnItselfAlone();
  void anEnsembleDoesNotDependOnThreads();
  void theMixtureChoosesBySize();
  void otherInstructionSets_data();
  void otherInstructionSets();
  void vectorsOfOtherLengths();
};

namespace {

constexpr double kSmallError = 1e-5;  // promised for b² ≥ 0.2, …
constexpr double kAnyError = 2e-5;    // … and always

Channel preserving(double noiseVariance) {
  return {std::sqrt(1 - noiseVariance), noiseVariance};
}

/// In double precision, by the simple sum over all components.
Batch oracle(const Components& parts, const BatchF& x, const Channel& channel) {
  PosteriorBatch out;
  GaussianMixture(parts).posteriorBatch(x.cast<double>(), channel, out);
  return out.score;
}

BatchF kernelScores(const Components& parts, const BatchF& x, const Channel& channel) {
  BatchF out = BatchF::Constant(x.rows(), x.cols(), 1e9F);
  DatasetKernel(parts).scores(x, channel, out);
  return out;
}

/// The largest |s − s'|/|s'| of all points.
double worstError(const BatchF& actual, const Batch& expected) {
  return ((actual.cast<double>() - expected).colwise().norm().array() /
          expected.colwise().norm().array())
      .maxCoeff();
}

bool sameBits(const BatchF& a, const BatchF& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::memcmp(a.data(), b.data(), sizeof(float) * static_cast<std::size_t>(a.size())) == 0;
}

}  // namespace

void DatasetKernelTest::agreesWithTheOracle_data() {
  QTest::addColumn<int>("dimension");
  QTest::addColumn<int>("components");
  QTest::addColumn<double>("shift");
  QTest::newRow("images") << 784 << 600 << 0.0;
  QTest::newRow("images far from the origin") << 784 << 300 << 100.0;
  QTest::newRow("colour images") << 3072 << 200 << 0.0;
  QTest::newRow("many in 64") << 64 << 3000 << 0.0;
  QTest::newRow("many in 32") << 32 << 5001 << -3.0;
}

void DatasetKernelTest::agreesWithTheOracle() {
  QFETCH(int, dimension);
  QFETCH(int, components);
  QFETCH(double, shift);
  Components parts = imageLikePoints(dimension, components, 1);
  parts.means.array() += shift;
  for (const double noise : {0.999, 0.9, 0.5, 0.2, 2e-2, 2e-3, 2e-4, 2e-6, 1e-8}) {
    const Channel channel = preserving(noise);
    const BatchF x = noisedPoints(parts, channel, noise == 0.5 ? 130 : 40, 2);
    const double error = worstError(kernelScores(parts, x, channel), oracle(parts, x, channel));
    QVERIFY2(error < (noise >= 0.2 ? kSmallError : kAnyError),
             qPrintable(QString("b² = %1: %2").arg(noise).arg(error)));
  }
}

void DatasetKernelTest::pointsBetweenTwo_data() {
  QTest::addColumn<double>("noise");
  for (const double noise : {0.2, 2e-2, 2e-4, 2e-6, 1e-8}) QTest::addRow("%g", noise) << noise;
}

// Near the plane between two neighbours, so that both have a share: there, the weights hang on the
// last digits of the distances.
void DatasetKernelTest::pointsBetweenTwo() {
  QFETCH(double, noise);
  const Channel channel = preserving(noise);
  Components parts = imageLikePoints(784, 500, 4);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> share(-2, 2);
  BatchF x(784, 50);
  for (Index p = 0; p < 50; ++p) {
    const Vec one = channel.signal * parts.means.col(10 * p + 8);
    const Vec other = channel.signal * parts.means.col(10 * p + 9);
    const Vec along = other - one;
    x.col(p) =
        ((one + other) / 2 + share(random) * noise / along.squaredNorm() * along).cast<float>();
  }
  const GaussianMixture target(parts);
  int shared = 0;
  for (Index p = 0; p < 50; ++p) {
    const Vec w = target.componentPosterior(x.col(p).cast<double>(), channel);
    shared += w.maxCoeff() < 0.98 ? 1 : 0;
  }
  QVERIFY2(shared >= 10, qPrintable(QString::number(shared)));
  const double error = worstError(kernelScores(parts, x, channel), oracle(parts, x, channel));
  QVERIFY2(error < (noise >= 0.2 ? kSmallError : kAnyError), qPrintable(QString::number(error)));
}

// Two pairs of equal points, equally far: coordinates of few digits, so that it is exactly so.
void DatasetKernelTest::tiesAreShared() {
  Components parts = imageLikePoints(784, 500, 4);
  parts.means = (64 * parts.means).array().round() / 64;
  BatchF x(784, 50);
  for (Index p = 0; p < 50; ++p) {
    const Index first = 10 * p, second = first + 9;
    parts.means.col(first + 1) = parts.means.col(first);
    parts.means.col(first + 8) = parts.means.col(second);
    x.col(p) = ((parts.means.col(first) + parts.means.col(second)) / 2).cast<float>();
    for (Index i = 0; i < 784; ++i)
      if (parts.means(i, first) == parts.means(i, second)) x(i, p) += i % 2 == 0 ? 0.25F : -0.25F;
  }
  for (const double noise : {0.2, 2e-2, 2e-4, 2e-6, 1e-8}) {
    const Channel channel{1, noise};
    int shared = 0;
    for (Index p = 0; p < 50; ++p) {
      const Vec w = GaussianMixture(parts).componentPosterior(x.col(p).cast<double>(), channel);
      shared += w.maxCoeff() > 0.24 && w.maxCoeff() < 0.26 ? 1 : 0;
    }
    QVERIFY2(shared >= 10, qPrintable(QString::number(shared)));
    const double error = worstError(kernelScores(parts, x, channel), oracle(parts, x, channel));
    QVERIFY2(error < kSmallError, qPrintable(QString::number(error)));
  }
}

void DatasetKernelTest::duplicatesCountTwice() {
  Components parts = imageLikePoints(100, 400, 6);
  parts.weights.setConstant(1.0 / 400);
  for (Index k = 1; k < 400; k += 2) parts.means.col(k) = parts.means.col(k - 1);
  parts.means.rightCols(100).colwise() = Vec(parts.means.col(300));
  for (const double noise : {0.2, 2e-4, 1e-8}) {
    const Channel channel = preserving(noise);
    const BatchF x = noisedPoints(parts, channel, 60, 7);
    QVERIFY(worstError(kernelScores(parts, x, channel), oracle(parts, x, channel)) < kSmallError);
  }
}

void DatasetKernelTest::farAwayPoints() {
  const Components parts = imageLikePoints(784, 500, 8);
  for (const double noise : {0.999, 0.2, 2e-4})
    for (const float distance : {1e2F, 1e4F, 1e6F}) {
      const Channel channel = preserving(noise);
      const BatchF x = distance * noisedPoints(parts, {1, 1}, 40, 9);
      const double error = worstError(kernelScores(parts, x, channel), oracle(parts, x, channel));
      QVERIFY2(error < kSmallError, qPrintable(QString::number(error)));
    }
}

void DatasetKernelTest::fewComponents() {
  for (const Index count : {1, 2, 255, 256, 257}) {
    const Components parts = imageLikePoints(50, count, 10);
    for (const double noise : {0.5, 1e-6}) {
      const Channel channel = preserving(noise);
      const BatchF x = noisedPoints(parts, channel, 20, 11);
      QVERIFY(worstError(kernelScores(parts, x, channel), oracle(parts, x, channel)) < kAnyError);
    }
  }
}

// A variance that all share, and weights over eight decades.
void DatasetKernelTest::weightsAndVariances() {
  Components parts = imageLikePoints(200, 500, 12);
  parts.variances.setConstant(0.01);
  for (Index k = 0; k < 500; ++k)
    parts.weights[k] = std::pow(10, -8.0 * static_cast<double>(k % 10) / 9);
  parts.weights /= parts.weights.sum();
  for (const double noise : {0.9, 0.2, 1e-3, 1e-8}) {
    const Channel channel = preserving(noise);
    const BatchF x = noisedPoints(parts, channel, 60, 13);
    QVERIFY(worstError(kernelScores(parts, x, channel), oracle(parts, x, channel)) < kAnyError);
  }
}

// At the horizon the signal is almost gone; a weight may be almost nothing.
void DatasetKernelTest::extremeValues() {
  Components parts = imageLikePoints(100, 400, 22);
  const BatchF x = noisedPoints(parts, {0, 1}, 20, 23);
  for (const double signal : {0.0, 1e-30, 1e-5}) {
    const Channel channel{signal, 1};
    QVERIFY(worstError(kernelScores(parts, x, channel), oracle(parts, x, channel)) < 1e-6);
  }
  parts.weights.head(200).setConstant(1e-300);
  for (const double noise : {0.5, 1e-4, 1e-30}) {
    const Channel channel{1, noise};
    const BatchF close = noisedPoints(parts, channel, 20, 24);
    QVERIFY(worstError(kernelScores(parts, close, channel), oracle(parts, close, channel)) <
            kSmallError);
  }
}

// One component near, and 4999 equal ones that together have as much weight, though each has
// little: 5000 · exp(−log 5000).
void DatasetKernelTest::neglectsNothingThatCounts() {
  constexpr Index kCount = 5000, kDimension = 32;
  Components parts{Mat::Zero(kDimension, kCount), Vec::Constant(kCount, 1.0 / kCount),
                   Vec::Zero(kCount)};
  for (const double noise : {0.2, 1e-3, 1e-6}) {
    const double far = std::sqrt(2 * noise * std::log(5000.0));
    std::mt19937 random(14);
    std::normal_distribution<double> normal;
    for (Index k = 1; k < kCount; ++k) {
      Vec direction(kDimension);
      for (double& value : direction) value = normal(random);
      parts.means.col(k) = far * direction.cwiseAbs() / direction.norm();
    }
    const BatchF x = BatchF::Zero(kDimension, 1);
    const Channel channel{1, noise};
    const Batch expected = oracle(parts, x, channel);
    QVERIFY(expected.norm() > 0.2 * far / noise);
    QVERIFY(worstError(kernelScores(parts, x, channel), expected) < kAnyError);
  }
}

void DatasetKernelTest::aColumnDependsOnItselfAlone() {
  const Components parts = imageLikePoints(784, 600, 15);
  const DatasetKernel kernel(parts);
  for (const double noise : {0.95, 0.5, 2e-3, 2e-6}) {
    const Channel channel = preserving(noise);
    const BatchF x = noisedPoints(parts, channel, 300, 16);
    BatchF all(784, 300);
    kernel.scores(x, channel, all);
    for (const Index first : {0, 5, 130})
      for (const Index count : {1, 16, 100, 128, 150}) {
        BatchF part(784, count);
        kernel.scores(x.middleCols(first, count), channel, part);
        QVERIFY(sameBits(part, all.middleCols(first, count)));
      }
    BatchF broken = x;
    broken.col(3).setConstant(std::numeric_limits<float>::quiet_NaN());
    broken(0, 200) = std::numeric_limits<float>::infinity();
    BatchF scores(784, 300);
    kernel.scores(broken, channel, scores);
    QVERIFY(!scores.col(3).allFinite() && !scores.col(200).allFinite());
    scores.col(3) = all.col(3);
    scores.col(200) = all.col(200);
    QVERIFY(sameBits(scores, all));
  }
}

void DatasetKernelTest::anEnsembleDoesNotDependOnThreads() {
  const GaussianMixture target(imageLikePoints(100, 400, 17));
  const ProblemPtr problem = presetProblem("two-deltas");
  EnsembleSpec spec;
  spec.particles = 300;
  spec.steps = 20;
  spec.saveEvery = 20;
  const auto end = [&](int threads) -> BatchF {
    const ThreadLimit limit(threads);
    return integrate(target, problem->process(), spec, Direction::reverse, {}).state(1);
  };
  const BatchF one = end(1);
  QVERIFY(sameBits(one, end(2)));
  QVERIFY(sameBits(one, end(3)));
  spec.particles = 130;
  QVERIFY(sameBits(one.leftCols(130), end(2)));
}

void DatasetKernelTest::theMixtureChoosesBySize() {
  QVERIFY(DatasetKernel::suits(12000, 784));
  QVERIFY(!DatasetKernel::suits(2, 16384));
  QVERIFY(!DatasetKernel::suits(100000, 2));
  const Channel channel = preserving(0.3);
  Components parts = imageLikePoints(100, 500, 18);
  const BatchF x = noisedPoints(parts, channel, 20, 19);
  BatchF scores(100, 20);
  const GaussianMixture equal(parts);
  equal.scores(x, channel, scores);
  QVERIFY(sameBits(scores, kernelScores(*equal.components(), x, channel)));

  parts.variances[7] = 0.1;
  QVERIFY(!DatasetKernel::hasEqualVariances(parts));
  GaussianMixture(parts).scores(x, channel, scores);
  QVERIFY(worstError(scores, oracle(parts, x, channel)) < 1e-4);
}

void DatasetKernelTest::otherInstructionSets_data() {
  QTest::addColumn<QString>("name");
  for (const char* name : {"SSE41", "AVX", "AVX2", "AVX512_CORE"}) QTest::newRow(name) << name;
}

// oneDNN looks once, so in a process of its own: the same bounds hold with each.
void DatasetKernelTest::otherInstructionSets() {
  QFETCH(QString, name);
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("ONEDNN_MAX_CPU_ISA", name);
  environment.insert("DNNL_MAX_CPU_ISA", name);
  QProcess test;
  test.setProcessEnvironment(environment);
  test.setProcessChannelMode(QProcess::MergedChannels);
  test.start(QCoreApplication::applicationFilePath(),
             {"agreesWithTheOracle:images", "agreesWithTheOracle:many in 64", "pointsBetweenTwo",
              "tiesAreShared", "aColumnDependsOnItselfAlone"});
  QVERIFY(test.waitForFinished(-1));
  const QByteArray said = test.readAll();
  QVERIFY2(test.exitStatus() == QProcess::NormalExit && test.exitCode() == 0, said);
  QVERIFY2(said.contains("0 failed") && !said.contains(" 2 passed"), said);
}

// The weights with the vectors of other processors; matrix products stay the same.
void DatasetKernelTest::vectorsOfOtherLengths() {
  const Components parts = imageLikePoints(100, 500, 20);
  for (const double noise : {0.9, 0.1, 1e-6}) {
    const Channel channel = preserving(noise);
    const BatchF x = noisedPoints(parts, channel, 150, 21);
    const BatchF usual = kernelScores(parts, x, channel);
    for (std::int64_t all = hwy::SupportedTargets(), rest = all; rest != 0; rest &= rest - 1) {
      hwy::SetSupportedTargetsForTest(rest & -rest);
      const BatchF scores = kernelScores(parts, x, channel);
      hwy::SetSupportedTargetsForTest(0);
      QVERIFY(worstError(scores, usual.cast<double>()) < kSmallError);
    }
  }
}

QTEST_GUILESS_MAIN(DatasetKernelTest)
#include "dataset_kernel_test.moc"
