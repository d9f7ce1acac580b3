#include "core/numerics/bessel_ratio.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class BesselRatioTest : public QObject {
  Q_OBJECT

private slots:
  void agreesWithTheReference();
  void knownInClosedForm();
  void continuousWhereExpansionsMeet();
  void rangesAndSigns();
};

// tests/data/bessel_ratio.json: mpmath at 60 digits and more, orders 0 to 4999, z from 0 to 10¹².
void BesselRatioTest::agreesWithTheReference() {
  const Json data = parseJson(readFile(dataPath("bessel_ratio.json")), "");
  QVERIFY(data.at("rows").size() >= 200);
  for (const Json& row : data.at("rows")) {
    const auto at = [&](std::size_t i) { return row[i].get<double>(); };
    const BesselRatio b = besselRatio(at(0), at(1));
    const std::string where = " of order " + row[0].dump() + " at " + row[1].dump();
    QVERIFY(agrees("log Φ − z" + where, b.scaledLog, at(2), 1e-14, 1));
    QVERIFY(agrees("A" + where, b.ratio, at(3), 1e-14));
    QVERIFY(agrees("1 − A" + where, b.complement, at(4), 2e-13));
    QVERIFY(agrees("A/z" + where, b.overArgument, at(5), 1e-14));
    QVERIFY(agrees("A'" + where, b.slope, at(6), 2e-13));
  }
}

// d = 3: Φ = sinh z/z.
void BesselRatioTest::knownInClosedForm() {
  for (const double z : {0.5, 2.0, 10.0, 29.0, 31.0, 300.0}) {
    const BesselRatio b = besselRatio(0.5, z);
    QVERIFY(agrees("log Φ − z", b.scaledLog, std::log(-std::expm1(-2 * z) / (2 * z)), 1e-14));
    QVERIFY(agrees("A", b.ratio, 1 / std::tanh(z) - 1 / z, 1e-14));
    QVERIFY(agrees("A'", b.slope, 1 / (z * z) - std::pow(std::sinh(z), -2), 1e-12));
  }
}

void BesselRatioTest::continuousWhereExpansionsMeet() {
  const auto meet = [](const BesselRatio& a, const BesselRatio& b) {
    return agrees("log Φ − z", a.scaledLog, b.scaledLog, 3e-14) &&
           agrees("A", a.ratio, b.ratio, 1e-14) &&
           agrees("1 − A", a.complement, b.complement, 3e-13) &&
           agrees("A'", a.slope, b.slope, 4e-13);
  };
  for (double order = 0; order < 20; order += 0.5) {
    const double z = std::max(30.0, order * order);
    QVERIFY(meet(besselRatio(order, z), besselRatio(order, std::nextafter(z, 1e9))));
  }
  for (const double z : {0.01, 3.0, 25.0, 100.0, 390.0, 1e4})
    QVERIFY(meet(besselRatio(std::nextafter(20, 0), z), besselRatio(20, z)));
}

// 0 ≤ A < 1, growing in z, falling in ν; A' > 0: the variance of y₁ in its own ensemble.
void BesselRatioTest::rangesAndSigns() {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int i = 0; i < 5000; ++i) {
    const double order = 0.5 * std::floor(std::pow(10, 4 * uniform(random)) - 1);
    const double z = std::pow(10, -20 + 120 * uniform(random));
    const BesselRatio b = besselRatio(order, z);
    QVERIFY(std::isfinite(b.scaledLog) && b.scaledLog <= 0);
    QVERIFY(b.ratio >= 0 && b.ratio <= 1 + 1e-15);
    QVERIFY(b.complement > 0 && b.complement <= 1 + 1e-15);
    QVERIFY(b.overArgument > 0 && b.overArgument <= 0.5 / (order + 1) * (1 + 1e-15));
    QVERIFY(b.slope > 0 && b.slope <= 0.5 / (order + 1) * (1 + 1e-13));
    const BesselRatio further = besselRatio(order, 1.1 * z);
    const BesselRatio above = besselRatio(order + 0.5, z);
    if (b.ratio < 0.5) {
      QVERIFY(further.ratio > b.ratio && above.ratio < b.ratio);
    } else {
      QVERIFY(further.complement < b.complement && above.complement > b.complement);
    }
  }
}

QTEST_APPLESS_MAIN(BesselRatioTest)
#include "bessel_ratio_test.moc"
