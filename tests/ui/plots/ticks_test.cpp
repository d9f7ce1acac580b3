#include "ui/plots/ticks.hpp"

#include <QTest>

#include <cmath>

namespace separatrix {
namespace {

QString joined(const Ticks& ticks) {
  QString text;
  for (const QString& label : ticks.labels) text += (text.isEmpty() ? "" : " ") + label;
  return text;
}

}  // namespace

class TicksTest : public QObject {
  Q_OBJECT

private slots:
  void linear_data() {
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("labels");
    QTest::addColumn<int>("exponent");
    QTest::newRow("unit") << 0.0 << 1.0 << 6 << "0.0 0.2 0.4 0.6 0.8 1.0" << 0;
    QTest::newRow("negative") << -2.04 << 2.04 << 5 << QStringLiteral("−2 −1 0 1 2") << 0;
    QTest::newRow("small steps") << 0.61 << 0.67 << 4 << "0.62 0.64 0.66" << 0;
    QTest::newRow("thousands") << 0.0 << 9000.0 << 5 << "0 2000 4000 6000 8000" << 0;
    QTest::newRow("large") << 0.0 << 300000.0 << 4 << "0 1 2 3" << 5;
    QTest::newRow("tiny") << -2e-6 << 2e-6 << 5 << QStringLiteral("−2 −1 0 1 2") << -6;
  }

  void linear() {
    QFETCH(double, lower);
    QFETCH(double, upper);
    QFETCH(int, count);
    QFETCH(int, exponent);
    const Ticks ticks = linearTicks({lower, upper}, count);
    QTEST(joined(ticks), "labels");
    QCOMPARE(ticks.exponent, exponent);
    for (const double minor : ticks.minor) {
      QVERIFY(minor >= lower && minor <= upper);
      for (const double value : ticks.values)
        QVERIFY(std::abs(minor - value) > 1e-3 * (upper - lower));
    }
  }

  void fewEnoughForAnyRange() {
    for (int power = -12; power <= 12; ++power) {
      for (const double from : {-1.0, 0.0, 0.3, 17.0}) {
        for (const double width : {1.0, 1.7, 4.9, 9.3}) {
          const double unit = std::pow(10.0, power);
          const AxisRange range{from * unit, (from + width) * unit};
          const Ticks ticks = linearTicks(range, 7);
          QVERIFY(ticks.values.size() >= 2 && ticks.values.size() <= 7);
          QCOMPARE(ticks.labels.size(), ticks.values.size());
          QVERIFY(std::is_sorted(ticks.values.begin(), ticks.values.end()));
        }
      }
    }
  }

  void degenerateRangesHaveNone() {
    QVERIFY(linearTicks({1, 1}, 5).values.empty());
    QVERIFY(linearTicks({0, HUGE_VAL}, 5).values.empty());
    QVERIFY(logarithmicTicks({-1, 10}, 5).values.empty());
  }

  void logarithmic() {
    QCOMPARE(joined(logarithmicTicks({0.005, 200}, 8)),
             QStringLiteral("10^{−2} 10^{−1} 10^{0} 10^{1} 10^{2}"));
    QVERIFY(logarithmicTicks({1e-12, 1e12}, 6).values.size() <= 6);
    QCOMPARE(joined(logarithmicTicks({2, 5}, 4)), QStringLiteral("2 3 4 5"));
  }

  void numbers() {
    QCOMPARE(formatNumber(-0.25, 2), QStringLiteral("−0.25"));
    QCOMPARE(formatNumber(0.643594, 3), QStringLiteral("0.644"));
    QCOMPARE(formatNumber(320000, 2), QStringLiteral("3.2×10^{5}"));
    QCOMPARE(formatNumber(-1e-7, 1), QStringLiteral("−1×10^{−7}"));
    QCOMPARE(formatNumber(1200, 3), QStringLiteral("1200"));
    QCOMPARE(formatNumber(0, 3), QStringLiteral("0"));
    QCOMPARE(formatNumber(NAN, 3), QStringLiteral("–"));
    QCOMPARE(formatNumber(-HUGE_VAL, 3), QStringLiteral("−∞"));
  }
};

}  // namespace separatrix

QTEST_MAIN(separatrix::TicksTest)
#include "ticks_test.moc"
