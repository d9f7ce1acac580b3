#include "core/study/participation.hpp"

#include "core/thermodynamics/random_energy.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class ParticipationTest : public QObject {
  Q_OBJECT

private slots:
  void twoDeltas();
  void spreadOfTheOverlaps();
  void finiteModelsApproachTheLimit();
  void refusesWhatDoesNotFit();
};

// Y = (1 + tanh²(βx̂))/2, and overlaps ±x̂ of variance x̂² = ν²x̂²M/2 with M = 1.
void ParticipationTest::twoDeltas() {
  const ProblemPtr problem = problemOf(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian));
  const ResultPtr result =
      runAnalysis("participation", *problem, {{"times", {{0.2, 1.4, 4}}}, {"at", {0.5}}});
  const auto& found = static_cast<const Participation&>(*result);
  QVERIFY(agrees("ν|x̂|", found.scale, 0.5 * std::sqrt(2), 1e-14));
  QCOMPARE(found.levels, 1.0);
  QCOMPARE(found.times.size(), std::size_t{4});
  for (std::size_t i = 0; i < 4; ++i) {
    const double s = found.times[i];
    QVERIFY(agrees("Y", found.ratio[i], 0.5 * (1 + std::pow(std::tanh(0.5 / s), 2)), 1e-13));
    QVERIFY(agrees("β̃", found.reducedBetas[i], 0.5 * std::sqrt(2) / s, 1e-13));
    QCOMPARE(found.limit[i], limitParticipation(found.reducedBetas[i]));
  }
  QVERIFY(
      agrees("s_c", found.criticalTime, 0.5 * std::sqrt(2) / (2 * std::sqrt(std::log(2))), 1e-12));
  const ResultPtr automatic = runAnalysis("participation", *problem);
  QVERIFY(agrees("x̂", static_cast<const Participation&>(*automatic).xHat[0], 1, 1e-14));
}

// Four points, M = 2: overlaps of (1, 2) with the unit vectors ±e are ±1, ±2, of variance 5/2.
void ParticipationTest::spreadOfTheOverlaps() {
  const ProblemPtr problem =
      problemOf(sceneOf("[[1,0],[-1,0],[0,1],[0,-1]]", "1", "0", kVeBrownian));
  const ResultPtr result = runAnalysis("participation", *problem, {{"at", {1, 2}}});
  QVERIFY(agrees("ν|x̂|", static_cast<const Participation&>(*result).scale, std::sqrt(2.5), 1e-14));
}

// The finite-size trend, in 400 realizations. Below β_c = 1.665 the limit is 0, and E[Y] falls
// towards it, at β̃ = 1.1 by more than half in eight levels; above, it is still above the limit by
// some hundredths.
void ParticipationTest::finiteModelsApproachTheLimit() {
  const std::vector<double> betas = {0.5, 1.1, 2.5};
  std::vector<std::vector<MeasuredParticipation>> models;
  for (const int levels : {10, 14, 18})
    models.push_back(measureParticipation(levels, 400, Noise(11), betas, {}));
  const double limit = limitParticipation(2.5);
  QVERIFY(agrees("limit", limit, 1 - 2 * std::sqrt(std::log(2)) / 2.5, 1e-14));
  for (std::size_t i = 0; i < 3; ++i) {
    const MeasuredParticipation& condensed = models[i][2];
    QVERIFY(condensed.standardError < 0.02);
    QVERIFY(condensed.mean > limit + 3 * condensed.standardError);
    QVERIFY(condensed.mean < limit + 0.15);
    if (i == 0) continue;
    QVERIFY(models[i][1].mean < models[i - 1][1].mean);
    // Well below Y ~ N⁻¹ ⟨e^{2βX}⟩/⟨e^{βX}⟩² = e^{−M(log 2 − β̃²/2)}: a factor 0.103 for four
    // levels.
    QVERIFY(agrees("Y", models[i][0].mean / models[i - 1][0].mean, std::exp(0.5 - 4 * std::log(2)),
                   0.1));
  }
  const MeasuredParticipation& few = models.front()[1];
  const MeasuredParticipation& many = models.back()[1];
  const double error = std::hypot(few.standardError, many.standardError);
  QVERIFY(error < 0.01);
  QVERIFY(many.mean < few.mean - 4 * error && many.mean < 0.5 * few.mean);
}

void ParticipationTest::refusesWhatDoesNotFit() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const auto with = [&](const Json& values) {
    return refusal([&] { runAnalysis("participation", *problem, values); });
  };
  QVERIFY(contains(with({{"at", {1, 2, 3}}}), "at: has 3 coordinates"));
  QVERIFY(contains(with({{"times", {{0, 1, 3}}}}), "times: 0 is out of range"));
  // Equal overlaps are no random energies: β̃ = 0.
  const ResultPtr even = runAnalysis("participation", *problem, {{"at", {0, 0}}});
  const auto& found = static_cast<const Participation&>(*even);
  QCOMPARE(found.scale, 0.0);
  QVERIFY(std::isnan(found.criticalTime) && agrees("Y", found.ratio.back(), 0.25, 1e-14));
  QVERIFY_THROWS_EXCEPTION(Failure, runAnalysis("participation", *presetProblem("hypersphere")));
}

QTEST_APPLESS_MAIN(ParticipationTest)
#include "participation_test.moc"
