#include "core/numerics/panel_integrals.hpp"

#include "tests/core/support.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

class PanelIntegralsTest : public QObject {
  Q_OBJECT

private slots:
  // Seven Kronrod nodes are exact up to degree 11, and not at 12: ∫₋₁² xⁿ dx = (2ⁿ⁺¹ ± 1)/(n + 1).
  void isExactForPolynomials() {
    for (int n = 0; n <= 11; ++n) {
      const auto f = [n](const Vec& x) { return Vec(x.array().pow(n)); };
      const PanelIntegrals found = panelIntegrals(f, Vec{{-1, 2}}, 1);
      const double exact = (std::pow(2, n + 1) - std::pow(-1, n + 1)) / (n + 1);
      QVERIFY2(std::abs(found.values[0] - exact) < 1e-13 * (1 + std::abs(exact)),
               std::to_string(n).c_str());
    }
    const auto twelfth = [](const Vec& x) { return Vec(x.array().pow(12)); };
    QVERIFY(std::abs(panelIntegrals(twelfth, Vec{{-1, 2}}, 1).values[0] - 8193.0 / 13) > 1e-4);
  }

  // A peak a hundred times narrower than a panel: ∫ ε/(ε² + x²) = arctan.
  void findsNarrowPeaks() {
    static constexpr double kWidth = 1e-2;
    const auto f = [](const Vec& x) {
      return Vec(kWidth / (kWidth * kWidth + (x.array() - 0.3).square()));
    };
    const PanelIntegrals found = panelIntegrals(f, Vec{{-1, 0, 2}}, 1e-9);
    const auto exact = [](double a, double b) {
      return std::atan((b - 0.3) / kWidth) - std::atan((a - 0.3) / kWidth);
    };
    QVERIFY(std::abs(found.values[0] - exact(-1, 0)) < 1e-9);
    QVERIFY(std::abs(found.values[1] - exact(0, 2)) < 1e-7);
    QVERIFY(found.uncertainty < 1e-6);
  }

  void keepsTheSign() {
    const auto f = [](const Vec& x) { return Vec(x.array().sin()); };
    const double pi = std::numbers::pi;
    const PanelIntegrals found = panelIntegrals(f, Vec{{2 * pi, pi, 0}}, 1e-10);
    QVERIFY(std::abs(found.values[0] - 2) < 1e-9 && std::abs(found.values[1] + 2) < 1e-9);
    QVERIFY(std::abs(found.absolute - 4) < 1e-9);
    QCOMPARE(panelIntegrals(f, Vec{{1.0}}, 1e-10).values.size(), Index{0});
  }
};

QTEST_GUILESS_MAIN(PanelIntegralsTest)
#include "panel_integrals_test.moc"
