#include "core/sampling/euler_maruyama.hpp"

#include "core/sampling/integrate.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// The statistics of whole ensembles. All bounds are 4 standard errors of fixed seeds; a wrong
// factor of 2 in drift or noise moves the compared numbers by tens of standard errors.
class EulerMaruyamaTest : public QObject {
  Q_OBJECT

private slots:
  void reachesTheMixture_data();
  void reachesTheMixture();
  void gaussianEnsemblesFollowTheRecursion_data();
  void gaussianEnsemblesFollowTheRecursion();
  void biasHalvesWithTheStep_data();
  void biasHalvesWithTheStep();
  void forwardMatchesTheMarginals();
  void committorIsThePosteriorWeight();
};

namespace {

constexpr Index kParticles = 100000;

struct Moments {
  double mean = 0, variance = 0;
  double meanError = 0, varianceError = 0;  // standard errors
};

Moments momentsOf(const Eigen::Map<const BatchF>& state) {
  const Eigen::ArrayXd x = state.row(0).cast<double>().transpose().array();
  const auto n = static_cast<double>(x.size());
  Moments out;
  out.mean = x.mean();
  const Eigen::ArrayXd squares = (x - out.mean).square();
  out.variance = squares.mean();
  out.meanError = std::sqrt(out.variance / n);
  out.varianceError = std::sqrt((squares - out.variance).square().mean() / n);
  return out;
}

bool within(const char* what, double s, double actual, double expected, double error) {
  const double deviations = (actual - expected) / error;
  if (std::abs(deviations) > 4)
    qWarning("%s at s = %g: %g, expected %g, %.1f standard errors", what, s, actual, expected,
             deviations);
  return std::abs(deviations) <= 4;
}

void addLambdas() {
  QTest::addColumn<double>("lambda");
  QTest::newRow("probability flow") << 0.0;
  QTest::newRow("half") << 0.5;
  QTest::newRow("sde") << 1.0;
}

/// Exact moments of the mixture at s.
bool matchesTheMarginal(const Problem& problem, const Ensemble& ensemble, Index saved) {
  const double s = ensemble.times()[static_cast<std::size_t>(saved)];
  const Channel channel = problem.process().channel(s);
  const double a = channel.signal;
  const Moments moments = momentsOf(ensemble.state(saved));
  const double mean = a * problem.target().mean()[0];
  const double variance = a * a * problem.target().covariance()(0, 0) + channel.noiseVariance;
  return within("mean", s, moments.mean, mean, moments.meanError) &&
         within("variance", s, moments.variance, variance, moments.varianceError);
}

}  // namespace

void EulerMaruyamaTest::reachesTheMixture_data() {
  addLambdas();
}

// Deltas of weight 0.3 at −1 and 0.7 at 0.5. With 1000 steps the bias of E x² is below 0.1 % (see
// biasHalvesWithTheStep), at most half a standard error of what is compared.
void EulerMaruyamaTest::reachesTheMixture() {
  QFETCH(double, lambda);
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0"));
  EnsembleSpec spec;
  spec.particles = kParticles;
  spec.steps = 1000;
  spec.saveEvery = 200;
  spec.stochasticity = lambda;
  const Ensemble ensemble =
      integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
  QCOMPARE(ensemble.saved(), Index{6});
  for (Index k = 0; k < 6; ++k) QVERIFY(matchesTheMarginal(*problem, ensemble, k));

  const auto end = ensemble.state(5).row(0).array();
  const auto left = static_cast<double>((end < -0.25F).count()) / kParticles;
  QVERIFY(within("fraction at −1", 0, left, 0.3, std::sqrt(0.3 * 0.7 / kParticles)));
  const auto there = ((end + 1).abs() < 0.02F || (end - 0.5F).abs() < 0.02F).count();
  QVERIFY(static_cast<double>(there) > 0.998 * kParticles);
}

void EulerMaruyamaTest::gaussianEnsemblesFollowTheRecursion_data() {
  addLambdas();
}

// For one Gaussian the scheme is linear, x' = αx + c + noise, so its mean and variance after every
// step are known exactly, at any step size.
void EulerMaruyamaTest::gaussianEnsemblesFollowTheRecursion() {
  QFETCH(double, lambda);
  constexpr int kSteps = 40;
  const double mu = 0.8, v = 0.3;
  const ProblemPtr problem = problemOf(sceneOf("[[0.8]]", "1", "0.3"));
  const ForwardProcess& process = problem->process();
  EnsembleSpec spec;
  spec.particles = kParticles;
  spec.steps = kSteps;
  spec.saveEvery = 10;
  spec.stochasticity = lambda;
  const Ensemble ensemble = integrate(problem->target(), process, spec, Direction::reverse, {});
  const Channel start = process.channel(1);
  double mean = start.signal * mu;
  double variance = start.signal * start.signal * v + start.noiseVariance;
  for (int step = 0; step < kSteps; ++step) {
    const double s = 1 - static_cast<double>(step) / kSteps;
    const double dt = 1.0 / kSteps;
    const double beta = 0.1 + 19.9 * s;
    const double a = std::exp(-0.5 * (0.1 * s + 9.95 * s * s));
    const double V = a * a * v + 1 - a * a;
    const double pull = 0.5 * (1 + lambda * lambda) * beta * dt / V;
    const double factor = 1 + 0.5 * beta * dt - pull;
    const double noise = step + 1 == kSteps ? 0 : lambda * lambda * beta * dt;
    mean = factor * mean + pull * a * mu;
    variance = factor * factor * variance + noise;
    if ((step + 1) % 10 != 0) continue;
    const Moments moments = momentsOf(ensemble.state((step + 1) / 10));
    QVERIFY(within("mean", s - dt, moments.mean, mean, moments.meanError));
    QVERIFY(within("variance", s - dt, moments.variance, variance, moments.varianceError));
  }
}

void EulerMaruyamaTest::biasHalvesWithTheStep_data() {
  addLambdas();
}

// E[x²] at s = 0.1 of runs with n, 2n, 4n and 8n steps on one Brownian path each. What the paths
// share cancels in the differences D(n) = E_2n − E_n, which for weak order 1 halve each time and
// sum up to the bias: E − E_n = D(n) + D(2n) + … ≈ 2 D(n).
void EulerMaruyamaTest::biasHalvesWithTheStep() {
  QFETCH(double, lambda);
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0"));
  constexpr Index kCoarsest = 125;
  constexpr Index kPaths = 40000;
  std::vector<Eigen::ArrayXd> squares;
  for (const Index refinement : {1, 2, 4, 8}) {
    EnsembleSpec spec;
    spec.particles = kPaths;
    spec.steps = kCoarsest * refinement;
    spec.saveEvery = spec.steps;
    spec.noiseCellsPerStep = 8 / refinement;
    spec.stochasticity = lambda;
    spec.sEnd = 0.1;
    const Ensemble ensemble =
        integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
    squares.push_back(ensemble.state(1).row(0).cast<double>().transpose().array().square());
  }
  const auto difference = [&](std::size_t i, double& error) {
    const Eigen::ArrayXd d = squares[i + 1] - squares[i];
    error = std::sqrt((d - d.mean()).square().mean() / kPaths);
    return d.mean();
  };
  double errors[3];
  const double coarse = difference(0, errors[0]);
  const double middle = difference(1, errors[1]);
  const double fine = difference(2, errors[2]);
  QVERIFY(std::abs(coarse) > 15 * errors[0]);  // there is a bias to speak of
  // 0.5 within 0.15, or within the statistical error of the ratio where that is larger.
  QVERIFY(std::abs(middle / coarse - 0.5) < 0.15);
  QVERIFY(std::abs(fine / middle - 0.5) < 0.15 + 4 * errors[2] / std::abs(middle));

  const Channel channel = problem->process().channel(0.1);
  const double a2 = channel.signal * channel.signal;
  const double exact = a2 * (0.3 * 1 + 0.7 * 0.25) + channel.noiseVariance;
  // At n = 1000 what is left is D(1000) + D(2000) + … ≈ D(500), and the mean itself is near.
  QVERIFY(std::abs(fine) < 0.01 * exact);
  const Eigen::ArrayXd& finest = squares[3];
  const double error = std::sqrt((finest - finest.mean()).square().mean() / kPaths);
  QVERIFY(within("E x² at n = 1000", 0.1, finest.mean() + fine, exact, error));
  QVERIFY(std::abs(finest.mean() - exact) < 0.01 * exact + 4 * error);
  // The error against the exact value falls as the differences say.
  QVERIFY(within("E x² at n = 125", 0.1, squares[0].mean() + 2 * coarse, exact,
                 error + std::abs(coarse) / 16));
}

// With 2000 steps the scheme's own stationary variance, 1 + βΔs/4, is 0.25 % too large at most:
// half a standard error.
void EulerMaruyamaTest::forwardMatchesTheMarginals() {
  for (const char* process : {kVpLinear, kVeBrownian}) {
    const ProblemPtr problem =
        problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "[0, 0.2]", process));
    EnsembleSpec spec;
    spec.particles = kParticles;
    spec.steps = 2000;
    spec.saveEvery = 400;
    const Ensemble ensemble =
        integrate(problem->target(), problem->process(), spec, Direction::forward, {});
    QCOMPARE(ensemble.times().front(), 0.0);
    for (Index k = 0; k < ensemble.saved(); ++k) QVERIFY(matchesTheMarginal(*problem, ensemble, k));
    // It begins at the data: three in ten exactly at the delta.
    const auto atDelta = static_cast<double>((ensemble.state(0).row(0).array() == -1.0F).count());
    QVERIFY(within("delta", 0, atDelta / kParticles, 0.3, std::sqrt(0.21 / kParticles)));
  }
}

// For deltas and λ = 1, P(end at y_k | x, s) is the posterior weight of y_k (theory §2).
void EulerMaruyamaTest::committorIsThePosteriorWeight() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0"));
  EnsembleSpec spec;
  spec.particles = kParticles;
  spec.steps = 1000;
  spec.saveEvery = spec.steps;
  spec.sStart = 0.3;
  const Ensemble ensemble =
      integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
  const Channel channel = problem->process().channel(0.3);
  for (const float low : {-1.5F, -0.8F, -0.4F, 0.0F, 0.5F}) {
    double expected = 0, ended = 0, count = 0;
    for (Index p = 0; p < kParticles; ++p) {
      const float x = ensemble.state(0)(0, p);
      if (x < low || x >= low + 0.3F) continue;
      expected += problem->target().componentPosterior(Vec::Constant(1, x), channel)[0];
      ended += ensemble.state(1)(0, p) < -0.25F ? 1 : 0;
      ++count;
    }
    QVERIFY(count > 500);
    const double w = expected / count;
    QVERIFY(within("P(−1 | x)", low, ended / count, w, std::sqrt(w * (1 - w) / count) + 1e-3));
  }
}

QTEST_APPLESS_MAIN(EulerMaruyamaTest)
#include "euler_maruyama_test.moc"
