#include "core/numerics/branch_switching.hpp"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace separatrix;

class CurveTest : public QObject {
  Q_OBJECT

private slots:
  void foldIsLocated();
  void closedCurveEndsWhereItBegan();
  void pitchforkIsOne();
  void imperfectPitchforkIsNone_data();
  void imperfectPitchforkIsNone();
  void transcriticalHasTwoSides();
  void doubleCrossingWithThreeLines();
  void familyStandsForOne();
  void stopsWhenTold();
};

namespace {

/// F and ∂F/∂x from two functions.
class Family final : public EquationFamily {
public:
  using Value = std::function<Vec(const Vec&, double)>;
  using Jacobian = std::function<Mat(const Vec&, double)>;
  Family(Index dimension, Value value, Jacobian jacobian)
      : m_dimension(dimension), m_value(std::move(value)), m_jacobian(std::move(jacobian)) {}

  Index dimension() const override { return m_dimension; }
  Vec value(const Vec& x, double t) const override { return m_value(x, t); }
  Linearization linearized(const Vec& x, double t) const override {
    return {m_value(x, t), m_jacobian(x, t), 1e-15};
  }
  double length(double) const override { return 1; }

private:
  Index m_dimension;
  Value m_value;
  Jacobian m_jacobian;
};

/// Of one unknown, F and F'.
Family scalar(const std::function<double(double, double)>& f,
              const std::function<double(double, double)>& slope) {
  return Family(
      1, [f](const Vec& x, double t) { return Vec::Constant(1, f(x[0], t)); },
      [slope](const Vec& x, double t) { return Mat::Constant(1, 1, slope(x[0], t)); });
}

/// x³ + (t − 0.1234) x + excess: for excess 0 a pitchfork at t = 0.1234, towards smaller t.
Family pitchfork(double excess) {
  return scalar([excess](double x, double t) { return x * x * x + (t - 0.1234) * x + excess; },
                [](double x, double t) { return 3 * x * x + t - 0.1234; });
}

/// ∇ of ½(t − 0.1)|x|² + (x³ − 3xy²)/3: three lines through the origin.
Family threeLines() {
  return Family(
      2,
      [](const Vec& x, double t) {
        return Vec((t - 0.1) * x + Vec{{x[0] * x[0] - x[1] * x[1], -2 * x[0] * x[1]}});
      },
      [](const Vec& x, double t) {
        return Mat((t - 0.1) * Mat::Identity(2, 2) + 2 * Mat{{x[0], -x[1]}, {-x[1], -x[0]}});
      });
}

Curve followed(const Family& family, const Vec& x, double t, double low = -1, double high = 1) {
  const auto start = curvePointAt(family, x, t, -1);
  FollowOptions options;
  options.low = low;
  options.high = high;
  return start ? followCurve(family, *start, options) : Curve();
}

void verifyOnCurve(const Family& family, const Curve& curve) {
  for (const CurvePoint& point : curve.points)
    QVERIFY(family.value(point.x, point.t).norm() < 1e-9);
}

}  // namespace

void CurveTest::foldIsLocated() {
  // t = 0.3 + x² − x³/2 around x = 0.
  const Family family = scalar([](double x, double t) { return 0.3 + x * x - 0.5 * x * x * x - t; },
                               [](double x, double) { return 2 * x - 1.5 * x * x; });
  const Curve curve = followed(family, Vec::Constant(1, 0.8), 0.684, -1, 0.7);
  QCOMPARE(curve.events.size(), std::size_t{1});
  const CurveEvent& fold = curve.events[0];
  QVERIFY(fold.kind == CurveEvent::Kind::fold);
  QVERIFY(std::abs(fold.at.t - 0.3) < 1e-13);
  QVERIFY(std::abs(fold.at.x[0]) < 1e-7);
  QVERIFY(curve.end == CurveEnd::high);
  QVERIFY(curve.points.back().x[0] < -0.5);
  QCOMPARE(curve.points.back().t, 0.7);
  QCOMPARE(curve.points[fold.point].t, fold.at.t);
  QCOMPARE(fold.at.spectrum[0], 0.0);
  verifyOnCurve(family, curve);
}

void CurveTest::closedCurveEndsWhereItBegan() {
  const Family family = scalar([](double x, double t) { return x * x + t * t - 0.25; },
                               [](double x, double) { return 2 * x; });
  const Curve curve = followed(family, Vec::Constant(1, 0.5), 0.02);
  QVERIFY(curve.end == CurveEnd::closed);
  QCOMPARE(curve.events.size(), std::size_t{2});
  QVERIFY(std::abs(curve.events[0].at.t + 0.5) < 1e-13);
  QVERIFY(std::abs(curve.events[1].at.t - 0.5) < 1e-13);
  verifyOnCurve(family, curve);
}

void CurveTest::pitchforkIsOne() {
  const Family family = pitchfork(0);
  const Curve curve = followed(family, Vec::Zero(1), 0.9);
  QCOMPARE(curve.events.size(), std::size_t{1});
  const CurveEvent& event = curve.events[0];
  QVERIFY(event.kind == CurveEvent::Kind::crossing);
  QVERIFY(std::abs(event.at.t - 0.1234) < 1e-11);
  QVERIFY(curve.end == CurveEnd::low);
  const auto arms = crossingCurves(family, event, Mat::Zero(1, 0));
  QCOMPARE(arms.size(), std::size_t{2});
  for (const CurvePoint& arm : arms) {
    QVERIFY(std::abs(arm.x[0] * arm.x[0] + arm.t - 0.1234) < 1e-12);
    QVERIFY(arm.t < event.at.t && arm.index() == 0);
    QVERIFY(arm.tangent[0] * arm.x[0] > 0 && arm.direction() < 0);
  }
  QVERIFY(arms[0].x[0] * arms[1].x[0] < 0);
  // From an arm the same place is a vertex.
  const Curve arm = followed(family, Vec::Constant(1, 0.9), 0.1234 - 0.81, -1, 1);
  FollowOptions options;
  options.low = -1;
  const auto start = curvePointAt(family, arm.points.front().x, arm.points.front().t, 1);
  const Curve upwards = followCurve(family, *start, options);
  QVERIFY(upwards.end == CurveEnd::vertex);
  QVERIFY(upwards.events.back().kind == CurveEvent::Kind::vertex);
  QVERIFY(std::abs(upwards.events.back().at.t - 0.1234) < 1e-9);
}

void CurveTest::imperfectPitchforkIsNone_data() {
  QTest::addColumn<double>("excess");
  QTest::newRow("1e-2") << 1e-2;
  QTest::newRow("1e-4") << 1e-4;
  QTest::newRow("1e-6") << 1e-6;
  QTest::newRow("1e-7") << 1e-7;
}

// The branch turns aside; the two others meet in a fold at t = 0.1234 − 3 (excess/2)^⅔.
void CurveTest::imperfectPitchforkIsNone() {
  QFETCH(double, excess);
  const Family family = pitchfork(excess);
  const Curve curve = followed(family, Vec::Constant(1, -excess), 0.9);
  QCOMPARE(curve.events.size(), std::size_t{0});
  QVERIFY(curve.points.back().x[0] < -1);
  verifyOnCurve(family, curve);
  const auto lower = curvePointAt(family, Vec::Constant(1, 1), 0.1234 - 1, 1);
  FollowOptions options;
  options.low = -1;
  const Curve other = followCurve(family, *lower, options);
  QCOMPARE(other.events.size(), std::size_t{1});
  QVERIFY(other.events[0].kind == CurveEvent::Kind::fold);
  const double expected = 0.1234 - 3 * std::pow(excess / 2, 2.0 / 3);
  QVERIFY(std::abs(other.events[0].at.t - expected) < 1e-11);
  QVERIFY(other.end == CurveEnd::low);
}

void CurveTest::transcriticalHasTwoSides() {
  const Family family = scalar([](double x, double t) { return (t - 0.2) * x + x * x; },
                               [](double x, double t) { return t - 0.2 + 2 * x; });
  const Curve curve = followed(family, Vec::Zero(1), 0.9);
  QCOMPARE(curve.events.size(), std::size_t{1});
  QVERIFY(std::abs(curve.events[0].at.t - 0.2) < 1e-11);
  const auto arms = crossingCurves(family, curve.events[0], Mat::Zero(1, 0));
  QCOMPARE(arms.size(), std::size_t{2});
  QVERIFY((arms[0].t - 0.2) * (arms[1].t - 0.2) < 0);
  for (const CurvePoint& arm : arms) QVERIFY(std::abs(arm.x[0] + arm.t - 0.2) < 1e-12);
}

void CurveTest::doubleCrossingWithThreeLines() {
  const Family family = threeLines();
  const Curve curve = followed(family, Vec::Zero(2), 0.9);
  QCOMPARE(curve.events.size(), std::size_t{1});
  QCOMPARE(curve.events[0].multiplicity(), Index{2});
  QVERIFY(std::abs(curve.events[0].at.t - 0.1) < 1e-11);
  const auto arms = crossingCurves(family, curve.events[0], Mat::Zero(2, 0));
  QCOMPARE(arms.size(), std::size_t{6});
  int before = 0;
  for (const CurvePoint& arm : arms) {
    QVERIFY(family.value(arm.x, arm.t).norm() < 1e-12);
    before += arm.t > 0.1 ? 1 : 0;
    // Directions at multiples of 60°.
    const double turns = std::atan2(arm.x[1], arm.x[0]) / (M_PI / 3);
    QVERIFY(std::abs(turns - std::round(turns)) < 1e-9);
  }
  QCOMPARE(before, 3);
}

// ∇ of ½(t − 0.1) r² + r⁴/4 in three dimensions: a sphere of solutions.
void CurveTest::familyStandsForOne() {
  const Family family(
      3, [](const Vec& x, double t) { return Vec((t - 0.1 + x.squaredNorm()) * x); },
      [](const Vec& x, double t) {
        return Mat((t - 0.1 + x.squaredNorm()) * Mat::Identity(3, 3) + 2 * x * x.transpose());
      });
  const Curve curve = followed(family, Vec::Zero(3), 0.9);
  QCOMPARE(curve.events.size(), std::size_t{1});
  QCOMPARE(curve.events[0].multiplicity(), Index{3});
  const auto arms = crossingCurves(family, curve.events[0], Mat::Zero(3, 0));
  QCOMPARE(arms.size(), std::size_t{1});
  FollowOptions options;
  options.low = -1;
  const Curve arm = followCurve(family, arms[0], options);
  QVERIFY(arm.end == CurveEnd::low);
  QVERIFY(arm.events.empty());
  for (const CurvePoint& point : arm.points) {
    QVERIFY(std::abs(point.x.squaredNorm() - 0.1 + point.t) < 1e-9);
    QCOMPARE(countZero(point.spectrum), Index{2});
    QCOMPARE(point.index(), Index{0});
  }
}

void CurveTest::stopsWhenTold() {
  const Family family = pitchfork(0);
  const auto start = curvePointAt(family, Vec::Zero(1), 0.9, -1);
  FollowOptions options;
  options.low = -1;
  options.mostPoints = 5;
  QVERIFY(followCurve(family, *start, options).end == CurveEnd::cut);
  options.mostPoints = 20000;
  options.longestMove = [](double) { return 1e-2; };
  const Curve fine = followCurve(family, *start, options);
  for (std::size_t i = 1; i < fine.points.size(); ++i)
    QVERIFY(std::abs(fine.points[i].t - fine.points[i - 1].t) <= 1e-2 * (1 + 1e-9));
  int calls = 0;
  options.checkpoint = [&] {
    if (++calls == 7) throw std::runtime_error("stop");
  };
  QVERIFY_THROWS_EXCEPTION(std::runtime_error, followCurve(family, *start, options));
}

QTEST_APPLESS_MAIN(CurveTest)
#include "curve_test.moc"
