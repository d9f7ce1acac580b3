#include "core/numerics/newton.hpp"

#include <QtTest/QtTest>

#include <cmath>

using namespace separatrix;

class NewtonTest : public QObject {
  Q_OBJECT

private slots:
  void convergesQuadratically();
  void failureIsAnOutcome();
  void deflationFindsTheOthers();
  void leastNormStaysOnAFamily();
};

namespace {

/// x² + y² = 4, x y = 1: four solutions.
Linearization circleAndHyperbola(const Vec& z) {
  Linearization out;
  out.value = Vec{{z[0] * z[0] + z[1] * z[1] - 4, z[0] * z[1] - 1}};
  out.jacobian = Mat{{2 * z[0], 2 * z[1]}, {z[1], z[0]}};
  return out;
}

}  // namespace

void NewtonTest::convergesQuadratically() {
  const NewtonOutcome found = newton(circleAndHyperbola, Vec{{2, 0.3}});
  QVERIFY(found.converged);
  QVERIFY(found.iterations <= 7);
  QVERIFY(found.residual < 1e-14);
  // x² = 2 + √3
  QVERIFY(std::abs(found.z[0] - std::sqrt(2 + std::sqrt(3.0))) < 1e-14);
}

void NewtonTest::failureIsAnOutcome() {
  const auto noZero = [](const Vec& z) {
    return Linearization{Vec::Constant(1, z[0] * z[0] + 1), Mat::Constant(1, 1, 2 * z[0]), 0};
  };
  QVERIFY(!newton(noZero, Vec::Constant(1, 0.7)).converged);
  QVERIFY(!newton(noZero, Vec::Zero(1)).converged);  // singular at once
  NewtonOptions options;
  options.reach = 0.01;
  const NewtonOutcome far = newton(circleAndHyperbola, Vec{{3, 1}}, options);
  QVERIFY(!far.converged && far.iterations <= 1);
  options = {};
  options.longestMove = 0.01;
  options.iterations = 10;
  const NewtonOutcome slow = newton(circleAndHyperbola, Vec{{3, 1}}, options);
  QVERIFY(!slow.converged && (slow.z - Vec{{3, 1}}).norm() <= 0.1 + 1e-12);
}

void NewtonTest::deflationFindsTheOthers() {
  std::vector<Vec> known;
  const Vec start{{0.5, 1.5}};
  for (int i = 0; i < 4; ++i) {
    NewtonOptions options;
    options.iterations = 200;
    options.longestMove = 1;
    const NewtonOutcome found = deflatedNewton(circleAndHyperbola, start, known, 1, options);
    QVERIFY(found.converged);
    QVERIFY(circleAndHyperbola(found.z).value.norm() < 1e-12);
    for (const Vec& other : known) QVERIFY((other - found.z).norm() > 0.1);
    known.push_back(found.z);
  }
}

// Solutions r = 1 of (r² − 1) z = 0 form a circle; the Jacobian has a null direction along it.
void NewtonTest::leastNormStaysOnAFamily() {
  const auto circle = [](const Vec& z) {
    const double excess = z.squaredNorm() - 1;
    return Linearization{excess * z, Mat(2 * z * z.transpose() + excess * Mat::Identity(2, 2)),
                         1e-15};
  };
  NewtonOptions options;
  options.leastNorm = true;
  const NewtonOutcome found = newton(circle, Vec{{0.9, 0.6}}, options);
  QVERIFY(found.converged);
  QVERIFY(std::abs(found.z.norm() - 1) < 1e-12);
  QVERIFY(std::abs(std::atan2(found.z[1], found.z[0]) - std::atan2(0.6, 0.9)) < 1e-9);
}

QTEST_APPLESS_MAIN(NewtonTest)
#include "newton_test.moc"
