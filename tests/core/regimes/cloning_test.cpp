#include "core/regimes/cloning.hpp"

#include "core/numerics/log_sum_exp.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CloningCurveTest : public QObject {
  Q_OBJECT

private slots:
  void referenceValues();
  void twoGaussiansAsPrinted();
  void limits();
  void againstDrawsOfX_data();
  void againstDrawsOfX();
  void labelsAreClasses();
  void knownOnALineOnly();
};

namespace {

ProblemPtr twoGaussians(int d, double mu, double sigma2) {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {
      {"kind", "two-gaussians"}, {"dimension", d}, {"mu_tilde", mu}, {"sigma2", sigma2}};
  return problemOf(scene);
}

double curveAt(const Problem& problem, double s) {
  return CloningCurve(problem.target())(problem.process().channel(s)).value();
}

/// ½ ∫ (G₊² + G₋²)/(G₊ + G₋) dy, G± = N(y; ±m e^{−t}, Γ), by the midpoint rule.
double printed(double m, double sigma2, double t) {
  const double a = std::exp(-t);
  const double Gamma = 1 - a * a + sigma2 * a * a;
  const double reach = m * a + 12 * std::sqrt(Gamma), h = reach / 20000;
  double sum = 0;
  for (int i = -20000; i < 20000; ++i) {
    const double y = (i + 0.5) * h;
    const auto G = [&](double mean) {
      return std::exp(-(y - mean) * (y - mean) / (2 * Gamma)) / std::sqrt(2 * M_PI * Gamma);
    };
    const double plus = G(m * a), minus = G(-m * a);
    if (plus + minus > 0) sum += (plus * plus + minus * minus) / (plus + minus) * h;
  }
  return 0.5 * sum;
}

}  // namespace

void CloningCurveTest::referenceValues() {
  int count = 0;
  for (const Json& entry : reference().at("cloning")) {
    const ProblemPtr problem =
        twoGaussians(entry.at("dimension"), entry.at("mu_tilde"), entry.at("sigma2"));
    QVERIFY(agrees("phi", curveAt(*problem, entry.at("t")), entry.at("phi"), 1e-11));
    ++count;
  }
  QVERIFY(count >= 7);
  // φ ≈ 0.775 at ½ log(d μ̃²), whatever the dimension.
  for (const int d : {4096, 32768})
    QVERIFY(near(curveAt(*twoGaussians(d, 1, 1), 0.5 * std::log(d)), 0.775, 1e-3));
}

void CloningCurveTest::twoGaussiansAsPrinted() {
  for (const int d : {1, 16, 1024})
    for (const double mu : {0.3, 1.0})
      for (const double sigma2 : {0.0, 0.25, 1.0})
        for (const double t : {0.02, 0.5, 1.5, 4.0})
          QVERIFY(agrees("phi", curveAt(*twoGaussians(d, mu, sigma2), t),
                         printed(mu * std::sqrt(d), sigma2, t), 1e-9));
}

void CloningCurveTest::limits() {
  const ProblemPtr points = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0"));
  const CloningCurve curve(points->target());
  QVERIFY(near(curve({1, 1e-7}).value(), 1, 1e-12));                // no noise: each its own
  QVERIFY(near(curve({1e-8, 1}).value(), 0.3 * 0.3 + 0.49, 1e-9));  // no signal: by weight
}

void CloningCurveTest::againstDrawsOfX_data() {
  QTest::addColumn<QByteArray>("means");
  QTest::addColumn<QByteArray>("weights");
  QTest::addColumn<QByteArray>("variances");
  QTest::newRow("unequal") << QByteArray("[[-1],[0.2],[2]]") << QByteArray("[1, 2, 5]")
                           << QByteArray("[0.1, 0, 0.8]");
  QTest::newRow("oblique line") << QByteArray("[[1, 1, 0],[2, 3, 1],[0, -1, -1]]")
                                << QByteArray("[1, 3, 2]") << QByteArray("0.4");
}

// E_x Σ P(k|x)² over draws of p(x, s), with their standard error.
void CloningCurveTest::againstDrawsOfX() {
  QFETCH(QByteArray, means);
  QFETCH(QByteArray, weights);
  QFETCH(QByteArray, variances);
  const ProblemPtr problem =
      problemOf(sceneOf(means.toStdString(), weights.toStdString(), variances.toStdString()));
  constexpr Index n = 40'000;
  for (const double s : {0.1, 0.3, 0.5}) {
    const Channel channel = problem->process().channel(s);
    BatchF x(problem->target().dimension(), n);
    problem->target().sample(Noise(5), 0, x);
    std::mt19937 random(6);
    std::normal_distribution<double> normal;
    Eigen::ArrayXd same(n);
    for (Index p = 0; p < n; ++p) {
      Vec at = channel.signal * x.col(p).cast<double>();
      for (double& value : at) value += std::sqrt(channel.noiseVariance) * normal(random);
      same[p] = problem->target().componentPosterior(at, channel).squaredNorm();
    }
    const double error = std::sqrt((same - same.mean()).square().mean() / n);
    QVERIFY(error < 0.003);
    QVERIFY(std::abs(same.mean() - curveAt(*problem, s)) < 4 * error);
  }
}

void CloningCurveTest::labelsAreClasses() {
  Components parts{Mat(1, 3), Vec(3), Vec::Zero(3), {7, -2, 7}};
  QCOMPARE(classesOf(parts), (std::vector<int>{0, 1, 0}));
  parts.labels.clear();
  QCOMPARE(classesOf(parts), (std::vector<int>{0, 1, 2}));
}

void CloningCurveTest::knownOnALineOnly() {
  const auto known = [](const ProblemPtr& problem) {
    return CloningCurve(problem->target())({0.7, 0.51}).has_value();
  };
  QVERIFY(known(presetProblem("two-deltas")));
  QVERIFY(known(presetProblem("two-gaussians")));
  QVERIFY(!known(presetProblem("four-deltas")));
  QVERIFY(!known(presetProblem("hypersphere")));
  QVERIFY(!known(problemOf(sceneOf("[[0, 0],[1, 1]]", "1", "[0.1, 0.2]"))));
}

QTEST_APPLESS_MAIN(CloningCurveTest)
#include "cloning_test.moc"
