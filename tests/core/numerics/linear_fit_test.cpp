#include "core/numerics/linear_fit.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class LinearFitTest : public QObject {
  Q_OBJECT

private slots:
  void lineThroughFivePoints();
  void intervalsHoldTheTruthAsOftenAsTheySay();
};

namespace {

Mat lineDesign(const Vec& x) {
  Mat X(x.size(), 2);
  X << Vec::Ones(x.size()), x;
  return X;
}

}  // namespace

// By hand; the quantile 0.975 of Student's t with 3 degrees of freedom is 3.1824463.
void LinearFitTest::lineThroughFivePoints() {
  const Vec x = (Vec(5) << 1, 2, 3, 4, 5).finished();
  const Vec y = (Vec(5) << 1, 3, 2, 5, 4).finished();
  const Estimate slope = fittedCoefficient(lineDesign(x), y, 1);
  QVERIFY(agrees("slope", slope.value, 0.8, 1e-14));
  // Residuals −0.4, 0.8, −1, 1.2, −0.6: Σ = 3.6, s² = 1.2, error √(1.2/10).
  const double reach = 3.182446305284263 * std::sqrt(0.12);
  QVERIFY(agrees("low", slope.low, 0.8 - reach, 1e-12));
  QVERIFY(agrees("high", slope.high, 0.8 + reach, 1e-12));
  const Estimate intercept = fittedCoefficient(lineDesign(x), y, 0);
  QVERIFY(agrees("intercept", intercept.value, 0.6, 1e-13));
  QVERIFY(agrees("reach", intercept.high - intercept.value,
                 3.182446305284263 * std::sqrt(1.2 * (0.2 + 0.9)), 1e-12));
}

// 95 % of 4000 fits: standard error 0.34 %.
void LinearFitTest::intervalsHoldTheTruthAsOftenAsTheySay() {
  std::mt19937 random(2);
  std::normal_distribution<double> normal;
  const Vec x = Vec::LinSpaced(8, -1, 1);
  int held = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    const Vec y = 2 * x + Vec::NullaryExpr(8, [&] { return 0.3 * normal(random); });
    const Estimate slope = fittedCoefficient(lineDesign(x), y, 1);
    if (slope.low <= 2 && 2 <= slope.high) ++held;
  }
  QVERIFY(std::abs(held / 4000.0 - 0.95) <= 4 * 0.0034);
}

QTEST_APPLESS_MAIN(LinearFitTest)
#include "linear_fit_test.moc"
