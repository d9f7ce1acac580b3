#include "core/targets/shape.hpp"

#include "tests/core/support.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

class ShapeTest : public QObject {
  Q_OBJECT

private slots:
  void allAreEquallyHeavyAndWide();
  void ringIsEvenOnTheCircle();
  void gridIsTheSmallestLattice();
  void spiralHasEqualArcsAndTwoTurns();
  void moonsAreHalfCirclesThatInterleave();
  void onePoint();
  void refusesInvisibleWidths();
};

namespace {

constexpr double kPi = std::numbers::pi;

std::unique_ptr<Target> shape(const std::string& name, Index count, double radius,
                              double spread = 0) {
  const TargetKind kind = shapeKind();
  const Json values = {{"shape", name}, {"count", count}, {"radius", radius}, {"spread", spread}};
  return madeOf(kind, validate(kind.parameters, values, "target"));
}

Mat pointsOf(const std::string& name, Index count, double radius) {
  return shape(name, count, radius)->components()->means;
}

/// Along Archimedes' spiral from r = R/8 at angle 0 to R at 4π, by the trapezoidal rule.
double arc(double radius, double from, double to) {
  constexpr int kParts = 20'000;
  const double growth = 7 * radius / (32 * kPi);
  const auto speed = [&](double angle) { return std::hypot(radius / 8 + growth * angle, growth); };
  double sum = (speed(from) + speed(to)) / 2;
  for (int i = 1; i < kParts; ++i) sum += speed(from + (to - from) * i / kParts);
  return sum * (to - from) / kParts;
}

}  // namespace

void ShapeTest::allAreEquallyHeavyAndWide() {
  const TargetKind kind = shapeKind();
  for (const std::string& name : findSpec(kind.parameters, "shape")->choices) {
    const auto target = shape(name, 13, 2, 0.3);
    const Components& parts = *target->components();
    QCOMPARE(target->dimension(), Index{2});
    QCOMPARE(parts.count(), Index{13});
    for (Index k = 0; k < 13; ++k) {
      QVERIFY(agrees(name + " weight", parts.weights[k], 1.0 / 13, 1e-14));
      QVERIFY(agrees(name + " variance", parts.variances[k], 0.09, 1e-14));
    }
    QVERIFY(target->hasDensity());
    QVERIFY(!shape(name, 13, 2)->hasDensity());
    QVERIFY((shape(name, 13, 6)->components()->means - 3 * parts.means).norm() < 1e-13);
  }
}

void ShapeTest::ringIsEvenOnTheCircle() {
  const Mat points = pointsOf("ring", 7, 1.5);
  QVERIFY(agrees("first", points(0, 0), 1.5, 1e-15));
  QCOMPARE(points(1, 0), 0.0);
  for (Index i = 0; i < 7; ++i) {
    QVERIFY(agrees("radius", points.col(i).norm(), 1.5, 1e-14));
    QVERIFY(agrees("side", (points.col((i + 1) % 7) - points.col(i)).norm(), 3 * std::sin(kPi / 7),
                   1e-13));
  }
  QVERIFY(points(1, 1) > 0);
}

void ShapeTest::gridIsTheSmallestLattice() {
  const Mat nine = pointsOf("grid", 9, 2);
  for (Index i = 0; i < 9; ++i) {
    QCOMPARE(nine(0, i), 2.0 * static_cast<double>(i % 3 - 1));
    QCOMPARE(nine(1, i), 2.0 * static_cast<double>(i / 3 - 1));
  }
  const Mat ten = pointsOf("grid", 10, 3);
  QCOMPARE(ten(0, 3), 3.0);
  QCOMPARE(ten(1, 3), -3.0);
  QVERIFY(agrees("third row", ten(1, 9), 1, 1e-14));
  QVERIFY(agrees("second column", ten(0, 9), -1, 1e-14));
  const Mat most = pointsOf("grid", 2000, 1);  // 45 × 45
  QVERIFY(agrees("pitch", most(0, 1) - most(0, 0), 2.0 / 44, 1e-13));
  QCOMPARE(most(0, 44), 1.0);
}

void ShapeTest::spiralHasEqualArcsAndTwoTurns() {
  const double radius = 2;
  const Index count = 40;
  const Mat points = pointsOf("spiral", count, radius);
  QVERIFY(agrees("inner end", points(0, 0), radius / 8, 1e-14));
  QVERIFY(agrees("outer end", points(0, count - 1), radius, 1e-13));
  QVERIFY(std::abs(points(1, count - 1)) < 1e-12);
  const double each = arc(radius, 0, 4 * kPi) / static_cast<double>(count - 1);
  double turned = 0;
  for (Index i = 1; i < count; ++i) {
    const Vec from = points.col(i - 1), to = points.col(i);
    const double before = turned;
    turned += std::atan2(from[0] * to[1] - from[1] * to[0], from.dot(to));
    QVERIFY(agrees("radius", to.norm(), radius * (1 + 7 * turned / (4 * kPi)) / 8, 1e-12));
    QVERIFY(agrees("arc", arc(radius, before, turned), each, 1e-6));
  }
  QVERIFY(agrees("turns", turned, 4 * kPi, 1e-12));
}

void ShapeTest::moonsAreHalfCirclesThatInterleave() {
  const double radius = 1.2;
  const Mat points = pointsOf("two-moons", 21, radius);
  const Vec centre = Eigen::Vector2d(-radius / 2, -radius / 4);
  for (Index i = 0; i < 21; ++i) {
    const bool upper = i < 11;
    const Vec from = points.col(i) - (upper ? 1 : -1) * centre;
    const double angle = kPi * static_cast<double>(upper ? i : i - 11) / (upper ? 10 : 9);
    QVERIFY(agrees("radius", from.norm(), radius, 1e-13));
    QVERIFY(agrees("angle", std::abs(std::atan2(from[1], from[0])), upper ? angle : kPi - angle,
                   1e-12, 1));
    QVERIFY(upper ? from[1] > -1e-12 : from[1] < 1e-12);
  }
  // Each moon's tip lies inside the other.
  QVERIFY((points.col(0) + centre).norm() < radius);
  QVERIFY((points.col(11) - centre).norm() < radius);
  // With an even number, a half turn exchanges them.
  const Mat even = pointsOf("two-moons", 20, radius);
  QVERIFY((even.leftCols(10) + even.rightCols(10)).norm() < 1e-14);
}

void ShapeTest::onePoint() {
  QVERIFY(pointsOf("grid", 1, 3).isZero(0));
  QVERIFY((pointsOf("ring", 1, 3) - Eigen::Vector2d(3, 0)).norm() < 1e-14);
  QVERIFY((pointsOf("spiral", 1, 8) - Eigen::Vector2d(1, 0)).norm() < 1e-14);
  QVERIFY((pointsOf("two-moons", 1, 4) - Eigen::Vector2d(2, -1)).norm() < 1e-14);
}

void ShapeTest::refusesInvisibleWidths() {
  QVERIFY(contains(refusal([] { shape("ring", 8, 1, 1e-16); }), "target.spread"));
  QVERIFY(contains(refusal([] { shape("ring", 0, 1); }), "target.count"));
  QVERIFY(contains(refusal([] { shape("ring", 2001, 1); }), "target.count"));
  QVERIFY(contains(refusal([] { shape("ring", 8, 0); }), "target.radius"));
  QVERIFY(contains(refusal([] { shape("star", 8, 1); }), "target.shape"));
}

QTEST_APPLESS_MAIN(ShapeTest)
#include "shape_test.moc"
