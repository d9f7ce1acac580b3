#include "ui/controls/time_scale.hpp"

#include <QTest>

#include <cmath>
#include <limits>

using namespace separatrix;

namespace {

TimeAxisView logSnr() {
  // a = e^{−s}: the logarithm of a²/(1−a²), infinite at s = 0.
  return {"snr", "Log-SNR", "log SNR", [](double s) { return -std::log(std::expm1(2 * s)); },
          [](double v) { return 0.5 * std::log1p(std::exp(-v)); }};
}
TimeAxisView generative() {
  return {"gen", "Generative time", "t", [](double s) { return 4 - s; },
          [](double v) { return 4 - v; }};
}

}  // namespace

class TimeScaleTest : public QObject {
  Q_OBJECT

private slots:
  void noiseIsLeftAndDataRight() {
    const TimeScale scale(generative(), 1, 4);
    QCOMPARE(scale.fraction(4), 0.0);
    QCOMPARE(scale.fraction(1), 1.0);
    QCOMPARE(scale.fraction(2.5), 0.5);
    QCOMPARE(scale.timeAt(0), 4.0);
    QCOMPARE(scale.timeAt(1), 1.0);
    QCOMPARE(scale.noiseValue(), 0.0);
    QCOMPARE(scale.dataValue(), 3.0);
  }

  void infiniteEndsAreReachedAllTheSame() {
    const TimeScale scale(logSnr(), 0, 4);
    QVERIFY(std::isfinite(scale.dataValue()));
    QCOMPARE(scale.timeAt(1), 0.0);
    QCOMPARE(scale.timeAt(0), 4.0);
    QCOMPARE(scale.fraction(0), 1.0);
    QVERIFY(std::isfinite(scale.valueAt(0)));
    double before = 5;
    for (int i = 0; i <= 100; ++i) {
      const double s = scale.timeAt(i / 100.0);
      QVERIFY2(s < before, "strictly towards the data");
      QVERIFY(std::abs(scale.fraction(s) - i / 100.0) < 1e-6);
      before = s;
    }
  }

  void anAxisThatDoesNotVaryFallsBackToTime() {
    const TimeAxisView constant{"theta", "Signal", "θ", [](double) { return 1.0; },
                                [](double) { return std::numeric_limits<double>::quiet_NaN(); }};
    const TimeScale scale(constant, 0, 2);
    QCOMPARE(scale.fraction(1), 0.5);
    QCOMPARE(scale.timeAt(0.25), 1.5);
  }

  void ticksAreRoundAndFew() {
    const TimeScale scale;
    const auto ticks = scale.ticks(6);
    QCOMPARE(ticks, (std::vector<double>{0, 0.2, 0.4, 0.6, 0.8, 1}));
    for (const int most : {1, 2, 3, 5, 8, 20}) {
      const auto some = scale.ticks(most);
      QVERIFY(!some.empty());
      QVERIFY(static_cast<int>(some.size()) <= most + 1);
    }
  }

  void tidyTimesAreRoundInTheAxis() {
    const TimeScale scale(generative(), 0, 4);
    const double s = scale.tidyTimeAt(0.333333, 500);
    QCOMPARE(s, 4 - 1.335);
    QCOMPARE(scale.tidyTimeAt(1, 500), 0.0);
    QCOMPARE(scale.tidyTimeAt(-1, 500), 4.0);
  }
};

QTEST_MAIN(TimeScaleTest)
#include "time_scale_test.moc"
