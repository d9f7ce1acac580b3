#include "core/sampling/complement.hpp"

#include "core/sampling/integrate.hpp"
#include "tests/core/statistics.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// A mixture of equal variance is simulated in the span of its means alone and drawn in closed form
// across it. That has the law of the full simulation, in which nothing is reduced.
class ComplementTest : public QObject {
  Q_OBJECT

private slots:
  void lawOfTheFullSimulation_data();
  void lawOfTheFullSimulation();
  void momentsAcross();
  void pointsEndOnThePoints();
  void spanAloneIsThePartInTheSpan();
  void unequalVariancesStayWhole();
};

namespace {

constexpr Index kParticles = 20'000;
constexpr Index kSteps = 150;

/// A target whose parts nobody can see, so that it is simulated as it is.
class Opaque final : public Target {
public:
  explicit Opaque(const Target& target) : m_target(target) {}
  Index dimension() const override { return m_target.dimension(); }
  Vec mean() const override { return m_target.mean(); }
  Mat covariance() const override { return m_target.covariance(); }
  bool hasDensity() const override { return m_target.hasDensity(); }
  Posterior posterior(const VecView& x, const Channel& c) const override {
    return m_target.posterior(x, c);
  }
  void posteriorBatch(const BatchView& x, const Channel& c, PosteriorBatch& out) const override {
    m_target.posteriorBatch(x, c, out);
  }
  void scores(const BatchFView& x, const Channel& c, BatchFOut out) const override {
    m_target.scores(x, c, out);
  }
  void sample(const Noise& noise, Index first, BatchFOut out) const override {
    m_target.sample(noise, first, out);
  }
  void samplePosterior(const Noise& noise, Index cell, Index first, const BatchFView& x,
                       const Channel& c, BatchFOut y) const override {
    m_target.samplePosterior(noise, cell, first, x, c, y);
  }

private:
  const Target& m_target;
};

/// Two parts in R^5, off the origin, of variance v.
ProblemPtr problemOf5(double v, const char* process = kVpLinear) {
  return problemOf(sceneOf("[[1, 0.5, 0, -1, 2],[-0.5, 1, 1, -1, 0.5]]", "[0.4, 0.6]",
                           std::to_string(v), process));
}

EnsembleSpec specOf(double lambda, StartLaw start, std::uint64_t seed) {
  EnsembleSpec spec;
  spec.sampler = "heun";  // so that the full simulation has next to no bias
  spec.particles = kParticles;
  spec.steps = kSteps;
  spec.saveEvery = kSteps / 3;
  spec.stochasticity = lambda;
  spec.start = start;
  spec.seed = seed;
  return spec;
}

/// Along e at one saved state.
std::vector<double> along(const Vec& e, const Ensemble& ensemble, Index k) {
  const Vec x = (e.transpose().cast<float>() * ensemble.state(k)).cast<double>().transpose();
  return {x.begin(), x.end()};
}

}  // namespace

void ComplementTest::lawOfTheFullSimulation_data() {
  QTest::addColumn<double>("lambda");
  QTest::addColumn<int>("start");
  QTest::addColumn<bool>("forward");
  for (const double lambda : {0.0, 0.5, 1.0})
    for (const StartLaw start : {StartLaw::exactMarginal, StartLaw::prior, StartLaw::gls})
      QTest::addRow("λ = %g, start %d", lambda, static_cast<int>(start))
          << lambda << static_cast<int>(start) << false;
  QTest::newRow("forward") << 1.0 << 0 << true;
}

// Along several directions at every saved state, and the products of neighbouring states: two
// independent runs of different seeds.
void ComplementTest::lawOfTheFullSimulation() {
  QFETCH(double, lambda);
  QFETCH(int, start);
  QFETCH(bool, forward);
  const Direction direction = forward ? Direction::forward : Direction::reverse;
  const ProblemPtr problem = problemOf5(0.2);
  const Opaque opaque(problem->target());
  EnsembleSpec spec = specOf(lambda, static_cast<StartLaw>(start), 11);
  if (!forward) spec.sEnd = 0.02;
  const Ensemble reduced = integrate(problem->target(), problem->process(), spec, direction, {});
  spec.seed = 12;
  const Ensemble full = integrate(opaque, problem->process(), spec, direction, {});
  QCOMPARE(reduced.dimension(), Index{5});
  Mat directions(5, 4);
  directions.col(0) = Vec::Unit(5, 0);
  directions.col(1) = Vec::Unit(5, 3);
  directions.col(2) = Vec::Constant(5, 1 / std::sqrt(5.0));
  directions.col(3) << 0.5, -0.1, 0.7, 0.2, -0.4;
  for (Index j = 0; j < directions.cols(); ++j) {
    const Vec e = directions.col(j);
    for (Index k = 0; k < reduced.saved(); ++k) {
      const double statistic = ksStatistic(along(e, reduced, k), along(e, full, k));
      QVERIFY2(statistic < 2.23, qPrintable(QString::number(statistic)));
      if (k == 0) continue;
      const auto product = [&](const Ensemble& run) {
        std::vector<double> now = along(e, run, k);
        const std::vector<double> before = along(e, run, k - 1);
        for (std::size_t p = 0; p < now.size(); ++p) now[p] *= before[p];
        return now;
      };
      const double joint = ksStatistic(product(reduced), product(full));
      QVERIFY2(joint < 2.23, qPrintable(QString::number(joint)));
    }
  }
}

// Across the means the law is exactly N(a (I−P)μ, (a² v + b²)(I−P)) at every saved time.
void ComplementTest::momentsAcross() {
  for (const char* process : {kVpLinear, kVeBrownian})
    for (const double lambda : {0.0, 1.0}) {
      const ProblemPtr problem = problemOf5(0.2, process);
      const Ensemble run =
          integrate(problem->target(), problem->process(),
                    specOf(lambda, StartLaw::exactMarginal, 3), Direction::reverse, {});
      const Mat& means = problem->target().components()->means;
      Vec e(5);  // orthogonal to the difference of the means
      const Vec difference = (means.col(1) - means.col(0)).normalized();
      e << 1, 1, 1, 1, 1;
      e = (e - difference.dot(e) * difference).normalized();
      for (Index k = 0; k < run.saved(); ++k) {
        const Channel channel =
            problem->process().channel(run.times()[static_cast<std::size_t>(k)]);
        const double a = channel.signal;
        const double mean = a * e.dot(means.col(0));
        const double deviation = std::sqrt(a * a * 0.2 + channel.noiseVariance);
        const auto normal = [&](double x) {
          return 0.5 * std::erfc((mean - x) / (deviation * std::sqrt(2)));
        };
        QVERIFY(ksStatistic(along(e, run, k), normal) < 2.23);
      }
    }
}

void ComplementTest::pointsEndOnThePoints() {
  const ProblemPtr problem = problemOf5(0);
  const Ensemble run = integrate(problem->target(), problem->process(),
                                 specOf(1, StartLaw::exactMarginal, 1), Direction::reverse, {});
  const Eigen::MatrixXf means = problem->target().components()->means.cast<float>();
  const auto ends = run.state(run.dataEnd());
  for (Index p = 0; p < kParticles; ++p)
    QVERIFY((means.colwise() - ends.col(p)).colwise().norm().minCoeff() < 0.1F);
}

void ComplementTest::spanAloneIsThePartInTheSpan() {
  const ProblemPtr problem = problemOf5(0.2);
  const EnsembleSpec spec = specOf(1, StartLaw::exactMarginal, 4);
  const Ensemble all =
      integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
  const Ensemble inSpan = integrate(problem->target(), problem->process(), spec, Direction::reverse,
                                    {}, Coordinates::span);
  QCOMPARE(inSpan.dimension(), Index{1});
  const auto span = spanOfMeans(problem->target());
  QVERIFY(span.has_value());
  for (Index k = 0; k < all.saved(); ++k) {
    const BatchF projected = span->basis.cast<float>().transpose() * all.state(k);
    QVERIFY((projected - inSpan.state(k)).cwiseAbs().maxCoeff() < 1e-5F);
  }
}

void ComplementTest::unequalVariancesStayWhole() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[1, 0.5, 0, -1, 2],[-0.5, 1, 1, -1, 0.5]]", "[0.4, 0.6]", "[0.1, 0.2]"));
  EnsembleSpec spec = specOf(1, StartLaw::exactMarginal, 4);
  spec.particles = 10;
  const Ensemble run = integrate(problem->target(), problem->process(), spec, Direction::reverse,
                                 {}, Coordinates::span);
  QCOMPARE(run.dimension(), Index{5});
}

QTEST_APPLESS_MAIN(ComplementTest)
#include "complement_test.moc"
