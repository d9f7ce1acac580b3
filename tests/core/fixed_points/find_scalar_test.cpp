#include "core/fixed_points/find_scalar.hpp"

#include "core/fixed_points/scalar_gradient.hpp"
#include "tests/core/support.hpp"

#include <QtCore/QElapsedTimer>

using namespace separatrix;
using namespace separatrix::test;

class FindScalarTest : public QObject {
  Q_OBJECT

private slots:
  void gradientIsThatOfTheTarget();
  void curvatureBoundsHold();
  void rootsCloseTogetherAreTwo();
  void pairsJustPastAFoldAreTwo();
  void randomMixturesAgainstADenseScan();
  void fiftyPointsAtSmallNoise();
  void exactlyAtTheCriticalTime();
  void flatPotentialsEndQuickly();
  void turnedDownPotentials();
  void smallScalesAndLargeOnes();
  void tenThousandComponents();
};

namespace {

struct Setting {
  ProblemPtr problem;
  Channel channel;
  Potential potential;

  Setting(const Json& scene, double s)
      : problem(problemOf(scene)),
        channel(problem->process().channel(s)),
        potential(problem->potentialAt(s)) {}

  const Components& parts() const { return *problem->target().components(); }
  ScalarGradient gradient() const { return ScalarGradient(parts(), channel, potential); }
  std::vector<ScalarFixedPoint> find() const {
    return findScalarFixedPoints(parts(), channel, potential);
  }
  /// U' by way of the target, which shares no code with ScalarGradient.
  double slope(double x) const {
    const Vec point = Vec::Constant(1, x);
    return potential.gradient(point, problem->target().posterior(point, channel).score)[0];
  }
  Batch slopes(const Batch& x) const {
    PosteriorBatch batch;
    problem->target().posteriorBatch(x, channel, batch);
    return potential.radialWeight * x - potential.scoreWeight * batch.score;
  }
};

Json randomScene(int components, unsigned seed, double largestVariance, const char* potential) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0, 1.2);
  std::uniform_real_distribution<double> uniform(0, 1);
  Json scene = sceneOf("[[0]]", "1", "0", kVpLinear, potential);
  Json means, weights, variances;
  for (int k = 0; k < components; ++k) {
    means.push_back({normal(random)});
    weights.push_back(0.1 + uniform(random));
    variances.push_back(largestVariance * uniform(random));
  }
  scene["target"]["means"] = means;
  scene["target"]["weights"] = weights;
  scene["target"]["variances"] = variances;
  return scene;
}

Json randomPoints(int count, unsigned seed) {
  return randomScene(count, seed, 0, "sde");
}

/// Stable and unstable in turn, the outermost stable: so it is for a potential that confines.
bool alternates(const std::vector<ScalarFixedPoint>& points) {
  for (std::size_t i = 0; i < points.size(); ++i)
    if ((points[i].curvature > 0) != (i % 2 == 0)) return false;
  return points.size() % 2 == 1;
}

}  // namespace

void FindScalarTest::gradientIsThatOfTheTarget() {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Setting setting(randomScene(4, seed, 0.5, "ode"), 0.02 + 0.045 * seed);
    const ScalarGradient gradient = setting.gradient();
    for (double x = -4; x <= 4; x += 0.37) {
      const double h = 1e-4 * std::sqrt(setting.channel.noiseVariance);
      const auto value = gradient.at(x);
      QVERIFY(agrees("U'", value.gradient, setting.slope(x), 1e-12, 1e3));
      const double slope = (8 * (gradient.at(x + h).gradient - gradient.at(x - h).gradient) -
                            gradient.at(x + 2 * h).gradient + gradient.at(x - 2 * h).gradient) /
                           (12 * h);
      QVERIFY(agrees("U''", value.curvature, slope, 1e-6, 100));
      QVERIFY(value.roundoff > 0 && value.roundoff < 1e-9);
    }
  }
}

void FindScalarTest::curvatureBoundsHold() {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(0, 1);
  double tightest = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    const Setting setting(
        randomScene(1 + static_cast<int>(seed % 6), seed, 0.3 * (seed % 3), "sde"),
        std::pow(10.0, -6 * uniform(random)));
    const ScalarGradient gradient = setting.gradient();
    for (int trial = 0; trial < 30; ++trial) {
      const double centre = 6 * uniform(random) - 3;
      const double radius = std::pow(10.0, -8 * uniform(random));
      const Interval bounds = gradient.curvatureBounds(centre, radius);
      double low = bounds.high, high = bounds.low;
      for (int i = 0; i <= 100; ++i) {
        const double curvature = gradient.at(centre + radius * (0.02 * i - 1)).curvature;
        low = std::min(low, curvature);
        high = std::max(high, curvature);
      }
      const double slack = 1e-12 * (std::abs(bounds.low) + std::abs(bounds.high));
      QVERIFY(bounds.low <= low + slack && high <= bounds.high + slack);
      tightest = std::max(tightest, (high - low) / (bounds.high - bounds.low));
    }
  }
  QVERIFY(tightest > 0.5);  // they are bounds of use, not −∞…∞
}

// Two deltas, VE, free energy: x = tanh(x/s), so roots ±r have s = r/artanh r.
void FindScalarTest::rootsCloseTogetherAreTwo() {
  for (const double r : {1e-2, 5e-4, 5e-5}) {
    const double s = r / std::atanh(r);
    const Setting setting(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian, "free-energy"), s);
    const auto found = setting.find();
    QCOMPARE(found.size(), std::size_t{3});
    QVERIFY(alternates(found));
    // U' is known to ε, so x to ε/U'' = ε/2r².
    QVERIFY(agrees("−r", found[0].x, -r, std::max(1e-9, 5e-16 / (r * r * r))));
    QVERIFY(agrees("+r", found[2].x, r, std::max(1e-9, 5e-16 / (r * r * r))));
    QVERIFY(std::abs(found[1].x) < 1e-15 / (r * r));
  }
}

// x = tanh(x/s + h): for a given x, s = x/(artanh x − h). Beyond the fold two roots are close.
void FindScalarTest::pairsJustPastAFoldAreTwo() {
  const double h = std::atanh(0.2);
  const auto time = [h](double x) { return x / (std::atanh(x) - h); };
  double low = -0.9, high = -0.2;  // s has its maximum at the fold
  for (int i = 0; i < 200; ++i) {
    const double a = low + (high - low) / 3, b = high - (high - low) / 3;
    (time(a) < time(b) ? low : high) = time(a) < time(b) ? a : b;
  }
  const double fold = 0.5 * (low + high);
  for (const double gap : {1e-2, 1e-3, 1e-4, 1e-5}) {
    const double s = time(fold + 0.5 * gap);
    const Setting setting(sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0", kVeBrownian, "free-energy"), s);
    const auto found = setting.find();
    QCOMPARE(found.size(), std::size_t{3});
    QVERIFY(alternates(found));
    QVERIFY(agrees("upper", found[1].x, fold + 0.5 * gap, 1e-4 * gap));
    QVERIFY(agrees("gap", found[1].x - found[0].x, gap, 0.02));
    const Setting before(sceneOf("[[-1],[1]]", "[0.4, 0.6]", "0", kVeBrownian, "free-energy"),
                         time(fold) * (1 + 1e-9));
    QCOMPARE(before.find().size(), std::size_t{1});
  }
}

void FindScalarTest::randomMixturesAgainstADenseScan() {
  int together = 0;
  for (const int components : {3, 5, 10})
    for (unsigned seed = 0; seed < 12; ++seed) {
      const double largest = seed % 2 == 0 ? 0 : 0.05;
      const char* potential = seed % 3 == 0 ? "energy" : "sde";
      const Setting setting(randomScene(components, 100 + seed, largest, potential),
                            0.01 + 0.015 * seed);
      const auto found = setting.find();
      // Each root lies where a dense scan sees a change of sign, and there are no others.
      const Batch x = Vec::LinSpaced(40001, -8.00013, 7.99987).transpose();
      const Batch slopes = setting.slopes(x);
      std::size_t next = 0;
      for (Index i = 1; i < x.cols(); ++i) {
        if ((slopes(0, i - 1) > 0) == (slopes(0, i) > 0)) continue;
        QVERIFY(next < found.size());
        QVERIFY(found[next].x > x(0, i - 1) && found[next].x <= x(0, i));
        ++next;
      }
      QCOMPARE(next, found.size());
      QVERIFY(alternates(found));
      for (const ScalarFixedPoint& point : found)
        QVERIFY(std::abs(setting.slope(point.x)) <= 1e-11 * (1 + std::abs(point.curvature)));
      together += static_cast<int>(found.size());
    }
  QVERIFY(together > 100);
}

void FindScalarTest::fiftyPointsAtSmallNoise() {
  const Setting setting(randomPoints(50, 2), 1e-6);
  const auto found = setting.find();
  QCOMPARE(found.size(), std::size_t{99});
  QVERIFY(alternates(found));
  std::vector<double> points;
  for (Index k = 0; k < 50; ++k) points.push_back(setting.parts().means(0, k));
  std::sort(points.begin(), points.end());
  for (std::size_t k = 0; k < 50; ++k) QVERIFY(std::abs(found[2 * k].x - points[k]) < 1e-5);
}

void FindScalarTest::exactlyAtTheCriticalTime() {
  const Setting brownian(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian, "free-energy"), 1.0);
  const auto triple = brownian.find();
  QCOMPARE(triple.size(), std::size_t{1});
  QVERIFY(std::abs(triple[0].x) < 1e-4 && std::abs(triple[0].curvature) < 1e-8);
  const Setting linear(sceneOf("[[-1],[1]]", "1", "0"), 0.29264165432814315);
  for (const ScalarFixedPoint& point : linear.find()) QVERIFY(std::abs(point.x) < 1e-4);
  QVERIFY(!linear.find().empty());
}

// A Gaussian of variance 1 under a VP process does not change: for the probability flow U' is zero
// everywhere, and there is nothing to find but rounding.
void FindScalarTest::flatPotentialsEndQuickly() {
  QElapsedTimer timer;
  timer.start();
  for (const double s : {0.001, 0.1, 0.5, 1.0, 3.0, 9.0}) {
    const Setting flat(sceneOf("[[0]]", "1", "1", kVpConstant, "ode"), s);
    QVERIFY(flat.find().size() <= 1);
    // Mean 1: a constant force of −β a/2·… and no zero.
    const Setting pushed(sceneOf("[[1]]", "1", "1", kVpConstant, "ode"), s);
    QCOMPARE(pushed.find().size(), std::size_t{0});
  }
  QVERIFY(timer.elapsed() < 2000);
}

// Variance v > 1 in the probability flow: U' = −A [a m + x (V − 1)]/V, one unstable zero, far away.
void FindScalarTest::turnedDownPotentials() {
  for (const double v : {4.0, 1.1, 1.001}) {
    const Setting setting(sceneOf("[[2]]", "1", Json(v).dump(), kVpConstant, "ode"), 0.5);
    const double a = std::exp(-0.5);
    const auto found = setting.find();
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(agrees("x", found[0].x, -2 / (a * (v - 1)), 1e-9));
    QVERIFY(found[0].curvature < 0);
  }
  const Setting two(sceneOf("[[2],[3]]", "1", "1.01", kVpConstant, "ode"), 0.5);
  const auto found = two.find();
  QCOMPARE(found.size(), std::size_t{1});
  QVERIFY(std::abs(two.slope(found[0].x)) < 1e-10);
}

void FindScalarTest::smallScalesAndLargeOnes() {
  QElapsedTimer timer;
  timer.start();
  const char* tiny = R"({"kind": "ve-brownian", "sigma": 1e-4, "horizon": 1e-3})";
  for (const double s : {1e-9, 1e-6, 1e-3})
    QCOMPARE(Setting(sceneOf("[[-1],[1]]", "1", "0", tiny), s).find().size(), std::size_t{3});
  for (const double s : {4e-6, 1e-2, 4.0}) {
    const auto far = Setting(sceneOf("[[-1e6],[1e6]]", "1", "0", kVeBrownian), s).find();
    QCOMPARE(far.size(), std::size_t{3});
    QVERIFY(agrees("x", far[2].x, 1e6, 1e-12));
  }
  const char* wide = R"({"kind": "ve-brownian", "sigma": 1e4, "horizon": 1e4})";
  QCOMPARE(Setting(sceneOf("[[-1],[1]]", "1", "0", wide), 1e4).find().size(), std::size_t{1});
  QVERIFY(timer.elapsed() < 5000);
}

void FindScalarTest::tenThousandComponents() {
  const Setting setting(randomPoints(10000, 5), 0.3);
  const auto found = setting.find();
  QVERIFY(alternates(found));
  QVERIFY(std::abs(setting.slope(found[0].x)) < 1e-9);
}

QTEST_APPLESS_MAIN(FindScalarTest)
#include "find_scalar_test.moc"
