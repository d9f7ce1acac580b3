#include "core/study/twins.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class TwinsTest : public QObject {
  Q_OBJECT

private slots:
  void differenceFallsWithTheOrder_data();
  void differenceFallsWithTheOrder();
  void aSamplerAndItselfAreOne();
  void whatDrawsMoreFadesSlowly();
  void inTheSpanOfTheMeans();
  void refusals();
};

namespace {

ProblemPtr problemWith(const std::string& sampler, double lambda, Index particles = 3000) {
  Json scene = sceneOf("[[-1],[0.5]]", "[0.3, 0.7]", "0.3",
                       R"({"kind": "vp-constant", "beta": 2, "horizon": 2})");
  scene["ensemble"] = {
      {"sampler", sampler}, {"stochasticity", lambda}, {"particles", particles}, {"s_end", 0.1}};
  return problemOf(scene);
}

std::shared_ptr<const Twins> twinsOf(const Problem& problem, const Json& values) {
  return std::dynamic_pointer_cast<const Twins>(runAnalysis("twins", problem, values));
}

}  // namespace

void TwinsTest::differenceFallsWithTheOrder_data() {
  QTest::addColumn<QString>("one");
  QTest::addColumn<QString>("other");
  QTest::addColumn<double>("lambda");
  QTest::addColumn<double>("order");
  QTest::newRow("SDE") << "euler-maruyama"
                       << "heun" << 1.0 << 1.0;
  QTest::newRow("bridge") << "ddpm"
                          << "euler-maruyama" << 1.0 << 1.0;
  QTest::newRow("flow, first order") << "ddim"
                                     << "probability-flow-rk4" << 0.0 << 1.0;
  QTest::newRow("flow, second order") << "heun"
                                      << "probability-flow-rk4" << 0.0 << 2.0;
}

// On one Brownian path two schemes come together with the lower of their strong orders.
void TwinsTest::differenceFallsWithTheOrder() {
  QFETCH(QString, one);
  QFETCH(QString, other);
  QFETCH(double, lambda);
  QFETCH(double, order);
  const ProblemPtr problem = problemWith(one.toStdString(), lambda);
  const auto result =
      twinsOf(*problem, {{"other", other.toStdString()}, {"coarsest", 16}, {"doublings", 4}});
  QCOMPARE(result->rows.size(), std::size_t{5});
  for (std::size_t k = 0; k < 5; ++k) {
    QCOMPARE(result->rows[k].steps, Index{16} << k);
    QVERIFY(result->rows[k].largest >= result->rows[k].rootMeanSquare);
  }
  const double ratio = result->rows[3].rootMeanSquare / result->rows[4].rootMeanSquare;
  QVERIFY2(std::abs(std::log2(ratio) - order) < 0.25, qPrintable(QString::number(ratio)));
  QVERIFY(result->rows[0].rootMeanSquare < 0.5);
}

void TwinsTest::aSamplerAndItselfAreOne() {
  const auto result = twinsOf(*problemWith("heun", 1), {{"other", "heun"}, {"doublings", 2}});
  for (const Twins::Row& row : result->rows) {
    QCOMPARE(row.largest, 0.0);
    QCOMPARE(row.secondMoment, 0.0);
  }
}

// `exact` draws from the posterior as well, which adds a variance of the order of the step.
void TwinsTest::whatDrawsMoreFadesSlowly() {
  const auto result = twinsOf(*problemWith("euler-maruyama", 1, 20'000),
                              {{"other", "exact"}, {"coarsest", 64}, {"doublings", 3}});
  for (std::size_t k = 1; k < 4; ++k) {
    const double ratio = result->rows[k - 1].rootMeanSquare / result->rows[k].rootMeanSquare;
    QVERIFY2(std::abs(std::log2(ratio) - 0.5) < 0.15, qPrintable(QString::number(ratio)));
  }
  const Twins::Row& last = result->rows.back();
  QVERIFY(std::abs(last.secondMoment) < 4 * last.standardError + 0.02);
  QVERIFY(last.standardError > 0 && last.standardError < 0.02);
}

// Where the two are drawn in closed form they are the same: what differs is in the span.
void TwinsTest::inTheSpanOfTheMeans() {
  Json scene = sceneOf("[[0]]", "1", "0", kVpConstant);
  scene["target"] = {{"kind", "two-gaussians"}, {"dimension", 512}};
  scene["ensemble"] = {{"particles", 500}, {"s_end", 0.1}};
  const auto result = twinsOf(*problemOf(scene), {{"coarsest", 200}, {"doublings", 2}});
  QVERIFY(result->rows[2].rootMeanSquare < 0.7 * result->rows[1].rootMeanSquare);
}

void TwinsTest::refusals() {
  const ProblemPtr problem = problemWith("heun", 1);
  const auto message = [&](const Json& values) {
    return refusal([&] { twinsOf(*problem, values); });
  };
  QVERIFY(contains(message({{"coarsest", 1000}, {"doublings", 20}}), "doublings: 20"));
  QVERIFY(contains(message({{"other", "nope"}}), "other: "));
}

QTEST_APPLESS_MAIN(TwinsTest)
#include "twins_test.moc"
