#include "core/regimes/empirical_law.hpp"

#include "core/regimes/line_mixture.hpp"
#include "core/runtime/parallel_for.hpp"
#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

#include <map>

using namespace separatrix;
using namespace separatrix::test;

namespace {

Components points(Index d, Index count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Components out{Mat(d, count), Vec::Constant(count, 1 / static_cast<double>(count)),
                 Vec::Zero(count)};
  for (double& each : out.means.reshaped()) each = normal(random);
  for (Index k = 0; k < count; ++k) out.labels.push_back(static_cast<int>(k % 3) + 5);
  return out;
}

double xLogX(double w) {
  return w > 0 ? w * std::log(w) : 0;
}

}  // namespace

class EmpiricalLawTest : public QObject {
  Q_OBJECT

private slots:
  // On a line all three averages are integrals.
  void averagesAreTheIntegrals() {
    Components line{Mat(1, 4), Vec(4), Vec::Zero(4), {0, 1, 1, 0}};
    line.means << -1, -0.4, 0.3, 1.5;
    line.weights << 0.1, 0.4, 0.2, 0.3;
    const EmpiricalLaw law(line);
    const Channel channel{0.8, 0.36};
    const EmpiricalAverages found = law.averages(channel, 40'000, Noise(3), 0, {});
    const auto within = [](const Average& average, double expected) {
      // Standard errors near 0.0015; a factor of 2 anywhere is far outside.
      return average.standardError < 0.003 &&
             std::abs(average.value - expected) < 4 * average.standardError;
    };
    QVERIFY(within(found.entropy, averageOverLine(line, channel, [](const Vec& w) {
                     double out = 0;
                     for (const double each : w) out -= xLogX(each);
                     return out;
                   })));
    QVERIFY(within(found.participationRatio,
                   averageOverLine(line, channel, [](const Vec& w) { return w.squaredNorm(); })));
    const auto classes = [](const Vec& w) {
      const double share = w[0] + w[3];
      return share * share + (1 - share) * (1 - share);
    };
    QVERIFY(within(found.sameClass, averageOverLine(line, channel, classes)));
    QCOMPARE(found.pairs.size(), std::size_t{1});
    QCOMPARE(found.pairs[0].value, found.sameClass.value);
  }

  // A pair of three classes is the law of its two alone.
  void pairsAreThoseOfTheTwo() {
    const Components all = points(4, 30, 1);
    Components two = all;
    two.means.resize(4, 20);
    two.weights = Vec::Constant(20, 0.05);
    two.variances = Vec::Zero(20);
    two.labels.clear();
    Index next = 0;
    for (Index k = 0; k < 30; ++k)
      if (all.labels[static_cast<std::size_t>(k)] != 6) {
        two.means.col(next++) = all.means.col(k);
        two.labels.push_back(all.labels[static_cast<std::size_t>(k)]);
      }
    const Channel channel{0.9, 0.19};
    const EmpiricalAverages of3 = EmpiricalLaw(all).averages(channel, 60'000, Noise(1), 0, {});
    const EmpiricalAverages of2 = EmpiricalLaw(two).averages(channel, 60'000, Noise(2), 0, {});
    QCOMPARE(of3.pairs.size(), std::size_t{3});  // 5 with 6, 5 with 7, 6 with 7
    const double error = std::hypot(of3.pairs[1].standardError, of2.sameClass.standardError);
    QVERIFY(error < 0.004);
    QVERIFY(std::abs(of3.pairs[1].value - of2.sameClass.value) < 4 * error);
    QVERIFY(std::abs(of3.pairs[1].value - of3.sameClass.value) > 10 * error);
  }

  // All averages by their definitions, with the weights of the mixture itself at one place after
  // the other: few samples, and more than are kept at a time.
  void averagesAreThoseOfTheTarget_data() {
    QTest::addColumn<int>("samples");
    QTest::newRow("few") << 40;
    QTest::newRow("many") << 16'500;
  }
  void averagesAreThoseOfTheTarget() {
    QFETCH(int, samples);
    constexpr int kClasses = 4;
    Components all = points(6, 50, 2);
    for (std::size_t k = 0; k < 50; ++k) all.labels[k] = static_cast<int>(k % kClasses);
    const GaussianMixture target(all);
    const Channel channel{0.7, 0.51};
    std::map<std::array<Index, 2>, std::vector<double>> pairs;  // in their order
    std::vector<double> entropy, participation, sameClass;
    for (Index s = 0; s < samples; ++s) {
      const auto point = static_cast<Index>((static_cast<double>(s) + 0.5) / samples * 50);
      Vec x = 0.7 * all.means.col(point);
      for (Index i = 0; i < 6; ++i) {
        double z = 0;
        Noise(9).normals(NoisePurpose::start, 4, i, s, 1, &z);
        x[i] += std::sqrt(0.51) * z;
      }
      const Vec w = target.componentPosterior(x, channel);
      Vec classes = Vec::Zero(kClasses);
      double H = 0;
      for (Index k = 0; k < 50; ++k) {
        classes[k % kClasses] += w[k];
        H -= xLogX(w[k]);
      }
      entropy.push_back(H);
      participation.push_back(w.squaredNorm());
      sameClass.push_back(classes.squaredNorm());
      const Index own = point % kClasses;
      for (Index other = 0; other < kClasses; ++other) {
        if (other == own) continue;
        const double both = classes[own] + classes[other];
        pairs[{std::min(own, other), std::max(own, other)}].push_back(
            std::pow(classes[own] / both, 2) + std::pow(classes[other] / both, 2));
      }
    }
    const EmpiricalAverages found = EmpiricalLaw(all).averages(channel, samples, Noise(9), 4, {});
    const auto same = [](const char* name, const Average& average,
                         const std::vector<double>& values) {
      const Eigen::Map<const Vec> v(values.data(), static_cast<Index>(values.size()));
      const auto n = static_cast<double>(v.size());
      const double error = std::sqrt((v.array() - v.mean()).square().sum() / (n * (n - 1)));
      return agrees(name, average.value, v.mean(), 1e-10) &&
             agrees(name, average.standardError, error, 1e-8);
    };
    QVERIFY(same("entropy", found.entropy, entropy));
    QVERIFY(same("participation ratio", found.participationRatio, participation));
    QVERIFY(same("same class", found.sameClass, sameClass));
    QCOMPARE(found.pairs.size(), pairs.size());
    std::size_t k = 0;
    for (const auto& [classes, values] : pairs) QVERIFY(same("pair", found.pairs[k++], values));
  }

  void stopsAmongManySamples() {
    const EmpiricalLaw law(points(5, 300, 3));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        law.averages({0.8, 0.36}, 10'000'000, Noise(1), 0, RunControl(stop.get_token())),
        Cancelled);
  }

  void sameBitsForAnyNumberOfThreads() {
    const EmpiricalLaw law(points(5, 300, 3));
    const Channel channel{0.8, 0.36};
    const EmpiricalAverages first = law.averages(channel, 1000, Noise(1), 0, {});
    for (const int threads : {1, 2, 3, 8}) {
      const ThreadLimit limit(threads);
      const EmpiricalAverages again = law.averages(channel, 1000, Noise(1), 0, {});
      QCOMPARE(again.entropy.value, first.entropy.value);
      QCOMPARE(again.participationRatio.value, first.participationRatio.value);
      QCOMPARE(again.sameClass.value, first.sameClass.value);
    }
  }

  void atSmallNoiseEachPointIsAlone() {
    const EmpiricalAverages found =
        EmpiricalLaw(points(5, 300, 3)).averages({1, 1e-6}, 500, Noise(1), 0, {});
    QVERIFY(found.entropy.value < 1e-9);
    QVERIFY(std::abs(found.participationRatio.value - 1) < 1e-9);
  }
};

QTEST_APPLESS_MAIN(EmpiricalLawTest)
#include "empirical_law_test.moc"
