#include "core/sampling/exact.hpp"

#include "core/sampling/integrate.hpp"
#include "core/sampling/start_law.hpp"
#include "tests/core/random_scenes.hpp"
#include "tests/core/statistics.hpp"

using namespace separatrix;
using namespace separatrix::test;

// The exact reverse steps have the right law whatever their size: at 1, 2 and 50 steps. A variance
// that is wrong by a factor of 2 moves a Kolmogorov–Smirnov statistic of these sizes to 8 and more.
class ExactTest : public QObject {
  Q_OBJECT

private slots:
  void mixturesOnALine_data();
  void mixturesOnALine();
  void everyTarget_data();
  void everyTarget();
  void pathsHaveTheLawOfTheProcess();
  void fatesAreThePosteriorWeights();
};

namespace {

constexpr Index kParticles = 20'000;
constexpr double kBound = 2.23;

EnsembleSpec specOf(Index steps, double sEnd) {
  EnsembleSpec spec;
  spec.sampler = "exact";
  spec.particles = kParticles;
  spec.steps = steps;
  spec.saveEvery = steps;
  spec.sEnd = sEnd;
  return spec;
}

std::vector<double> rowOf(const Eigen::Ref<const BatchF, 0, Eigen::OuterStride<>>& x, Index i) {
  const Vec row = x.row(i).cast<double>();
  return {row.begin(), row.end()};
}

void addSteps() {
  QTest::addColumn<int>("steps");
  for (const int steps : {1, 2, 50}) QTest::addRow("%d steps", steps) << steps;
}

}  // namespace

void ExactTest::mixturesOnALine_data() {
  addSteps();
}

void ExactTest::mixturesOnALine() {
  QFETCH(int, steps);
  for (const char* process : {kVpLinear, kVeBrownian, kVpConstant})
    for (const double width : {0.0, 0.3})
      for (const double end : {0.0, 0.02, 0.3}) {
        if (width == 0 && end == 0) continue;
        const ProblemPtr problem =
            problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", std::to_string(width), process));
        const double s = end * problem->process().horizon();
        const Ensemble run = integrate(problem->target(), problem->process(), specOf(steps, s),
                                       Direction::reverse, {});
        const Channel channel = problem->process().channel(s);
        const double a = channel.signal;
        const double deviation = std::sqrt(a * a * width + channel.noiseVariance);
        const auto cumulative = [&](double x) {
          const auto normal = [&](double mean) {
            return 0.5 * std::erfc((mean - x) / (deviation * std::sqrt(2)));
          };
          return 0.3 * normal(-a) + 0.7 * normal(0.5 * a);
        };
        const double statistic = ksStatistic(rowOf(run.state(1), 0), cumulative);
        QVERIFY2(statistic < kBound, qPrintable(QString::number(statistic)));
      }
}

void ExactTest::everyTarget_data() {
  addSteps();
}

// Against direct draws of p(x, s), in each of the first coordinates and in |x|².
void ExactTest::everyTarget() {
  QFETCH(int, steps);
  std::mt19937 random(5);
  std::uint64_t seed = 100;
  for (const TargetKind& kind : targetCatalog())
    for (const ProcessKind& schedule : processCatalog()) {
      const auto target = randomTarget(kind, random);
      const auto process = randomProcess(schedule, random);
      if (target->dimension() > 6) continue;
      const double s = 0.1 * process->horizon();
      EnsembleSpec spec = specOf(steps, s);
      spec.particles = 3000;
      const Ensemble run = integrate(*target, *process, spec, Direction::reverse, {});
      BatchF draws(target->dimension(), spec.particles);
      Starter(*target, *process, spec, StartLaw::exactMarginal, s)(Noise(++seed), 0, draws);
      for (Index i = 0; i < std::min<Index>(3, draws.rows()); ++i)
        QVERIFY2(ksStatistic(rowOf(run.state(1), i), rowOf(draws, i)) < kBound,
                 (kind.id + " " + schedule.id).c_str());
      const BatchF squares = run.state(1).colwise().squaredNorm();
      const BatchF expected = draws.colwise().squaredNorm();
      QVERIFY(ksStatistic(rowOf(squares, 0), rowOf(expected, 0)) < kBound);
    }
}

// Not the ends alone: X at two times is as in the forward process, E X X' and E X² X'².
void ExactTest::pathsHaveTheLawOfTheProcess() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0.1"));
  EnsembleSpec spec = specOf(3, 0);
  spec.particles = 200'000;
  spec.saveEvery = 1;
  const auto moments = [&](Direction direction) {
    const Ensemble run = integrate(problem->target(), problem->process(), spec, direction, {});
    const bool reverse = direction == Direction::reverse;
    const Eigen::ArrayXd early = run.state(reverse ? 1 : 2).row(0).cast<double>().transpose();
    const Eigen::ArrayXd late = run.state(reverse ? 2 : 1).row(0).cast<double>().transpose();
    return std::pair<Eigen::ArrayXd, Eigen::ArrayXd>(early * late, (early * late).square());
  };
  const auto reverse = moments(Direction::reverse), forward = moments(Direction::forward);
  const auto same = [](const Eigen::ArrayXd& a, const Eigen::ArrayXd& b) {
    const auto variance = [](const Eigen::ArrayXd& x) {
      return (x - x.mean()).square().mean() / static_cast<double>(x.size());
    };
    return std::abs(a.mean() - b.mean()) < 4 * std::sqrt(variance(a) + variance(b));
  };
  QVERIFY(same(reverse.first, forward.first));
  QVERIFY(same(reverse.second, forward.second));
}

// One step from s to the data ends at y_k with probability w_k(x, s).
void ExactTest::fatesAreThePosteriorWeights() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[0.5],[2]]", "[0.3, 0.5, 0.2]", "0"));
  EnsembleSpec spec = specOf(1, 0);
  spec.sStart = 0.3;
  spec.particles = 100'000;
  const Ensemble run =
      integrate(problem->target(), problem->process(), spec, Direction::reverse, {});
  const Channel channel = problem->process().channel(0.3);
  Vec expected = Vec::Zero(3), ended = Vec::Zero(3), variance = Vec::Zero(3);
  for (Index p = 0; p < spec.particles; ++p) {
    const Vec x = run.state(0).col(p).cast<double>();
    if (x[0] > 0.2) continue;  // half of them, so that the weights are not those of the data
    const Vec w = problem->target().componentPosterior(x, channel);
    expected += w;
    variance.array() += w.array() * (1 - w.array());
    const float end = run.state(1)(0, p);
    QVERIFY(end == -1 || end == 0.5F || end == 2);
    ended[end == -1 ? 0 : end == 2 ? 2 : 1] += 1;
  }
  for (Index k = 0; k < 3; ++k)
    QVERIFY(std::abs(ended[k] - expected[k]) < 4 * std::sqrt(variance[k]));
  QVERIFY(std::abs(expected[0] / expected.sum() - 0.3) > 0.1);
}

QTEST_APPLESS_MAIN(ExactTest)
#include "exact_test.moc"
