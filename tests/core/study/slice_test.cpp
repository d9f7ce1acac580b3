#include "core/study/slice.hpp"

#include "core/fields/diffused_field.hpp"
#include "tests/core/study/slice_state.hpp"

#include <numbers>

using namespace separatrix;
using namespace separatrix::test;

namespace {

const Slice& sliceOf(const ResultPtr& result) {
  return dynamic_cast<const Slice&>(*result);
}

}  // namespace

class SliceTest : public QObject {
  Q_OBJECT

private slots:
  // Against U itself, from log p, on scenes of one, two and many dimensions and every potential.
  void isThePotentialAlongTheCircle_data() {
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"two-deltas", "four-deltas", "gaussian-mixture", "digits"})
      QTest::newRow(preset) << QString(preset);
  }

  void isThePotentialAlongTheCircle() {
    QFETCH(QString, preset);
    Json scene = findSceneJson(preset.toStdString());
    scene["ensemble"]["seed"] = 5;
    for (const char* potential : {"sde", "ode", "free-energy", "energy"}) {
      scene["potential"] = potential;
      const Document document = documentFromJson(scene);
      const ProblemPtr problem = prepare(document.scene, {document.files});
      const double horizon = problem->process().horizon();
      const ResultPtr result = runAnalysis("slice", *problem,
                                           {{"times", {{0.1 * horizon, 0.7 * horizon, 3}}},
                                            {"pair", {1, 0}},
                                            {"angles", 9},
                                            {"alpha_from", -1},
                                            {"alpha_to", 2.5}});
      const Slice& slice = sliceOf(result);
      QVERIFY(slice.remark().empty());
      for (std::size_t k = 0; k < 3; ++k) {
        const double s = slice.times[k];
        const DiffusedField field(problem->target(), problem->process(), s);
        const Potential U = problem->potentialAt(s);
        const Mat& means = problem->data().components()->means;
        const Vec x1 = stateOf(means.col(1), field.channel(), 1, 5);
        const Vec x2 = stateOf(means.col(0), field.channel(), 0, 5);
        const auto at = [&](double angle) -> Vec {
          return std::cos(angle) * x1 + std::sin(angle) * x2;
        };
        const auto value = [&](double angle) {
          return U.value(field.batch(at(angle)).logEvidence[0], at(angle).squaredNorm());
        };
        const auto column = static_cast<Index>(k);
        const double range =
            slice.potentials.col(column).maxCoeff() - slice.potentials.col(column).minCoeff();
        for (Index i = 0; i < 9; ++i) {
          const double angle = slice.angles[static_cast<std::size_t>(i)];
          QVERIFY(std::abs(slice.potentials(i, column) - (value(angle) - value(0))) < 1e-6 * range);
          const double slope = (value(angle + 1e-5) - value(angle - 1e-5)) / 2e-5;
          QVERIFY(std::abs(slice.gradients(i, column) - slope) < 1e-4 * (range + std::abs(slope)));
        }
      }
    }
  }

  // The straight line between the two states, where U from log p is what it must be.
  void isThePotentialAlongTheLine() {
    const ProblemPtr problem = presetProblem("four-deltas");
    const double s = 0.3 * problem->process().horizon();
    const ResultPtr result =
        runAnalysis("slice", *problem,
                    {{"times", {{s, s, 1}}}, {"pair", {1, 0}}, {"angles", 5}, {"curve", "line"}});
    const Slice& slice = sliceOf(result);
    const DiffusedField field(problem->target(), problem->process(), s);
    const Potential U = problem->potentialAt(s);
    const Mat& means = problem->data().components()->means;
    const auto seed = problem->scene().ensemble.seed;
    const Vec x1 = stateOf(means.col(1), field.channel(), 1, seed);
    const Vec x2 = stateOf(means.col(0), field.channel(), 0, seed);
    for (Index i = 0; i < 5; ++i) {
      const Vec x = x1 + 0.25 * static_cast<double>(i) * (x2 - x1);
      const auto value = [&](const Vec& at) {
        return U.value(field.batch(at).logEvidence[0], at.squaredNorm());
      };
      QVERIFY(near(slice.potentials(i, 0), value(x) - value(x1), 1e-6, 1));
    }
  }

  void exactScoresDoNotCirculate() {
    for (const char* preset : {"two-deltas", "four-deltas", "hypersphere"}) {
      const ResultPtr result = runAnalysis("circulation", *presetProblem(preset));
      const auto& found = dynamic_cast<const Circulation&>(*result);
      QCOMPARE(found.times.size(), std::size_t{5});
      for (std::size_t k = 0; k < found.times.size(); ++k) {
        QVERIFY(found.scales[k] > 0);
        QVERIFY(std::abs(found.integrals[k]) < 1e-6 * found.scales[k]);
      }
    }
  }

  // With little noise there is a wall between the two data, and each is in a well.
  void hasAWallBetweenTheData() {
    const ResultPtr result = runAnalysis("slice", *presetProblem("two-deltas"),
                                         {{"times", {{0.02, 0.02, 1}}}, {"angles", 51}});
    const Vec wall = sliceOf(result).potentials.col(0);
    QVERIFY(wall.segment(1, 49).maxCoeff() > std::max(wall[0], wall[50]) + 1);
  }

  void refusesWhatIsNoSlice() {
    const ProblemPtr problem = presetProblem("two-deltas");
    const auto message = [&](const Json& values) {
      return refusal([&] { runAnalysis("slice", *problem, values); });
    };
    QVERIFY(contains(message({{"pair", {0, 2}}}), "pair: 2 is not one of the 2 data points"));
    QVERIFY(contains(message({{"pair", {0, 0}}}), "names one point twice"));
    QVERIFY(contains(message({{"pair", {0.5, 1}}}), "two numbers of data points"));
    QVERIFY(contains(message({{"pair", {0, 1, 1}}}), "two numbers of data points"));
    QVERIFY(contains(message({{"times", {{0, 1, 3}}}}), "times: 0 is out of range"));
    QVERIFY(contains(message({{"alpha_from", 1}, {"alpha_to", 1}}), "alpha_to: 1 is not above"));
  }
};

QTEST_GUILESS_MAIN(SliceTest)
#include "slice_test.moc"
