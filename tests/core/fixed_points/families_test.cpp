#include "core/fixed_points/branches.hpp"
#include "core/fixed_points/horizon_branch.hpp"
#include "core/targets/hypersphere.hpp"
#include "tests/core/fixed_points/scenes.hpp"

#include <boost/math/special_functions/bessel.hpp>

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

/// Fixed points that come in continuous families, and targets without components.
class FamiliesTest : public QObject {
  Q_OBJECT

private slots:
  void circleSplitsIntoACircle();
  void oneOfEachFamilyAtOneTime();
  void criticalTimeOfTheCircle();
  void spheresAreFollowedAlongARay_data();
  void spheresAreFollowedAlongARay();
  void theReducedCircleIsTheCircle();
};

namespace {

/// Uniform on the unit circle of the plane: ⟨y⟩ = (I₁/I₀)(k) ĥ with h = a x/b², k = |h|.
class Circle final : public Target {
public:
  Index dimension() const override { return 2; }
  Vec mean() const override { return Vec::Zero(2); }
  Mat covariance() const override { return 0.5 * Mat::Identity(2, 2); }
  bool hasDensity() const override { return false; }

  Posterior posterior(const VecView& x, const Channel& channel) const override {
    const auto [a, b2] = channel;
    const Vec h = a / b2 * x;
    const double k = h.norm();
    const double I0 = boost::math::cyl_bessel_i(0, k), I1 = boost::math::cyl_bessel_i(1, k);
    const double A = I1 / I0;
    const Vec along = k > 0 ? Vec(h / k) : Vec::Zero(2);
    const double across = k > 1e-8 ? A / k : 0.5;
    Posterior out;
    out.logEvidence =
        -std::log(2 * std::numbers::pi * b2) - (x.squaredNorm() + a * a) / (2 * b2) + std::log(I0);
    out.mean = A * along;
    out.covariance =
        across * Mat::Identity(2, 2) + (1 - A * A - 2 * across) * along * along.transpose();
    out.score = (a * out.mean - x) / b2;
    out.hessian = (a * a / b2 * out.covariance - Mat::Identity(2, 2)) / b2;
    return out;
  }

  void posteriorBatch(const BatchView& x, const Channel& channel,
                      PosteriorBatch& out) const override {
    out.logEvidence.resize(x.cols());
    out.score.resize(2, x.cols());
    out.mean.resize(2, x.cols());
    for (Index p = 0; p < x.cols(); ++p) {
      const Posterior at = posterior(Vec(x.col(p)), channel);
      out.logEvidence[p] = at.logEvidence;
      out.score.col(p) = at.score;
      out.mean.col(p) = at.mean;
    }
  }

  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const override {
    for (Index p = 0; p < x.cols(); ++p)
      out.col(p) = posterior(x.col(p).cast<double>(), channel).score.cast<float>();
  }

  void samplePosterior(const Noise&, Index, Index, const BatchFView&, const Channel&,
                       BatchFOut) const override {
    qFatal("nobody draws from it here");
  }

  void sample(const Noise& noise, Index first, BatchFOut out) const override {
    Vec u(out.cols());
    noise.uniforms(NoisePurpose::dataChoice, 0, 0, first, out.cols(), u.data());
    for (Index p = 0; p < out.cols(); ++p) {
      const double angle = 2 * std::numbers::pi * u[p];
      out(0, p) = static_cast<float>(std::cos(angle));
      out(1, p) = static_cast<float>(std::sin(angle));
    }
  }
};

/// x = (I₁/I₀)(x/s), by bisection.
double radius(double s) {
  double low = 1e-6, high = 1;
  for (int i = 0; i < 100; ++i) {
    const double x = 0.5 * (low + high);
    const double k = x / s;
    (boost::math::cyl_bessel_i(1, k) / boost::math::cyl_bessel_i(0, k) > x ? low : high) = x;
  }
  return low;
}

struct Setting {
  ProblemPtr brownian = presetProblem("four-deltas");  // for its process and potential
  Circle circle;
  PotentialAt potential = potentialOf(*brownian);
};

}  // namespace

// VE, free energy: the centre loses both directions at s = C = 1/2; below, a ring of minima.
void FamiliesTest::circleSplitsIntoACircle() {
  const Setting setting;
  const BifurcationDiagram diagram = continuedDiagram(setting.circle, setting.brownian->process(),
                                                      setting.potential, {0.02, 4, 100}, {});
  QCOMPARE(diagram.branches.size(), std::size_t{2});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  QVERIFY(diagram.events[0].kind == EventKind::pitchfork);
  QCOMPARE(diagram.events[0].multiplicity, 2);
  QVERIFY(agrees("s", diagram.events[0].s, 0.5, 1e-10));
  const auto& ring = diagram.branches[1].points;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    QVERIFY(ring[i].stability() == Stability::marginal);
    QCOMPARE(ring[i].marginal(), Index{1});
    QCOMPARE(ring[i].index(), Index{0});
    QVERIFY(agrees("radius", ring[i].x.norm(), radius(ring[i].s), 1e-8));
  }
  QVERIFY(agrees("end", ring.back().s, 0.02, 1e-15));
}

void FamiliesTest::oneOfEachFamilyAtOneTime() {
  const Setting setting;
  for (const double s : {0.4, 0.1}) {
    const FixedPointSet found =
        continuedFixedPoints(setting.circle, setting.brownian->process(), setting.potential, s, {});
    QCOMPARE(found.points.size(), std::size_t{2});
    int marginal = 0;
    for (const FixedPoint& point : found.points) {
      if (point.stability() != Stability::marginal) {
        QCOMPARE(point.index(), Index{2});
        QVERIFY(point.x.norm() < 1e-9);
        continue;
      }
      ++marginal;
      QVERIFY(agrees("radius", point.x.norm(), radius(s), 1e-9));
    }
    QCOMPARE(marginal, 1);
  }
}

void FamiliesTest::criticalTimeOfTheCircle() {
  const Setting setting;
  const HorizonBranch branch =
      followFromHorizon(setting.circle, setting.brownian->process(), setting.potential, {});
  QVERIFY(branch.criticalPoint && agrees("s_c", branch.criticalPoint->s, 0.5, 1e-10));
  QVERIFY(branch.laplacianZero && agrees("s_Δ", branch.laplacianZero->s, 0.5, 1e-10));
}

void FamiliesTest::spheresAreFollowedAlongARay_data() {
  QTest::addColumn<int>("dimension");
  for (const int dimension : {2, 3, 10, 784, 10'000}) QTest::addRow("d=%d", dimension) << dimension;
}

// VE, free energy: the centre loses all d directions at s = r²/d. At s = r²/2d there is a sphere of
// minima, whose radius solves x = r I_{d/2}(z)/I_{d/2−1}(z), z = r x/s (by Lentz' fraction).
void FamiliesTest::spheresAreFollowedAlongARay() {
  QFETCH(int, dimension);
  const Setting setting;
  const double r = 1.5;
  const Hypersphere sphere(dimension, r);
  const double critical = r * r / dimension;
  const BifurcationDiagram diagram = branchDiagram(sphere, setting.brownian->process(),
                                                   setting.potential, {0.5 * critical, 4, 20}, {});
  QCOMPARE(diagram.branches.size(), std::size_t{2});
  QCOMPARE(diagram.events.size(), std::size_t{1});
  QCOMPARE(diagram.events[0].multiplicity, dimension);
  QVERIFY(agrees("s", diagram.events[0].s, critical, 1e-10));
  const FixedPoint& last = diagram.branches[1].points.back();
  QVERIFY(agrees("end", last.s, 0.5 * critical, 1e-12));
  QCOMPARE(last.marginal(), Index{dimension - 1});
  QVERIFY(last.stability() == Stability::marginal && last.spectrum[dimension - 1] > 0);
  const double z = r * last.x.norm() / last.s;
  double ratio = 0;
  for (int k = 2000; k > 0; --k) ratio = 1 / ((dimension + 2.0 * (k - 1)) / z + ratio);
  QVERIFY(agrees("radius", last.x.norm(), r * ratio, 1e-10));
  const FixedPointSet now =
      findFixedPoints(sphere, setting.brownian->process(), setting.potential, 0.5 * critical, {});
  QCOMPARE(now.points.size(), std::size_t{2});
  QCOMPARE(now.points[0].index(), Index{dimension});
  QVERIFY(agrees("radius", now.points[1].x.norm(), r * ratio, 1e-10));
  const HorizonBranch branch =
      followFromHorizon(sphere, setting.brownian->process(), setting.potential, {});
  QVERIFY(branch.laplacianZero && agrees("s_Δ", branch.laplacianZero->s, critical, 1e-10));
}

void FamiliesTest::theReducedCircleIsTheCircle() {
  const Setting setting;
  const Hypersphere reduced(2, 1);
  for (const double s : {0.4, 0.1}) {
    const auto points = [&](const Target& target) {
      return findFixedPoints(target, setting.brownian->process(), setting.potential, s, {}).points;
    };
    const auto found = points(reduced), expected = points(setting.circle);
    QCOMPARE(found.size(), expected.size());
    for (const FixedPoint& point : found) {
      const bool known =
          std::any_of(expected.begin(), expected.end(), [&](const FixedPoint& other) {
            return std::abs(point.x.norm() - other.x.norm()) < 1e-9 &&
                   (point.spectrum - other.spectrum).norm() < 1e-7 * point.spectrum.norm();
          });
      QVERIFY(known);
    }
  }
}

QTEST_APPLESS_MAIN(FamiliesTest)
#include "families_test.moc"
