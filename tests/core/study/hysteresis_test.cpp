#include "core/study/hysteresis.hpp"

#include "core/thermodynamics/free_energy.hpp"
#include "core/thermodynamics/order_parameter.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// m(h) against the closed forms of two deltas, m = tanh((m + h)/t + ½ log w₂/w₁).
class HysteresisTest : public QObject {
  Q_OBJECT

private slots:
  void spinodalsOfTwoDeltas();
  void solutionsOfTwoDeltas();
  void coexistenceShiftsWithTheWeights();
  void noHysteresisAboveTheCriticalPoint();
  void narrowWellsNearTheData();
  void sphereInAField();
  void symmetryAcrossTheField();
  void theLowestBesideTheCurve();
  void agreesWithTheLowestSolution();
  void refusesWhatDoesNotFit();
};

namespace {

const Hysteresis& run(const Json& scene, const Json& values, ResultPtr& keep) {
  keep = runAnalysis("hysteresis", *problemOf(scene), values);
  return static_cast<const Hysteresis&>(*keep);
}

Json twoDeltas(const char* weights = "1") {
  return sceneOf("[[-1],[1]]", weights, "0", kVeBrownian);
}

}  // namespace

// 1 = (1 − m²)/t where the field turns: m = ±√(1 − t), h = t artanh m − m.
void HysteresisTest::spinodalsOfTwoDeltas() {
  for (const double t : {0.9, 0.5, 0.1}) {
    ResultPtr keep;
    const Hysteresis& found = run(twoDeltas(), {{"time", t}}, keep);
    QVERIFY(agrees("β", found.beta, 1 / t, 1e-14));
    QCOMPARE(found.curve.limits.size(), std::size_t{2});
    const double m = std::sqrt(1 - t);
    const double h = m - t * std::atanh(m);
    for (int i = 0; i < 2; ++i) {
      const FieldLimit& limit = found.curve.limits[static_cast<std::size_t>(i)];
      const double sign = i == 0 ? -1 : 1;
      QVERIFY(limit.spinodal);
      QVERIFY(agrees("m", limit.at.along, sign * m, 1e-9));
      QVERIFY(agrees("h", limit.at.field, -sign * h, 1e-12));
    }
    QCOMPARE(found.curve.branches.size(), std::size_t{3});
    QVERIFY(found.curve.branches[0].stable && !found.curve.branches[1].stable &&
            found.curve.branches[2].stable);
    QCOMPARE(found.curve.coexistence.size(), std::size_t{1});
    QVERIFY(std::abs(found.curve.coexistence[0].field) <= 1e-13);
  }
}

void HysteresisTest::solutionsOfTwoDeltas() {
  const double t = 0.5;
  ResultPtr keep;
  const Hysteresis& found = run(twoDeltas(), {{"time", t}, {"fields", {{-0.1, 0.3, 3}}}}, keep);
  std::vector<int> count(3, 0), stable(3, 0), lowest(3, 0);
  for (const Hysteresis::Row& row : found.rows) {
    const FieldSolution& at = row.solution;
    const auto slot = static_cast<std::size_t>(std::lround((at.field + 0.1) / 0.2));
    QVERIFY(agrees("h", at.field, -0.1 + 0.2 * static_cast<double>(slot), 1e-13));
    QVERIFY(agrees("m", at.along, std::tanh((at.along + at.field) / t), 1e-13));
    QVERIFY(agrees("βC", at.largestEigenvalue, (1 - at.along * at.along) / t, 1e-12));
    QVERIFY(agrees("dh/du", at.slope, 1 - at.largestEigenvalue, 1e-12));
    // F(m + h) + m²/2 from its definition: ½ − t log cosh((m + h)/t) + m²/2.
    QVERIFY(
        agrees("F", at.freeEnergy,
               0.5 - t * std::log(std::cosh((at.along + at.field) / t)) + 0.5 * at.along * at.along,
               1e-12));
    ++count[slot];
    stable[slot] += at.stable() ? 1 : 0;
    if (row.lowest) {
      ++lowest[slot];
      QVERIFY(at.along * at.field > 0);
    }
  }
  // The spinodal field is 0.2664.
  QCOMPARE(count, (std::vector<int>{3, 3, 1}));
  QCOMPARE(stable, (std::vector<int>{2, 2, 1}));
  QCOMPARE(lowest, (std::vector<int>{1, 1, 1}));
}

// The weights are a field h₀ = (t/2) log w₂/w₁ of their own: wells are equal at −h₀, where the
// curve of equal weights has its symmetric point.
void HysteresisTest::coexistenceShiftsWithTheWeights() {
  const double t = 0.6;
  ResultPtr keep;
  const Hysteresis& found = run(twoDeltas("[0.3, 0.7]"), {{"time", t}}, keep);
  QCOMPARE(found.curve.coexistence.size(), std::size_t{1});
  const double own = 0.5 * t * std::log(0.7 / 0.3);
  const FieldCoexistence& equal = found.curve.coexistence[0];
  QVERIFY(agrees("h", equal.field, -own, 1e-12));
  QVERIFY(agrees("m", equal.low.along, -equal.high.along, 1e-10));
  QVERIFY(agrees("m", equal.high.along, std::tanh(equal.high.along / t), 1e-10));
  const double m = std::sqrt(1 - t);
  QVERIFY(agrees("spinodal", found.curve.limits[0].at.field, m - t * std::atanh(m) - own, 1e-12));
}

void HysteresisTest::noHysteresisAboveTheCriticalPoint() {
  ResultPtr keep;
  const Hysteresis& found = run(twoDeltas(), {{"time", 1.1}, {"fields", {{-0.4, 0.4, 9}}}}, keep);
  QVERIFY(found.curve.limits.empty() && found.curve.coexistence.empty());
  QCOMPARE(found.curve.branches.size(), std::size_t{1});
  QCOMPARE(found.rows.size(), std::size_t{9});
  // A Gaussian of variance v: m = h v/t.
  const Hysteresis& gaussian =
      run(sceneOf("[[0]]", "1", "2", kVeBrownian), {{"time", 0.5}, {"fields", {{-2, 2, 5}}}}, keep);
  QCOMPARE(gaussian.rows.size(), std::size_t{5});
  for (const Hysteresis::Row& row : gaussian.rows)
    QVERIFY(agrees("m", row.solution.along, row.solution.field * 2 / 0.5, 1e-12, 1));
}

void HysteresisTest::narrowWellsNearTheData() {
  const double t = 1e-5;  // the unstable piece is 10⁻⁴ wide, away from the middle
  ResultPtr keep;
  const Hysteresis& found =
      run(sceneOf("[[-1],[0.3],[2]]", "1", "0", kVeBrownian), {{"time", t}}, keep);
  QCOMPARE(found.curve.branches.size(), std::size_t{5});
  QCOMPARE(found.curve.coexistence.size(), std::size_t{2});
  // Between neighbours y₁ and y₂ at the middle, by which h = middle − m: wells end at about half
  // their distance.
  QVERIFY(agrees("h", found.curve.limits[0].at.field, 0.65, 1e-3));
  QVERIFY(agrees("h", found.curve.limits[1].at.field, -0.65, 1e-3));
  QVERIFY(agrees("h", found.curve.limits[2].at.field, 0.85, 1e-3));
  QVERIFY(std::abs(found.curve.coexistence[0].field) <= 1e-9);
}

// On a circle the pattern follows any field: below t_c the line through the origin is unstable
// across the field where m points against it, and there is nothing metastable.
void HysteresisTest::sphereInAField() {
  Json scene = twoDeltas();
  scene["target"] = {{"kind", "hypersphere"}, {"dimension", 2}, {"radius", 1}};
  ResultPtr keep;
  const Hysteresis& found =
      run(scene, {{"time", 0.3}, {"direction", {0, 1}}, {"fields", {{0.05, 0.05, 1}}}}, keep);
  QCOMPARE(found.rows.size(), std::size_t{3});
  for (const Hysteresis::Row& row : found.rows)
    QCOMPARE(row.solution.stable(), row.solution.along > 0);
  QVERIFY(std::none_of(found.curve.limits.begin(), found.curve.limits.end(),
                       [](const FieldLimit& each) { return each.spinodal; }));
}

// Four deltas with the field along an axis: ⟨y₀⟩ = sinh(βu)/(cosh(βu) + 1) while nothing is across.
void HysteresisTest::symmetryAcrossTheField() {
  const double t = 0.3;
  ResultPtr keep;
  const Hysteresis& found =
      run(sceneOf("[[1,0],[-1,0],[0,1],[0,-1]]", "1", "0", kVeBrownian),
          {{"time", t}, {"direction", {2, 0}}, {"fields", {{-0.2, 0.2, 3}}}}, keep);
  QVERIFY(found.rows.size() >= 5);
  for (const Hysteresis::Row& row : found.rows) {
    const double u = row.solution.place / t;
    QVERIFY(agrees("m", row.solution.along, std::sinh(u) / (std::cosh(u) + 1), 1e-12, 1));
    QVERIFY(std::abs(row.solution.m[1]) <= 1e-12);
    // dh/du by its definition, along the curve without anything across.
    const double slope = 1 - 1 / (t * (std::cosh(u) + 1));
    QVERIFY(agrees("dh/du", row.solution.slope, slope, 1e-10, 1));
  }
}

// Wells at y have G = t log 4 − h·y near the data: those at (1.5, ±2) are the lowest, and beside
// the curve, which keeps to y₁ = 0.
void HysteresisTest::theLowestBesideTheCurve() {
  const double t = 0.1;
  ResultPtr keep;
  const Hysteresis& found =
      run(sceneOf("[[1,0],[-1,0],[1.5,2],[1.5,-2]]", "1", "0", kVeBrownian),
          {{"time", t}, {"direction", {1, 0}}, {"fields", {{0.3, 0.3, 1}}}}, keep);
  int best = 0;
  for (const Hysteresis::Row& row : found.rows) {
    QCOMPARE(row.solution.field, 0.3);
    QCOMPARE(row.lowest, std::abs(row.solution.m[1]) > 1);
    if (!row.lowest) continue;
    ++best;
    QVERIFY(row.solution.stable());
    QVERIFY(agrees("m", row.solution.along, 1.5, 1e-3));
    QVERIFY(agrees("G", row.solution.freeEnergy, t * std::log(4) - 0.45, 1e-3));
  }
  QCOMPARE(best, 1);
  QVERIFY(found.rows.size() >= 2);
}

void HysteresisTest::agreesWithTheLowestSolution() {
  const Json scene = sceneOf("[[-1],[2]]", "[0.3, 0.7]", "[0.1, 0.25]", kVpLinear);
  const ProblemPtr problem = problemOf(scene);
  ResultPtr keep;
  const Hysteresis& found = run(scene, {{"time", 0.2}, {"fields", {{-1.2, 0.9, 8}}}}, keep);
  int compared = 0;
  for (const Hysteresis::Row& row : found.rows) {
    if (!row.lowest) continue;
    const SelfConsistent other =
        lowestSelfConsistent(problem->target(), found.beta, Vec::Constant(1, row.solution.field));
    QVERIFY(agrees("m", row.solution.along, other.m[0], 1e-11));
    QVERIFY(agrees("F", row.solution.freeEnergy, other.freeEnergy, 1e-11));
    ++compared;
  }
  QCOMPARE(compared, 8);
}

void HysteresisTest::refusesWhatDoesNotFit() {
  const ProblemPtr problem = problemOf(twoDeltas());
  const auto with = [&](Json values) {
    if (!values.contains("time")) values["time"] = 0.5;
    return refusal([&] { runAnalysis("hysteresis", *problem, values); });
  };
  QVERIFY(contains(with({{"direction", {0}}}), "direction: is zero"));
  QVERIFY(contains(with({{"direction", {1, 2}}}), "direction: has 2 coordinates"));
  QVERIFY(contains(with({{"time", 9}}), "time: 9 is out of range"));
  QVERIFY_THROWS_EXCEPTION(
      Failure, runAnalysis("hysteresis", *presetProblem("two-gaussians"), {{"time", 0.5}}));
}

QTEST_APPLESS_MAIN(HysteresisTest)
#include "hysteresis_test.moc"
