#include "core/study/order_parameter.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// The self-consistent pattern in a field, and the susceptibility matrix, at one time.
class OrderParameterTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltasFollowTheHyperbolicTangent();
  void matrixIsTheDerivativeByTheField();
  void infiniteIsNull();
};

namespace {

std::shared_ptr<const OrderParameter> at(const Problem& problem, const Json& values) {
  return std::static_pointer_cast<const OrderParameter>(
      runAnalysis("order-parameter", problem, values));
}

/// m = tanh(β(m + h)), the largest solution, by bisection of what decreases there.
double largestSolution(double beta, double h) {
  double low = 0.2, high = 1;
  for (int i = 0; i < 200; ++i) {
    const double m = 0.5 * (low + high);
    (std::tanh(beta * (m + h)) > m ? low : high) = m;
  }
  return low;
}

}  // namespace

// [A Eq 27] in a field; χ = βC/(1 − βC), C = 1 − m².
void OrderParameterTest::twoDeltasFollowTheHyperbolicTangent() {
  const ProblemPtr problem = presetProblem("two-deltas-brownian");
  for (const double h : {0.0, 0.1, 0.4}) {
    const double s = 0.7;
    const double m = largestSolution(1 / s, h);
    const auto found = at(*problem, {{"time", s}, {"field", h}});
    QVERIFY(agrees("β", found->beta, 1 / s, 1e-14));
    QVERIFY(agrees("m", std::abs(found->solution.m[0]), m, 1e-12));
    QVERIFY(h == 0 || found->solution.m[0] > 0);
    const double response = (1 - m * m) / s;
    QVERIFY(found->susceptibility.has_value());
    QVERIFY(agrees("χ", (*found->susceptibility)(0, 0), response / (1 - response), 1e-10));
  }
}

void OrderParameterTest::matrixIsTheDerivativeByTheField() {
  const ProblemPtr problem = problemOf(
      sceneOf("[[-1, 0.2], [1, 0.5], [0.3, -1]]", "[1, 2, 1]", "[0, 0.1, 0.2]", kVeBrownian));
  const Vec h{{0.1, -0.2}};
  const auto pattern = [&](const Vec& field) {
    return at(*problem, {{"time", 0.9}, {"field", {field[0], field[1]}}})->solution.m;
  };
  const auto found = at(*problem, {{"time", 0.9}, {"field", {h[0], h[1]}}});
  constexpr double kStep = 1e-5;
  for (Index j = 0; j < 2; ++j) {
    const Vec step = kStep * Vec::Unit(2, j);
    const Vec slope = (pattern(h + step) - pattern(h - step)) / (2 * kStep);
    for (Index i = 0; i < 2; ++i)
      QVERIFY(agrees("χ", (*found->susceptibility)(i, j), slope[i], 1e-7, 1));
  }
  QVERIFY(found->solution.residual < 1e-13);
  const Json record = *found->record();
  QCOMPARE(record.at("susceptibility").size(), std::size_t{2});
  QCOMPARE(record.at("m").size(), std::size_t{2});
}

// Along the circle of solutions below the critical temperature.
void OrderParameterTest::infiniteIsNull() {
  const auto found = at(*presetProblem("hypersphere"), {{"time", 0.1}});
  QVERIFY(!found->susceptibility.has_value());
  QVERIFY(found->record()->at("susceptibility").is_null());
  QVERIFY(found->solution.m.norm() > 0.9);
}

QTEST_APPLESS_MAIN(OrderParameterTest)
#include "order_parameter_test.moc"
