#include "core/study/collapse.hpp"
#include "core/study/critical_times.hpp"
#include "core/study/excess_entropy.hpp"
#include "core/study/memorisation.hpp"
#include "tests/core/support.hpp"

#include <QElapsedTimer>

using namespace separatrix;
using namespace separatrix::test;

/// The published row of MNIST [B Table 1] and what the points of 1000 digits do: see ./dev mnist.
class MnistTest : public QObject {
  Q_OBJECT

private:
  static ProblemPtr digits(int limit, const Json& ensemble = Json::object()) {
    const std::string folder = qEnvironmentVariable("SEPARATRIX_MNIST").toStdString();
    return problemOf({{"separatrix", 1},
                      {"target",
                       {{"kind", "dataset"},
                        {"path", folder + "/train-images-idx3-ubyte"},
                        {"classes", {1, 8}},
                        {"limit_per_class", limit},
                        {"scale", 1 / 255.0},
                        {"center", true}}},
                      {"process", {{"kind", "vp-constant"}, {"beta", 2}, {"horizon", 5}}},
                      {"ensemble", ensemble}});
  }

private slots:
  // Digits 1 and 8, the first 5000 of each, pixels in [0, 1]: Λ = 7.6674, t_S = 1.0185 (published
  // 7.66, 1.02).
  void speciation() {
    const auto result = runAnalysis("critical-times", *digits(5000));
    const Json record = *result->record();
    QVERIFY(std::abs(record["speciation"]["Lambda"].get<double>() - 7.6674) < 5e-5);
    QVERIFY(std::abs(record["speciation"]["s"].get<double>() - 1.0185) < 5e-5);
  }

  void classesPart() {
    QElapsedTimer timer;
    timer.start();
    const auto result =
        runAnalysis("collapse", *digits(5000), {{"times", {{0.1, 3, 30}}}, {"samples", 2000}});
    const auto& collapse = static_cast<const Collapse&>(*result);
    const double parting = collapse.partingTime(0);
    qInfo("phi falls through 0.775 at t = %.4f, t_S = 1.0185; %.1f s", parting,
          1e-3 * static_cast<double>(timer.elapsed()));
    QVERIFY(parting > 0.85 && parting < 1.1);
    QVERIFY(collapse.averages.front().sameClass.value > 0.999);
    QVERIFY(collapse.averages.back().sameClass.value < 0.52);
  }

  // 1000 digits: every trajectory of the exact score ends on one, and t̂_C, φ_C and f^e tell of one
  // collapse [B Fig 5].
  void trajectoriesEndOnTheirDigits() {
    QElapsedTimer timer;
    timer.start();
    const ProblemPtr problem =
        digits(500, {{"particles", 1000}, {"steps", 500}, {"save_every", 5}, {"sampler", "exact"}});
    const auto result = runAnalysis("memorisation", *problem);
    const auto& end = static_cast<const Memorisation&>(*result);
    const double seconds = 1e-3 * static_cast<double>(timer.elapsed());
    for (const double distance : end.distances) QVERIFY(distance < 1e-3);
    const double mean = end.meanCollapseTime();
    const auto at =
        runAnalysis("collapse", *problem, {{"times", {{mean, mean, 1}}}, {"samples", 2000}});
    const EmpiricalAverages& averages = static_cast<const Collapse&>(*at).averages[0];
    qInfo("mean t_C = %.4f ± %.4f; there phi_C = %.3f ± %.3f, f/alpha = %.3f; %.1f s", mean,
          end.standardError(), averages.participationRatio.value,
          averages.participationRatio.standardError, averages.entropy.value / std::log(1000.0),
          seconds);
    QVERIFY(averages.participationRatio.value > 0.2 && averages.participationRatio.value < 0.8);
    QVERIFY(averages.entropy.value < 0.5 * std::log(1000.0));
  }
};

QTEST_APPLESS_MAIN(MnistTest)
#include "mnist_test.moc"
