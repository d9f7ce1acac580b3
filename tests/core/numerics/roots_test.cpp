#include "core/numerics/roots.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "tests/core/support.hpp"

#include <stdexcept>

using namespace separatrix;
using namespace separatrix::test;

class RootsTest : public QObject {
  Q_OBJECT

private slots:
  void findsRootsToTheLastBits();
  void takesRootsAtTheEnds();
  void refusesIntervalsWithoutAChangeOfSign();
  void logSumExpNeverOverflows();
  void infiniteValuesOnlyTellTheSign();
};

void RootsTest::findsRootsToTheLastBits() {
  QVERIFY(
      agrees("√2", bracketedRoot([](double x) { return x * x - 2; }, 0, 2), std::sqrt(2), 4e-16));
  QVERIFY(agrees("cos", bracketedRoot([](double x) { return std::cos(x); }, 1, 2), M_PI_2, 4e-16));
  // A steep and a flat one.
  QVERIFY(agrees("tanh", bracketedRoot([](double x) { return std::tanh(1e6 * (x - 0.3)); }, -5, 7),
                 0.3, 1e-15));
  QVERIFY(agrees("cube", bracketedRoot([](double x) { return x * x * x - 8e-30; }, -1, 1), 2e-10,
                 1e-12));
}

void RootsTest::takesRootsAtTheEnds() {
  const auto line = [](double x) { return x - 1; };
  QCOMPARE(bracketedRoot(line, 1, 3), 1.0);
  QCOMPARE(bracketedRoot(line, -1, 1), 1.0);
}

void RootsTest::refusesIntervalsWithoutAChangeOfSign() {
  QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                           bracketedRoot([](double x) { return x * x + 1; }, -1, 1));
}

void RootsTest::logSumExpNeverOverflows() {
  Vec e(3);
  e << std::log(1.0), std::log(2.0), std::log(5.0);
  QVERIFY(agrees("log 8", softmaxInPlace(e), std::log(8.0), 1e-15));
  QVERIFY(agrees("weight", e[1], 0.25, 1e-15));
  e << 1e5, 1e5, -1e300;
  QVERIFY(agrees("large", softmaxInPlace(e), 1e5 + std::log(2.0), 1e-15));
  QCOMPARE(e[0], 0.5);
  QCOMPARE(e[2], 0.0);
  e << -1e5, -std::numeric_limits<double>::infinity(), -1e5 - 1;
  QVERIFY(agrees("small", softmaxInPlace(e), -1e5 + std::log1p(std::exp(-1.0)), 1e-15));
  QCOMPARE(e[1], 0.0);
}

void RootsTest::infiniteValuesOnlyTellTheSign() {
  const double kInfinity = std::numeric_limits<double>::infinity();
  const auto function = [&](double x) { return x > 0.7 ? kInfinity : x < 0.2 ? -1e300 : x - 0.3; };
  QVERIFY(agrees("root", bracketedRoot(function, 0, 1), 0.3, 1e-14));
}

QTEST_APPLESS_MAIN(RootsTest)
#include "roots_test.moc"
