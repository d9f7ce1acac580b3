#include "core/study/memorisation.hpp"

#include "core/study/collapse.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class MemorisationTest : public QObject {
  Q_OBJECT

private slots:
  // The digits of the preset: the generative SDE of their exact score ends on them.
  void everyTrajectoryEndsOnADataPoint() {
    Json json = findSceneJson("digits");
    json["ensemble"] = {
        {"particles", 200}, {"steps", 400}, {"save_every", 4}, {"sampler", "exact"}};
    const ProblemPtr problem = prepareDocument(json);
    const auto result = runAnalysis("memorisation", *problem);
    const auto& end = static_cast<const Memorisation&>(*result);
    QCOMPARE(end.nearest.size(), std::size_t{200});
    const Components& points = *problem->target().components();
    int ones = 0;
    for (std::size_t p = 0; p < 200; ++p) {
      QVERIFY(end.distances[p] < 1e-3);
      QVERIFY(end.labels[p] == 1 || end.labels[p] == 8);
      QCOMPARE(end.labels[p], points.labels[static_cast<std::size_t>(end.nearest[p])]);
      ones += end.labels[p] == 1 ? 1 : 0;
    }
    QVERIFY(std::abs(ones - 100) < 4 * 7.1);  // binomial, standard deviation √50

    // t̂_C, φ_C and f^e speak of one collapse [B Fig 5]: at its mean time two runs are about as
    // likely to end on one point as not, and the entropy is a small part of log n.
    const double mean = end.meanCollapseTime();
    QVERIFY(end.standardError() < 0.03);
    // The histogram has all of them, and their mean within the width of a cell.
    const Memorisation::Histogram histogram = end.histogram(end.latest, 100);
    double all = 0, first = 0;
    const double width = end.latest / 100;
    for (std::size_t i = 0; i < 100; ++i) {
      all += histogram.density[i] * width;
      first += histogram.t[i] * histogram.density[i] * width;
    }
    QVERIFY(agrees("all", all, 1, 1e-12));
    QVERIFY(std::abs(first - mean) < width);
    QVERIFY(agrees("latest", end.latest, 5, 1e-12));
    double near = 0;
    for (const double density : end.histogram(mean, 10).density) near += density * mean / 10;
    const auto below = std::count_if(end.collapseTimes.begin(), end.collapseTimes.end(),
                                     [&](double t) { return t <= mean; });
    QVERIFY(agrees("share", near, static_cast<double>(below) / 200, 1e-12));
    const auto at =
        runAnalysis("collapse", *problem, {{"times", {{mean, mean, 1}}}, {"samples", 2000}});
    const EmpiricalAverages& averages = static_cast<const Collapse&>(*at).averages[0];
    QVERIFY2(averages.participationRatio.value > 0.2 && averages.participationRatio.value < 0.75,
             qPrintable(QString("%1: %2").arg(mean).arg(averages.participationRatio.value)));
    QVERIFY(averages.entropy.value < 0.5 * std::log(200.0));
  }

  void whatHasNoPointsIsRefused() {
    Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
    scene["target"] = {{"kind", "hypersphere"}, {"dimension", 3}, {"radius", 1}};
    QVERIFY_EXCEPTION_THROWN(runAnalysis("memorisation", *problemOf(scene)), Failure);
    QVERIFY_EXCEPTION_THROWN(runAnalysis("memorisation", *presetProblem("ring")), InvalidInput);
  }

private:
  static ProblemPtr prepareDocument(const Json& json) {
    const Document document = documentFromJson(json);
    return prepare(document.scene, {document.files});
  }
};

QTEST_APPLESS_MAIN(MemorisationTest)
#include "memorisation_test.moc"
