#include "core/study/residuals.hpp"

#include "core/study/denoised.hpp"
#include "tests/core/support.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

class ResidualsTest : public QObject {
  Q_OBJECT

private slots:
  // Of N(0, v) in d dimensions ε̂ = b x/V, V = a²v + b²: its variance is b²/V, the loss
  // E|ε̂ − z|²/d = a²v/V, each number with a relative error of √(2/n) over n·d of them.
  void areThoseOfAGaussian() {
    constexpr double v = 0.5;
    const ProblemPtr problem = problemOf(sceneOf("[[0,0,0]]", "1", "0.5"));
    constexpr int samples = 400'000;  // more than are drawn at once
    const ResultPtr result = runAnalysis("residuals", *problem, {{"samples", samples}});
    const auto& found = dynamic_cast<const Residuals&>(*result);
    QCOMPARE(found.times.size(), std::size_t{10});
    for (std::size_t k = 0; k < found.times.size(); ++k) {
      const Channel c = problem->process().channel(found.times[k]);
      const double signal = c.signal * c.signal * v, V = signal + c.noiseVariance;
      const double relative = std::sqrt(2.0 / (3 * samples));
      const double variance = c.noiseVariance / V, loss = signal / V;
      QVERIFY(std::abs(found.variances[k] - variance) < 5 * relative * variance);
      QVERIFY(std::abs(found.losses[k].value - loss) < 5 * relative * loss);
      QVERIFY(std::abs(found.losses[k].standardError - relative * loss) < 0.2 * relative * loss);
      QVERIFY(std::abs(found.means[k]) < 5 * std::sqrt(variance / (3 * samples)));
      QCOMPARE(found.exact[k].value, found.losses[k].value);
      QCOMPARE(found.distances[k].value, 0.0);
    }
  }

  // x̂₀ of N(0, v) is a v x/V.
  void denoisedOfAGaussian() {
    const ProblemPtr problem = problemOf(sceneOf("[[0,0],[0,0]]", "[1,1]", "0.5"));
    const ResultPtr result = runAnalysis("denoised", *problem, {{"time", 0.3}, {"angles", 5}});
    const auto& found = dynamic_cast<const Denoised&>(*result);
    const Channel c = problem->process().channel(0.3);
    const double factor = c.signal * 0.5 / (c.signal * c.signal * 0.5 + c.noiseVariance);
    QCOMPARE(found.signal, c.signal);
    QVERIFY((found.predictions - factor * found.states).cwiseAbs().maxCoeff() < 1e-13);
    QVERIFY(found.exact == found.predictions);
    QCOMPARE(found.angles.size(), std::size_t{5});
    QVERIFY(near(found.angles.back(), 0.75 * std::numbers::pi, 1e-15, 1));
    // The circle: opposite sides of it are opposite states.
    const Batch& x = found.states;
    QVERIFY((x.col(0) + x.col(4)).cwiseAbs().maxCoeff() < 1e-12);
  }
};

QTEST_GUILESS_MAIN(ResidualsTest)
#include "residuals_test.moc"
