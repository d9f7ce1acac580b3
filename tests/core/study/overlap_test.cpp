#include "core/study/overlap.hpp"

#include "core/study/field_point.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

ProblemPtr twoGaussians(int d, double muTilde, double sigma2) {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {
      {"kind", "two-gaussians"}, {"dimension", d}, {"mu_tilde", muTilde}, {"sigma2", sigma2}};
  return problemOf(scene);
}

}  // namespace

class OverlapTest : public QObject {
  Q_OBJECT

private slots:
  // [B Eq 8]: V = q²/2 − 2 μ̃² log cosh(q e^{−t} √d) for σ = 1.
  void isEquation8() {
    for (const double muTilde : {1.0, 0.6}) {
      const auto result = runAnalysis("overlap", *twoGaussians(256, muTilde, 1),
                                      {{"times", {{1.5, 4.5, 7}}}, {"range", {{-12, 12, 25}}}});
      const auto& overlap = static_cast<const Overlap&>(*result);
      for (Index t = 0; t < 7; ++t)
        for (Index i = 0; i < 25; ++i) {
          const double q = overlap.overlaps.at(i);
          const double argument = q * std::exp(-overlap.times[static_cast<std::size_t>(t)]) * 16;
          const double logCosh =
              std::abs(argument) + std::log1p(std::exp(-2 * std::abs(argument))) - std::log(2.0);
          const double expected = q * q / 2 - 2 * muTilde * muTilde * logCosh;
          QVERIFY(agrees("V", overlap.potential(t, i), expected, 1e-10, 1));
        }
    }
  }

  // Its curvature at 0 vanishes at t* = ½ log(2 d μ̃²): one well before, two after.
  void partsAtItsTime() {
    const double star = 0.5 * std::log(2 * 256.0);
    const auto result = runAnalysis("overlap", *twoGaussians(256, 1, 1),
                                    {{"times", {{star - 0.05, star + 0.05, 2}}}});
    const auto& overlap = static_cast<const Overlap&>(*result);
    QVERIFY(overlap.wells[0] > 0.3);
    QVERIFY(overlap.wells[1] < 1e-9);
  }

  // Any σ² and potential: U of the whole space at x = q m̂/μ̃.
  void isThePotentialAlongTheMeans() {
    Json scene = sceneOf("[[0]]", "1", "0", kVpLinear, "free-energy");
    scene["target"] = {
        {"kind", "two-gaussians"}, {"dimension", 5}, {"mu_tilde", 0.7}, {"sigma2", 0.3}};
    const ProblemPtr problem = problemOf(scene);
    const auto result =
        runAnalysis("overlap", *problem, {{"times", {{0.4, 0.4, 1}}}, {"range", {{1.3, 1.3, 1}}}});
    const double V = static_cast<const Overlap&>(*result).potential(0, 0);
    double s = 0;
    for (double low = 0, high = 1; high - low > 1e-13;) {
      s = (low + high) / 2;
      (-std::log(problem->process().signal(s)) < 0.4 ? low : high) = s;
    }
    const double each = 1.3 / 0.7 / std::sqrt(5.0);
    const auto field =
        runAnalysis("field", *problem, {{"time", s}, {"at", {each, each, each, each, each}}});
    QVERIFY(agrees("V", V, 0.49 * static_cast<const FieldPoint&>(*field).potential, 1e-9));
  }
};

QTEST_APPLESS_MAIN(OverlapTest)
#include "overlap_test.moc"
