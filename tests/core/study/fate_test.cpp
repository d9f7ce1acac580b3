#include "core/study/fate.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class FateTest : public QObject {
  Q_OBJECT

private slots:
  void sharesAreTheWeights_data();
  void sharesAreTheWeights();
  void onTheAxisOfSymmetry();
  void otherStochasticitiesHaveOtherFates();
  void pathsBeginAtThePointAndEndAtTheData();
  void acrossTheSpanToo();
  void stepsAreThoseOfTheScene();
  void remarks();
  void refusals();
};

namespace {

std::shared_ptr<const Fate> fateOf(const Json& scene, const Json& values) {
  return std::dynamic_pointer_cast<const Fate>(runAnalysis("fate", *problemOf(scene), values));
}

Json withEnsemble(Json scene, const Json& ensemble) {
  scene["ensemble"] = ensemble;
  return scene;
}

const char* const kFourPoints = "[[1,0],[0,1],[-1,0],[0,-1]]";

}  // namespace

void FateTest::sharesAreTheWeights_data() {
  QTest::addColumn<QString>("sampler");
  QTest::addColumn<int>("steps");
  QTest::newRow("exact") << "exact" << 10;
  QTest::newRow("Euler-Maruyama") << "euler-maruyama" << 400;
}

// The posterior weights of deltas are the fates of the SDE (theory §2).
void FateTest::sharesAreTheWeights() {
  QFETCH(QString, sampler);
  QFETCH(int, steps);
  const Json ensemble = {{"sampler", sampler.toStdString()}, {"steps", steps}};
  const auto check = [&](const Json& scene, double s, const Json& at) {
    const auto fate =
        fateOf(withEnsemble(scene, ensemble), {{"time", s}, {"at", at}, {"runs", 20'000}});
    QVERIFY(agrees("weights", fate->weights.sum(), 1, 1e-13));
    QVERIFY(agrees("shares", fate->shares.sum(), 1, 1e-10));
    for (Index k = 0; k < fate->weights.size(); ++k) {
      const double off = std::abs(fate->shares[k] - fate->weights[k]);
      QVERIFY2(off < 4 * fate->standardErrors[k], qPrintable(QString("%1: share %2, weight %3")
                                                                 .arg(k)
                                                                 .arg(fate->shares[k])
                                                                 .arg(fate->weights[k])));
    }
  };
  // P(+|x) = 1/(1 + exp(−2x/s)) in Brownian noise.
  const Json two = sceneOf("[[-1],[1]]", "1", "0", kVeBrownian);
  check(two, 1.5, {0.4});
  const auto fate = fateOf(withEnsemble(two, ensemble), {{"time", 1.5}, {"at", {0.4}}});
  QVERIFY(agrees("w₊", fate->weights[1], 1 / (1 + std::exp(-0.8 / 1.5)), 1e-13));
  check(sceneOf(kFourPoints, "[1,2,1,1]", "0", kVeBrownian), 0.8, {0.3, -0.2});
}

void FateTest::onTheAxisOfSymmetry() {
  const auto fate = fateOf(sceneOf("[[-1],[1]]", "1", "0"), {{"time", 0.4}, {"at", {0}}});
  QCOMPARE(fate->particles, Index{1000});
  QVERIFY(agrees("weight", fate->weights[0], 0.5, 1e-14));
  QVERIFY(agrees("standard error", fate->standardErrors[0], std::sqrt(0.25 / 1000), 2e-3));
  QVERIFY(std::abs(fate->shares[0] - 0.5) < 4 * fate->standardErrors[0]);
  // In the plane, on the diagonal between two of the points.
  const auto four = fateOf(sceneOf(kFourPoints, "1", "0"), {{"time", 0.4}, {"at", {0.3, 0.3}}});
  QVERIFY(agrees("diagonal", four->weights[0], four->weights[1], 1e-13));
}

// The flow takes every particle from one point to one end: no weight but 0 or 1 is its fate.
void FateTest::otherStochasticitiesHaveOtherFates() {
  const Json scene = withEnsemble(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian),
                                  {{"stochasticity", 0}, {"steps", 400}});
  const auto fate = fateOf(scene, {{"time", 1.5}, {"at", {0.4}}, {"runs", 50}});
  QCOMPARE(fate->stochasticity, 0.0);
  QVERIFY(agrees("all", fate->shares[1], 1, 1e-12));
  QCOMPARE(fate->shares[0], 0.0);
  QVERIFY(fate->standardErrors[0] > 0.01);
  QVERIFY(fate->weights[1] < 0.7);
}

void FateTest::pathsBeginAtThePointAndEndAtTheData() {
  const auto fate =
      fateOf(sceneOf(kFourPoints, "1", "0", kVeBrownian), {{"time", 1.2}, {"at", {0.25, -0.5}}});
  const Ensemble& paths = fate->paths->ensemble;
  QCOMPARE(paths.particles(), Index{60});
  QVERIFY(paths.saved() > 100 && paths.saved() <= 201);
  QCOMPARE(paths.times().front(), 1.2);
  QCOMPARE(paths.times().back(), 0.0);
  QVERIFY((paths.state(0).row(0).array() == 0.25F).all());
  QVERIFY((paths.state(0).row(1).array() == -0.5F).all());
  const Eigen::MatrixXf means =
      presetProblem("four-deltas")->target().components()->means.cast<float>();
  const Index ranks[] = {3, 1, 0, 2};  // along x0
  for (Index p = 0; p < 60; ++p) {
    Index k = 0;
    const Eigen::VectorXf end = paths.state(paths.saved() - 1).col(p);
    QVERIFY((means.colwise() - end).colwise().norm().minCoeff(&k) < 1e-3F);
    QCOMPARE(Index{fate->paths->destinations[static_cast<std::size_t>(p)]}, ranks[k]);
  }
  // They are the first of all: with as many of them, the shares are theirs.
  const auto sixty = fateOf(sceneOf(kFourPoints, "1", "0", kVeBrownian),
                            {{"time", 1.2}, {"at", {0.25, -0.5}}, {"runs", 60}});
  const auto& ends = sixty->paths->destinations;
  QVERIFY(ends == fate->paths->destinations);
  for (int k = 0; k < 4; ++k)
    QVERIFY(agrees("share", sixty->shares[k],
                   static_cast<double>(std::count(ends.begin(), ends.end(), ranks[k])) / 60, 1e-12,
                   1));
  const auto array = *fate->array();
  QCOMPARE(array.shape, (std::vector<std::size_t>{static_cast<std::size_t>(paths.saved()), 60, 2}));
}

// Particles that are simulated in the span of the means begin at the point all the same.
void FateTest::acrossTheSpanToo() {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {
      {"kind", "two-gaussians"}, {"dimension", 12}, {"mu_tilde", 0.5}, {"sigma2", 0}};
  scene["ensemble"] = {{"start", "gls"}, {"gls_rank", 3}};
  Json at = Json::array();
  for (int i = 0; i < 12; ++i) at.push_back(0.3 * std::sin(i) + 0.05);
  const auto fate = fateOf(scene, {{"time", 1}, {"at", at}, {"runs", 4000}});
  const Ensemble& paths = fate->paths->ensemble;
  const Vec point = Eigen::Map<const Vec>(at.get<std::vector<double>>().data(), 12);
  for (Index p = 0; p < paths.particles(); ++p) {
    QVERIFY((paths.state(0).col(p).cast<double>() - point).norm() < 1e-6);
    const auto end = paths.state(paths.saved() - 1).col(p).cast<double>();
    QVERIFY((end.array().abs() - 0.5).matrix().norm() < 1e-3);
  }
  QVERIFY(fate->weights[0] > 0.1 && fate->weights[0] < 0.9);
  QVERIFY(std::abs(fate->shares[0] - fate->weights[0]) < 4 * fate->standardErrors[0]);
}

void FateTest::stepsAreThoseOfTheScene() {
  const auto stepsOf = [](const Json& ensemble, double s) {
    const Json scene = withEnsemble(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian), ensemble);
    const auto fate = fateOf(scene, {{"time", s}, {"at", {0.1}}, {"runs", 2}});
    return fate->paths->ensemble.steps().back();
  };
  QCOMPARE(stepsOf({{"steps", 400}}, 4), Index{400});
  QCOMPARE(stepsOf({{"steps", 400}}, 1), Index{100});
  QCOMPARE(stepsOf({{"steps", 400}}, 0.004), Index{1});
  QCOMPARE(stepsOf({{"steps", 400}, {"s_start", 2}}, 1), Index{200});
  QCOMPARE(stepsOf({{"steps", 400}, {"s_start", 2}}, 3), Index{400});
  QCOMPARE(stepsOf({{"steps", 4}, {"time_grid", "integers"}}, 2), Index{2});
  QCOMPARE(stepsOf({{"steps", 4}, {"time_grid", "integers"}}, 2.5), Index{3});
}

void FateTest::remarks() {
  const auto remarkOf = [](const std::string& variances, double lambda) {
    const Json scene = withEnsemble(sceneOf("[[-1],[1]]", "1", variances),
                                    {{"stochasticity", lambda}, {"steps", 20}});
    return fateOf(scene, {{"time", 0.5}, {"at", {0.1}}, {"runs", 2}})->remark();
  };
  QCOMPARE(remarkOf("0", 1), std::string());
  QVERIFY(contains(remarkOf("0", 0.5), "stochasticity 1, only"));
  QVERIFY(contains(remarkOf("0.1", 1), "overlap"));
}

void FateTest::refusals() {
  const Json two = sceneOf("[[-1],[1]]", "1", "0.1");
  const auto refused = [](const Json& scene, const Json& values) {
    return refusal([&] { fateOf(scene, values); });
  };
  QVERIFY(contains(refused(two, {{"time", 0.5}, {"at", {0, 0}}}), "at: "));
  QVERIFY(contains(refused(two, {{"time", 2}, {"at", {0}}}), "time: "));
  QVERIFY(contains(refused(two, {{"time", 0}, {"at", {0}}}), "data end"));
  QVERIFY(contains(refused(withEnsemble(two, {{"s_end", 0.5}}), {{"time", 0.5}, {"at", {0}}}),
                   "s_end = 0.5"));
  try {
    runAnalysis("fate", *presetProblem("hypersphere"), {{"time", 0.5}, {"at", 0}});
    QFAIL("the sphere has no components");
  } catch (const Failure& error) {
    QVERIFY(contains(error.what(), "components"));
  }
}

QTEST_APPLESS_MAIN(FateTest)
#include "fate_test.moc"
