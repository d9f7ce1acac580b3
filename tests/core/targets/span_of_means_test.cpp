#include "core/targets/span_of_means.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class SpanOfMeansTest : public QObject {
  Q_OBJECT

private slots:
  void scoresComeApart_data();
  void scoresComeApart();
  void noneWhereThereIsNone();
  void smallOnlyWhereItPays();
};

namespace {

/// K random means in an r-dimensional plane of R^d, all of variance v.
Json mixtureInPlane(Index d, Index r, int K, double v, unsigned seed) {
  std::srand(seed);
  const Mat plane = Mat::Random(d, r), coordinates = 2 * Mat::Random(r, K);
  const Mat means = (plane * coordinates).colwise() + Vec(3 * Vec::Random(d));
  Json target = {{"kind", "gaussian-mixture"}, {"variances", v}};
  for (int k = 0; k < K; ++k) {
    target["means"].push_back(std::vector<double>(means.col(k).begin(), means.col(k).end()));
    target["weights"].push_back(1 + k);
  }
  return target;
}

ProblemPtr problemWith(const Json& target) {
  Json scene = sceneOf("[[0]]", "1", "0");
  scene["target"] = target;
  return problemOf(scene);
}

}  // namespace

void SpanOfMeansTest::scoresComeApart_data() {
  QTest::addColumn<int>("d");
  QTest::addColumn<int>("r");
  QTest::addColumn<int>("K");
  QTest::newRow("one") << 3 << 1 << 1;
  QTest::newRow("two") << 5 << 1 << 2;
  QTest::newRow("a line of five") << 4 << 1 << 5;
  QTest::newRow("a plane of ten") << 6 << 2 << 10;
  QTest::newRow("twenty of hundred") << 100 << 19 << 20;
}

// Qᵀ score(x) is the score of the reduced target at Qᵀx; across, that of the one Gaussian.
void SpanOfMeansTest::scoresComeApart() {
  QFETCH(int, d);
  QFETCH(int, r);
  QFETCH(int, K);
  for (const double v : {0.0, 0.3}) {
    const ProblemPtr problem = problemWith(mixtureInPlane(d, r, K, v, 7));
    const auto span = spanOfMeans(problem->target());
    QVERIFY(span.has_value());
    QCOMPARE(span->basis.cols(), Index{r});
    const Mat& Q = span->basis;
    QVERIFY((Q.transpose() * Q - Mat::Identity(r, r)).norm() < 1e-13);
    for (const Channel channel : {Channel{0.9, 0.1}, Channel{0.3, 0.91}, Channel{1, 2}}) {
      const Vec x = 2 * Vec::Random(d);
      const Vec score = problem->target().posterior(x, channel).score;
      const Vec inside = span->target->posterior(Q.transpose() * x, channel).score;
      QVERIFY((Q.transpose() * score - inside).norm() < 1e-11 * score.norm());
      const double V = channel.signal * channel.signal * v + channel.noiseVariance;
      const Vec across = x - Q * (Q.transpose() * x);
      const Vec expected = (channel.signal * span->origin - across) / V;
      QVERIFY((score - Q * inside - expected).norm() < 1e-11 * score.norm());
    }
    const Components& parts = *span->target->components();
    QCOMPARE(parts.count(), Index{K});
    QVERIFY(near(parts.weights[K - 1], 2.0 / (K + 1), 1e-12));
  }
}

void SpanOfMeansTest::noneWhereThereIsNone() {
  QVERIFY(!spanOfMeans(presetProblem("two-deltas")->target()));
  QVERIFY(!spanOfMeans(presetProblem("hypersphere")->target()));
  QVERIFY(!spanOfMeans(presetProblem("four-deltas")->target()));  // the plane itself
  QVERIFY(!spanOfMeans(problemOf(sceneOf("[[0, 0],[1, 1]]", "1", "[0.1, 0.2]"))->target()));
}

void SpanOfMeansTest::smallOnlyWhereItPays() {
  QVERIFY(smallSpanOfMeans(presetProblem("two-gaussians")->target()).has_value());
  QVERIFY(smallSpanOfMeans(problemWith(mixtureInPlane(6, 2, 10, 0, 1))->target()).has_value());
  QVERIFY(!smallSpanOfMeans(problemWith(mixtureInPlane(6, 4, 10, 0, 1))->target()));
  QVERIFY(spanOfMeans(problemWith(mixtureInPlane(6, 4, 10, 0, 1))->target()).has_value());
  QVERIFY(!smallSpanOfMeans(problemWith(mixtureInPlane(40, 2, 30, 0, 1))->target()));
}

QTEST_APPLESS_MAIN(SpanOfMeansTest)
#include "span_of_means_test.moc"
