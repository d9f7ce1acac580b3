#include "core/sampling/integrate.hpp"

#include "core/runtime/parallel_for.hpp"
#include "tests/core/support.hpp"

#include <atomic>

using namespace separatrix;
using namespace separatrix::test;

class IntegrateTest : public QObject {
  Q_OBJECT

private slots:
  void sameBitsForAnyNumberOfThreads();
  void sameBitsForAnyNumberOfParticles();
  void seedsDiffer();
  void savesWhatItSays_data();
  void savesWhatItSays();
  void timesAreThoseAskedFor();
  void startsHaveTheirVariances();
  void startsAtAPoint();
  void probabilityFlowIsDeterministic();
  void coarseStepsShareTheBrownianPath();
  void lastStepIsQuiet();
  void cancelsAtOnce();
  void stoppedAndResumedIsTheSame();
  void partsAreTheWhole();
  void progressIsInOrderAndReachesOne();
  void refusesWhatCannotBe();
  void tooLargeStepsAreAFailure();
  void smallestSizes();
  void coordinateAtInterpolates();
};

namespace {

EnsembleSpec specOf(Index particles, Index steps, double lambda = 1) {
  EnsembleSpec spec;
  spec.particles = particles;
  spec.steps = steps;
  spec.stochasticity = lambda;
  spec.saveEvery = steps;
  return spec;
}

Ensemble run(const std::string& preset, const EnsembleSpec& spec,
             Direction direction = Direction::reverse, const RunControl& control = {}) {
  const ProblemPtr problem = presetProblem(preset);
  return integrate(problem->target(), problem->process(), spec, direction, control);
}

bool sameBits(const Ensemble& a, const Ensemble& b) {
  if (a.saved() != b.saved()) return false;
  const Index particles = std::min(a.particles(), b.particles());
  for (Index k = 0; k < a.saved(); ++k)
    if (!(a.state(k).leftCols(particles).array() == b.state(k).leftCols(particles).array()).all())
      return false;
  return true;
}

double variance(const Eigen::Map<const BatchF>& state) {
  const Eigen::ArrayXd x = state.row(0).cast<double>().transpose().array();
  return (x - x.mean()).square().mean();
}

}  // namespace

void IntegrateTest::sameBitsForAnyNumberOfThreads() {
  for (const char* preset : {"two-deltas", "asymmetric", "four-deltas"})
    for (const Direction direction : {Direction::reverse, Direction::forward}) {
      EnsembleSpec spec = specOf(3000, 60, 0.7);
      spec.saveEvery = 7;
      std::vector<Ensemble> runs;
      for (const int threads : {1, 2, 3, 2, 1}) {
        const ThreadLimit limit(threads);
        runs.push_back(run(preset, spec, direction));
      }
      for (const Ensemble& other : runs) QVERIFY(sameBits(runs[0], other));
      runs.push_back(run(preset, spec, direction));  // as many threads as there are
      QVERIFY(sameBits(runs[0], runs.back()));
    }
}

void IntegrateTest::sameBitsForAnyNumberOfParticles() {
  const auto some = [](const char* preset, Index particles) {
    EnsembleSpec spec = specOf(particles, 40);
    spec.saveEvery = 1;  // at the data all would be alike
    return run(preset, spec);
  };
  for (const char* preset : {"asymmetric", "four-deltas"}) {
    const Ensemble all = some(preset, 2100);
    for (const Index particles : {1, 2, 3, 4, 5, 7, 15, 16, 17, 33, 511, 512, 513, 1000, 1025})
      QVERIFY(sameBits(some(preset, particles), all));
  }
}

void IntegrateTest::seedsDiffer() {
  EnsembleSpec spec = specOf(100, 20);
  const Ensemble one = run("two-deltas-brownian", spec);
  QVERIFY(sameBits(one, run("two-deltas-brownian", spec)));
  spec.seed = 2;
  QVERIFY(!sameBits(one, run("two-deltas-brownian", spec)));
}

void IntegrateTest::savesWhatItSays_data() {
  QTest::addColumn<int>("steps");
  QTest::addColumn<int>("every");
  QTest::addColumn<QList<int>>("saved");
  QTest::newRow("divides") << 6 << 3 << QList<int>{0, 3, 6};
  QTest::newRow("does not divide") << 7 << 3 << QList<int>{0, 3, 6, 7};
  QTest::newRow("all") << 3 << 1 << QList<int>{0, 1, 2, 3};
  QTest::newRow("more than there are") << 5 << 100 << QList<int>{0, 5};
  QTest::newRow("one step") << 1 << 1 << QList<int>{0, 1};
}

void IntegrateTest::savesWhatItSays() {
  QFETCH(int, steps);
  QFETCH(int, every);
  QFETCH(QList<int>, saved);
  EnsembleSpec spec = specOf(5, steps);
  spec.saveEvery = every;
  const Ensemble ensemble = run("two-deltas", spec);
  QCOMPARE(ensemble.saved(), Index{saved.size()});
  spec.saveEvery = 1;
  const Ensemble all = run("two-deltas", spec);
  for (Index k = 0; k < ensemble.saved(); ++k) {
    const int step = saved[k];
    QCOMPARE(ensemble.steps()[static_cast<std::size_t>(k)], Index{step});
    QVERIFY(
        near(ensemble.times()[static_cast<std::size_t>(k)], 1 - double(step) / steps, 1e-14, 1));
    QVERIFY((ensemble.state(k).array() == all.state(step).array()).all());
  }
  QCOMPARE(ensemble.dataEnd(), ensemble.saved() - 1);
}

void IntegrateTest::timesAreThoseAskedFor() {
  EnsembleSpec spec = specOf(4, 10);
  spec.saveEvery = 5;
  spec.sStart = 0.8;
  spec.sEnd = 0.2;
  const Ensemble reverse = run("two-deltas", spec);
  QCOMPARE(reverse.times().front(), 0.8);
  QVERIFY(near(reverse.times()[1], 0.5, 1e-14));
  QCOMPARE(reverse.times().back(), 0.2);
  const Ensemble forward = run("two-deltas", spec, Direction::forward);
  QCOMPARE(forward.times().front(), 0.2);
  QCOMPARE(forward.times().back(), 0.8);
  QCOMPARE(forward.dataEnd(), Index{0});
}

// VE, horizon 4, ±1: exact and gls have variance 4 + 1, the prior 4. Standard error σ²√(2/n).
void IntegrateTest::startsHaveTheirVariances() {
  constexpr Index n = 100000;
  const auto startOf = [](const char* preset, StartLaw law, std::optional<double> sStart = {}) {
    EnsembleSpec spec = specOf(n, 1);
    spec.start = law;
    spec.sStart = sStart;
    return run(preset, spec);
  };
  const auto check = [&](const Ensemble& ensemble, double expected) {
    const double error = expected * std::sqrt(2.0 / n);
    return std::abs(variance(ensemble.state(0)) - expected) <= 4 * error;
  };
  QVERIFY(check(startOf("two-deltas-brownian", StartLaw::exactMarginal), 5));
  QVERIFY(check(startOf("two-deltas-brownian", StartLaw::prior), 4));
  QVERIFY(check(startOf("two-deltas-brownian", StartLaw::gls), 5));
  QVERIFY(check(startOf("two-deltas-brownian", StartLaw::prior, 1.5), 1.5));
  QVERIFY(check(startOf("two-deltas", StartLaw::prior, 0.2), 1));
  // gls is Gaussian, the exact law is not: its fourth moment tells them apart.
  const auto fourth = [](const Ensemble& ensemble) {
    return ensemble.state(0).row(0).cast<double>().array().pow(4).mean();
  };
  const double gaussian = fourth(startOf("two-deltas-brownian", StartLaw::gls, 1.0));
  const double exact = fourth(startOf("two-deltas-brownian", StartLaw::exactMarginal, 1.0));
  QVERIFY(std::abs(gaussian - 3 * 4) <= 4 * 4 * std::sqrt(96.0 / n));  // Var z⁴ = 96
  QVERIFY(std::abs(exact - (1 + 6 + 3)) <= 4 * std::sqrt(380.0 / n));  // E(y+z)⁸ − 10² = 380 + …
  // gls has the mean and the covariance of the noised data in every direction.
  const ProblemPtr skew = problemOf(sceneOf("[[0, 0],[2, 1],[1, 3]]", "[1, 2, 1]", "0.1"));
  EnsembleSpec spec = specOf(n, 1);
  spec.start = StartLaw::gls;
  spec.sStart = 0.3;
  const Ensemble start = integrate(skew->target(), skew->process(), spec, Direction::reverse, {});
  const Channel channel = skew->process().channel(0.3);
  const Mat x = start.state(0).cast<double>();
  const Mat centred = x.colwise() - Vec(x.rowwise().mean());
  const Mat expected = channel.signal * channel.signal * skew->target().covariance() +
                       channel.noiseVariance * Mat::Identity(2, 2);
  const Mat actual = centred * centred.transpose() / static_cast<double>(n);
  QVERIFY((actual - expected).cwiseAbs().maxCoeff() < 4 * expected.norm() * std::sqrt(2.0 / n));
  const Vec offset = x.rowwise().mean() - channel.signal * skew->target().mean();
  QVERIFY(offset.norm() < 4 * std::sqrt(expected.trace() / n));
}

// Forward from a point, Brownian noise is the Gaussian of variance s around it.
void IntegrateTest::startsAtAPoint() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const Vec point = Eigen::Vector2d(0.25, -3);
  const auto from = [&](Direction direction) {
    return integrate(problem->target(), problem->process(), specOf(20'000, 100), direction, {},
                     Coordinates::all, point);
  };
  for (const Direction direction : {Direction::reverse, Direction::forward}) {
    const Ensemble paths = from(direction);
    QVERIFY((paths.state(0).row(0).array() == 0.25F).all());
    QVERIFY((paths.state(0).row(1).array() == -3.0F).all());
  }
  const Ensemble paths = from(Direction::forward);
  const Batch ends = paths.state(1).cast<double>().colwise() - point;
  QVERIFY(ends.rowwise().mean().norm() < 5 * 2 * std::sqrt(2.0 / 20'000));
  for (Index i = 0; i < 2; ++i)
    QVERIFY(agrees("variance", ends.row(i).squaredNorm() / 20'000, 4, 5 * std::sqrt(2.0 / 20'000)));
}

void IntegrateTest::probabilityFlowIsDeterministic() {
  // λ = 0: the order of the particles is kept, as trajectories of a flow cannot cross.
  const Ensemble flow = run("two-deltas", specOf(500, 400, 0));
  std::vector<std::pair<float, float>> ends;
  for (Index p = 0; p < 500; ++p) ends.emplace_back(flow.state(0)(0, p), flow.state(1)(0, p));
  std::sort(ends.begin(), ends.end());
  for (std::size_t i = 1; i < ends.size(); ++i)
    QVERIFY(ends[i].second >= ends[i - 1].second - 1e-4F);
  // And the end depends on the start alone, not on the diffusion noise that other λ would use.
  const Ensemble noisy = run("two-deltas", specOf(500, 400, 1));
  QVERIFY((flow.state(0).array() == noisy.state(0).array()).all());
  QVERIFY(!(flow.state(1).array() == noisy.state(1).array()).all());
}

// n steps of 4 cells, 2n of 2 and 4n of 1 follow one path: pathwise they come ever closer.
void IntegrateTest::coarseStepsShareTheBrownianPath() {
  const auto end = [](Index steps, Index cells) {
    EnsembleSpec spec = specOf(2000, steps);
    spec.noiseCellsPerStep = cells;
    spec.sEnd = 0.5;
    return Vec(run("two-deltas-brownian", spec).state(1).row(0).cast<double>());
  };
  const Vec coarse = end(50, 4), middle = end(100, 2), fine = end(200, 1);
  const double first = (coarse - middle).norm(), second = (middle - fine).norm();
  QVERIFY(first < 0.1 * (fine.array() - fine.mean()).matrix().norm());
  // Additive noise: strong order 1, so each halving halves the distance.
  QVERIFY(second > 0.35 * first && second < 0.65 * first);
  const Vec unrelated = end(50, 1);
  QVERIFY((unrelated - fine).norm() > 3 * first);
}

// Deltas end at deltas: with noise in the last step the spread would be √(β Δs) = 0.017 at least.
void IntegrateTest::lastStepIsQuiet() {
  const auto spreadAt = [](double sEnd) {
    EnsembleSpec spec = specOf(2000, 500);
    spec.sEnd = sEnd;
    const Ensemble ensemble = run("two-deltas", spec);
    return std::sqrt((ensemble.state(1).row(0).array().abs() - 1).square().mean());
  };
  QVERIFY(spreadAt(0) < 0.005F);
  QVERIFY(spreadAt(0.001) > 0.008F);  // b = 0.0105: a run that ends before the data is noisy
}

void IntegrateTest::cancelsAtOnce() {
  std::stop_source stop;
  stop.request_stop();
  QVERIFY_THROWS_EXCEPTION(Cancelled, run("two-deltas", specOf(10, 10), Direction::reverse,
                                          RunControl(stop.get_token())));
  std::stop_source later;
  const RunControl control(later.get_token(), [&](double) { later.request_stop(); });
  QVERIFY_THROWS_EXCEPTION(Cancelled,
                           run("two-deltas", specOf(20000, 10), Direction::reverse, control));
}

// Stopped at every tenth progress report and gone on with, for a one-step scheme, one that draws
// more than the path and one with a memory.
void IntegrateTest::stoppedAndResumedIsTheSame() {
  const ProblemPtr problem = presetProblem("four-deltas");
  for (const char* sampler : {"euler-maruyama", "exact", "pndm"}) {
    EnsembleSpec spec = specOf(3000, 70);
    spec.sampler = sampler;
    spec.saveEvery = 9;
    const Ensemble whole = run("four-deltas", spec);
    EnsembleRun stopped(problem->target(), problem->process(), spec, Direction::reverse, {});
    int stops = 0;
    for (bool done = false; !done;) {
      std::stop_source stop;
      int reports = 0;
      try {
        stopped.advance(RunControl(stop.get_token(), [&](double) {
          if (++reports == 10) stop.request_stop();
        }));
        done = true;
      } catch (const Cancelled&) {
        ++stops;
      }
    }
    QVERIFY(stops >= 5);
    QVERIFY(sameBits(stopped.take(), whole));
  }
}

void IntegrateTest::partsAreTheWhole() {
  const ProblemPtr problem = presetProblem("four-deltas");
  EnsembleSpec spec = specOf(40'000, 700);
  spec.saveEvery = 1;  // 224 MB in all
  const Ensemble few = [&] {
    EnsembleSpec some = spec;
    some.particles = 3;
    return run("four-deltas", some);
  }();
  Index next = 0;
  int parts = 0;
  double last = 0;
  bool ordered = true;
  const RunControl control({}, [&](double fraction) {
    ordered = ordered && fraction > last;
    last = fraction;
  });
  integrateInParts(problem->target(), problem->process(), spec, Direction::reverse, control,
                   [&](const Ensemble& part) {
                     QCOMPARE(part.firstParticle(), next);
                     if (next == 0) QVERIFY(sameBits(part, few));
                     next += part.particles();
                     ++parts;
                     QVERIFY(part.state(700).allFinite());
                   });
  QCOMPARE(next, spec.particles);
  QVERIFY(parts > 1);
  QVERIFY(ordered && last == 1);
  // A later part is what a run of these particles alone is.
  EnsembleSpec some = spec;
  some.particles = 100;
  some.steps = 50;
  const Ensemble all = run("four-deltas", [&] {
    auto s = some;
    s.particles = 1500;
    return s;
  }());
  EnsembleRun later(problem->target(), problem->process(), some, Direction::reverse, {}, 1400);
  later.advance({});
  const Ensemble tail = later.take();
  for (Index k = 0; k <= 50; ++k) QCOMPARE(tail.state(k), all.state(k).rightCols(100));
}

// RunControl: one call at a time for each computation.
void IntegrateTest::progressIsInOrderAndReachesOne() {
  std::atomic<int> inside{0};
  std::atomic<bool> together{false};
  double last = 0;
  int calls = 0;
  bool ordered = true;
  run("two-deltas", specOf(20000, 20), Direction::reverse, RunControl({}, [&](double fraction) {
        if (++inside > 1) together = true;
        ordered = ordered && fraction > last;
        last = fraction;
        ++calls;
        QTest::qSleep(1);
        --inside;
      }));
  QVERIFY(!together);
  QVERIFY(ordered);
  QCOMPARE(last, 1.0);
  QVERIFY(calls > 1);
}

void IntegrateTest::refusesWhatCannotBe() {
  const auto with = [](const auto& change) {
    EnsembleSpec spec = specOf(10, 10);
    change(spec);
    return refusal([&] { run("two-deltas", spec); });
  };
  QVERIFY(contains(with([](auto& s) { s.sStart = 1.5; }), "ensemble.s_start: 1.5"));
  QVERIFY(contains(with([](auto& s) { s.sStart = 1e-7; }), "ensemble.s_start: 1e-07 is below"));
  QVERIFY(contains(with([](auto& s) { s.sEnd = 1; }), "ensemble.s_end: 1"));
  QVERIFY(contains(with([](auto& s) { s.sStart = 0.3, s.sEnd = 0.4; }), "ensemble.s_end: 0.4"));
  QVERIFY(contains(with([](auto& s) { s.sampler = "nope"; }), "ensemble.sampler: \"nope\""));
  QVERIFY(contains(with([](auto& s) {
                     s.particles = 100000000;
                     s.steps = 1000;
                     s.saveEvery = 1;
                   }),
                   "ensemble: the saved states would take"));
}

// λ = 100 multiplies the drift by 5000: Euler's polygon runs away within ten steps, not in 10⁵.
void IntegrateTest::tooLargeStepsAreAFailure() {
  std::string message;
  try {
    run("two-deltas", specOf(1000, 20, 100));
  } catch (const Failure& failure) {
    message = failure.what();
  }
  QVERIFY(contains(message, "ensemble.steps: 20 are too few"));
  QVERIFY(contains(message, "raise steps"));
  EnsembleSpec small = specOf(10, 100'000, 100);
  small.sEnd = 0.1;  // at points, the drift has no bound
  QVERIFY(run("two-deltas", small).state(1).cwiseAbs().maxCoeff() < 4);
}

void IntegrateTest::smallestSizes() {
  for (const char* preset : {"two-deltas", "four-deltas"})
    for (const Direction direction : {Direction::reverse, Direction::forward}) {
      const Ensemble one = run(preset, specOf(1, 1), direction);
      QCOMPARE(one.saved(), Index{2});
      QVERIFY(one.state(0).allFinite() && one.state(1).allFinite());
    }
}

void IntegrateTest::coordinateAtInterpolates() {
  for (const Direction direction : {Direction::reverse, Direction::forward}) {
    EnsembleSpec spec = specOf(20, 4);
    spec.saveEvery = 2;
    const Ensemble e = run("four-deltas", spec, direction);  // times 4, 2, 0 or 0, 2, 4
    for (Index i = 0; i < 2; ++i)
      for (Index p = 0; p < 20; ++p) {
        const auto at = [&](double s) { return e.coordinateAt(i, s)[static_cast<std::size_t>(p)]; };
        const Index noisy = direction == Direction::reverse ? 0 : 2;
        QCOMPARE(at(4), e.state(noisy)(i, p));
        QCOMPARE(at(2), e.state(1)(i, p));
        QCOMPARE(at(0), e.state(2 - noisy)(i, p));
        QCOMPARE(at(9), at(4));
        QCOMPARE(at(2.5), 0.75F * at(2) + 0.25F * at(4));
      }
  }
}

QTEST_APPLESS_MAIN(IntegrateTest)
#include "integrate_test.moc"
