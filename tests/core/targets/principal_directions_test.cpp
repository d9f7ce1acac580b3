#include "core/targets/principal_directions.hpp"

#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class PrincipalDirectionsTest : public QObject {
  Q_OBJECT

private slots:
  void areEigenvectorsOfTheCovariance() {
    for (const Index count : {1, 3, 12})
      for (const bool wide : {false, true}) {
        const GaussianMixture target(randomParts(5, count, wide));
        const PrincipalDirections found = principalDirections(target, 9);
        QCOMPARE(found.basis.cols(), Index{5});
        QVERIFY((found.basis.transpose() * found.basis - Mat::Identity(5, 5)).norm() < 1e-12);
        const Mat C = target.covariance();
        QVERIFY(agrees("trace", found.variances.sum(), C.trace(), 1e-12, 1e-12));
        for (Index k = 0; k < 5; ++k) {
          const Vec e = found.basis.col(k);
          QVERIFY((C * e - found.variances[k] * e).norm() < 1e-10 * (1 + C.norm()));
          if (k > 0) QVERIFY(found.variances[k] <= found.variances[k - 1] + 1e-12);
          QVERIFY(std::abs(varianceAlong(target, e) - e.dot(C * e)) < 1e-12 * (1 + C.norm()));
        }
      }
  }

  void twoGaussiansPartAlongTheirMeans() {
    const ProblemPtr problem = presetProblem("two-gaussians");
    const Components& parts = *problem->target().components();
    const PrincipalDirections& found = problem->principalDirections();
    QCOMPARE(found.basis.rows(), Index{1024});
    const Vec m = parts.means.col(0);
    QVERIFY(agrees("|e·m|", std::abs(found.basis.col(0).dot(m)), m.norm(), 1e-12));
    QVERIFY(agrees("Λ", found.variances[0], 1 + 1024.0, 1e-12));
    QVERIFY(agrees("others", found.variances[1], 1, 1e-12));
    QVERIFY(std::abs(found.basis.col(1).dot(m)) < 1e-10);
  }

  void turnTheSameWayEachTime() {
    const GaussianMixture target(randomParts(4, 7, false));
    const PrincipalDirections found = principalDirections(target, 4);
    for (const auto& e : found.basis.colwise()) {
      Index largest = 0;
      e.cwiseAbs().maxCoeff(&largest);
      QVERIFY(e[largest] > 0);
    }
  }

  void targetsWithoutPartsHaveThemToo() {
    const ProblemPtr sphere = presetProblem("hypersphere");
    const Index d = sphere->target().dimension();
    QVERIFY(agrees("sphere", sphere->principalDirections().variances[0],
                   sphere->target().covariance()(0, 0), 1e-12));
    QCOMPARE(sphere->principalDirections().basis.cols(), std::min<Index>(d, 16));
    const ProblemPtr spins = presetProblem("curie-weiss");
    const Vec e = spins->principalDirections().basis.col(0);  // the magnetisation
    const double each = 1 / std::sqrt(static_cast<double>(e.size()));
    QVERIFY((e.array() - each).abs().maxCoeff() < 1e-9);
  }

  void refusesWhatWouldTakeMinutes() {
    Components parts = randomParts(2100, 2200, false);
    QVERIFY_EXCEPTION_THROWN(principalDirections(GaussianMixture(std::move(parts)), 2), Failure);
  }

private:
  static Components randomParts(Index d, Index count, bool wide) {
    std::mt19937 random(11);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform(0.2, 1);
    Components out{Mat(d, count), Vec(count), Vec(count)};
    for (double& each : out.means.reshaped()) each = normal(random);
    for (Index k = 0; k < count; ++k) {
      out.weights[k] = uniform(random);
      out.variances[k] = wide ? uniform(random) : 0.25;
    }
    out.weights /= out.weights.sum();
    return out;
  }
};

QTEST_APPLESS_MAIN(PrincipalDirectionsTest)
#include "principal_directions_test.moc"
