#include "core/regimes/condensation.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

Channel at(double t) {
  const double a = std::exp(-t);
  return {a, -std::expm1(-2 * t)};
}

}  // namespace

class CondensationTest : public QObject {
  Q_OBJECT

private slots:
  // theory §7: ψ₋ freezes at 0.717, ψ₊ at t_C = 0.466, for α = 0.25, μ̃ = σ = 1.
  void freezesWhereItShould() {
    const TwoClasses model{100, 1, 1, {}};
    constexpr double kAlpha = 0.25;
    const auto freezing = [&](RandomEnergyFreeEnergy Condensation::*which) {
      double frozen = 0.05, free = 3;
      while (free - frozen > 1e-6) {
        const double middle = (frozen + free) / 2;
        ((condensation(model, at(middle), kAlpha).*which).frozen ? frozen : free) = middle;
      }
      return free;
    };
    QVERIFY(std::abs(freezing(&Condensation::own) - collapseLogTime(model, kAlpha)) < 1e-5);
    QVERIFY(std::abs(freezing(&Condensation::own) - 0.466) < 6e-4);
    QVERIFY(std::abs(freezing(&Condensation::other) - 0.717) < 6e-4);
  }

  // The point itself has −½: below t_C all others together have less.
  void onePointWinsBelowTheCollapse() {
    const TwoClasses model{100, 0.7, 1.3, {}};
    const double collapse = collapseLogTime(model, 0.1);
    QVERIFY(condensation(model, at(0.9 * collapse), 0.1).own.value < -0.5);
    QVERIFY(condensation(model, at(1.1 * collapse), 0.1).own.value > -0.5);
    QVERIFY(std::abs(condensation(model, at(collapse), 0.1).own.value + 0.5) < 1e-9);
    // Far above, the other class is as near.
    const Condensation early = condensation(model, at(8), 0.1);
    QVERIFY(std::abs(early.own.value - early.other.value) < 1e-5);
  }

  // Points drawn and summed: (1/d) log Σ exp(−|x − a y|²/2b²) in 40 dimensions, the mean of 40
  // realizations, whose standard error is near 0.02 (0.07 where it is frozen). Free sums are within
  // 4 of them; frozen ones fall short of the limit by some log d/d. A factor of 2 in the exponent
  // misses by 0.17 and more, and without freezing ψ₋ would be −1.93 where it is −2.79.
  void drawnPointsComeNearTheLimit() {
    const TwoClasses model{40, 1, 1, {}};
    for (const double t : {0.9, 2.0}) {
      const Condensation limit = condensation(model, at(t), 0.25);
      const Drawn drawn = draw(40, at(t));
      QVERIFY(!limit.own.frozen && !limit.other.frozen);
      QVERIFY2(std::abs(drawn.own - limit.own.value) < 0.08,
               qPrintable(QString::number(drawn.own)));
      QVERIFY2(std::abs(drawn.other - limit.other.value) < 0.1,
               qPrintable(QString::number(drawn.other)));
    }
    const Condensation limit = condensation(model, at(0.25), 0.25);
    const Drawn drawn = draw(40, at(0.25));
    QVERIFY(limit.own.frozen && limit.other.frozen);
    QVERIFY2(drawn.own < limit.own.value && drawn.own > limit.own.value - 0.2,
             qPrintable(QString::number(drawn.own)));
    QVERIFY2(drawn.other < limit.other.value && drawn.other > limit.other.value - 0.45,
             qPrintable(QString::number(drawn.other)));
  }

private:
  struct Drawn {
    double own, other;
  };
  static Drawn draw(int d, const Channel& channel) {
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    const auto points = static_cast<int>(std::exp(0.25 * d));
    constexpr int kRealizations = 40;
    Drawn out{0, 0};
    for (int r = 0; r < kRealizations; ++r) {
      Vec x(d);
      for (double& each : x)
        each = channel.signal * (1 + normal(random)) +
               std::sqrt(channel.noiseVariance) * normal(random);
      for (const double mean : {1.0, -1.0}) {
        Vec exponents(points);
        for (int j = 0; j < points; ++j) {
          double square = 0;
          for (int i = 0; i < d; ++i) {
            const double apart = x[i] - channel.signal * (mean + normal(random));
            square += apart * apart;
          }
          exponents[j] = -square / (2 * channel.noiseVariance);
        }
        const double largest = exponents.maxCoeff();
        const double psi =
            (largest + std::log((exponents.array() - largest).exp().sum())) / d / kRealizations;
        (mean > 0 ? out.own : out.other) += psi;
      }
    }
    return out;
  }
};

QTEST_APPLESS_MAIN(CondensationTest)
#include "condensation_test.moc"
