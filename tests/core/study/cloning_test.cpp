#include "core/study/cloning.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class CloningTest : public QObject {
  Q_OBJECT

private slots:
  void publishedFigure_data();
  void publishedFigure();
  void classesOfAMixture();
  void otherStochasticities();
  void sameBitsAgain();
  void cancelledWithin50Milliseconds();
  void publishesWhatItHas();
  void refusals();
};

namespace {

Json twoGaussians(int d) {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {{"kind", "two-gaussians"}, {"dimension", d}, {"mu_tilde", 1}, {"sigma2", 1}};
  return scene;
}

std::shared_ptr<const Cloning> runCloning(const Problem& problem, const Json& values,
                                          const RunControl& control = {}) {
  const Analysis& analysis = findAnalysis("cloning");
  return std::dynamic_pointer_cast<const Cloning>(
      analysis.run(problem, requestOf(analysis, values), control));
}

double standardError(double phi, double pairs) {
  return std::sqrt(phi * (1 - phi) / pairs) + 1 / pairs;
}

}  // namespace

void CloningTest::publishedFigure_data() {
  QTest::addColumn<int>("entry");
  const Json published = parseJson(readFile(dataPath("published.json")), "published");
  for (std::size_t i = 0; i < published.at("cloning").size(); ++i)
    QTest::addRow("d = %d", published["cloning"][i]["dimension"].get<int>()) << int(i);
}

// [B Fig 2], with the authors' numbers of pairs and steps: every time within 4 standard errors of
// the exact curve, and of the published value with its own error added. A factor of 2 in any
// variance shifts t by ½ log 2, and φ by 0.1 and more, twenty standard errors.
void CloningTest::publishedFigure() {
  QFETCH(int, entry);
  const Json published = parseJson(readFile(dataPath("published.json")), "published")
                             .at("cloning")[static_cast<std::size_t>(entry)];
  const ProblemPtr problem = problemOf(twoGaussians(published.at("dimension")));
  constexpr double kPairs = 10'000;
  const auto& t = published.at("t");
  const Json axis = {{t.front(), t.back(), t.size()}};
  const auto result = runCloning(*problem, {{"times", axis}, {"pairs", kPairs}});
  QCOMPARE(result->times.size(), t.size());
  QCOMPARE(result->remark(), std::string());
  for (std::size_t i = 0; i < t.size(); ++i) {
    QVERIFY(near(result->times[i], t[i], 1e-12));
    const double exact = result->exact[i], phi = result->phi[i];
    const double error = standardError(exact, kPairs);
    QVERIFY(agrees("against the exact curve", phi, exact, 4 * error, 1));
    QVERIFY(agrees("against the published figure", phi, published["phi"][i],
                   4 * std::hypot(error, standardError(exact, 10'000)), 1));
    QVERIFY(near(result->standardErrors[i], standardError(phi, kPairs), 1e-9));
  }
}

// Three points on a line and overlapping Gaussians of other variances, by exact steps too.
void CloningTest::classesOfAMixture() {
  for (const char* variances : {"0", "[0.1, 0.3, 0.05]"})
    for (const char* sampler : {"euler-maruyama", "exact"}) {
      Json scene = sceneOf("[[-1],[0.2],[1.5]]", "[1, 2, 3]", variances);
      scene["ensemble"] = {{"sampler", sampler}, {"steps", 400}};
      const ProblemPtr problem = problemOf(scene);
      const auto result = runCloning(*problem, {{"times", {{0.1, 3, 6}}}, {"pairs", 20'000}});
      for (std::size_t i = 0; i < result->times.size(); ++i)
        QVERIFY(agrees(sampler, result->phi[i], result->exact[i],
                       4 * standardError(result->exact[i], 20'000) + 0.003, 1));
      QVERIFY(result->exact[0] > result->exact[5] + 0.1);
    }
}

// The flow takes both of a pair to the same end; the exact curve is not about it, as is said.
void CloningTest::otherStochasticities() {
  Json scene = sceneOf("[[-1],[0.2],[1.5]]", "[1, 2, 3]", "0");
  scene["ensemble"] = {{"stochasticity", 0}, {"steps", 100}};
  const auto result = runCloning(*problemOf(scene), {{"times", {{0.5, 2, 2}}}, {"pairs", 500}});
  for (const double phi : result->phi) QCOMPARE(phi, 1.0);
  QVERIFY(contains(result->remark(), "these are at 0"));
}

void CloningTest::sameBitsAgain() {
  const ProblemPtr problem = problemOf(twoGaussians(256));
  const Json request = {{"times", {{1, 4, 3}}}, {"pairs", 3000}};
  const auto one = runCloning(*problem, request), two = runCloning(*problem, request);
  QCOMPARE(one->phi, two->phi);
  Json other = twoGaussians(256);
  other["ensemble"] = {{"seed", 2}};
  QVERIFY(runCloning(*problemOf(other), request)->phi != one->phi);
}

void CloningTest::cancelledWithin50Milliseconds() {
  const ProblemPtr problem = problemOf(twoGaussians(16384));
  std::stop_source stop;
  QElapsedTimer sinceStop;
  int reports = 0;
  const RunControl control(stop.get_token(), [&](double) {
    if (++reports != 20) return;
    sinceStop.start();
    stop.request_stop();
  });
  QVERIFY_THROWS_EXCEPTION(Cancelled, runCloning(*problem, {{"pairs", 200'000}}, control));
  // The bar is 50 ms on a free machine; ten times that under sanitizers and where other tests run.
  qInfo("cancelled in %lld ms", sinceStop.elapsed());
  QVERIFY2(sinceStop.elapsed() < 500, qPrintable(QString::number(sinceStop.elapsed())));
}

void CloningTest::publishesWhatItHas() {
  std::vector<std::size_t> rows;
  double last = 0;
  bool ordered = true;
  const RunControl control(
      {},
      [&](double fraction) {
        ordered = ordered && fraction >= last;
        last = fraction;
      },
      [&](const ResultPtr& partial) { rows.push_back(partial->table().rows()); });
  const ProblemPtr problem = problemOf(twoGaussians(64));
  runCloning(*problem, {{"times", {{1, 3, 3}}}, {"pairs", 100}}, control);
  QCOMPARE(rows, (std::vector<std::size_t>{1, 2, 3}));
  QVERIFY(ordered && near(last, 1, 1e-12));
}

void CloningTest::refusals() {
  const auto message = [](const ProblemPtr& problem, const Json& values) {
    return refusal([&] { runCloning(*problem, values); });
  };
  QVERIFY(
      contains(message(presetProblem("four-deltas"), Json::object()), "process.kind: the times"));
  Json sphere = sceneOf("[[0]]", "1", "0");
  sphere["target"] = {{"kind", "hypersphere"}, {"dimension", 3}};
  QVERIFY(contains(message(problemOf(sphere), Json::object()), "target.kind: has no classes"));
  const ProblemPtr problem = problemOf(twoGaussians(16));
  QVERIFY(contains(message(problem, {{"times", {{1, 12, 2}}}}), "times: 12 is out of range"));
  QVERIFY(contains(message(problem, {{"times", {{0, 1, 2}}}}), "times: 0 is out of range"));
}

QTEST_APPLESS_MAIN(CloningTest)
#include "cloning_test.moc"
