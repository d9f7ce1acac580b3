#include "core/targets/dataset.hpp"

#include "core/targets/gaussian_mixture.hpp"
#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class DatasetTest : public QObject {
  Q_OBJECT

private slots:
  void isTheMixtureOfItsPoints();
  void equalPointsCountTwice();
  void limitsCentresAndScales();
  void coordinatesAreBounded();
  void needsAFile();

private:
  std::unique_ptr<Target> of(const std::string& text, Json values = Json::object()) {
    const std::string path = m_folder.filePath("points.csv").toStdString();
    writeFile(path, text);
    values["path"] = path;
    const TargetKind kind = datasetKind();
    return madeOf(kind, validate(kind.parameters, values, "target"));
  }
  QTemporaryDir m_folder;
};

// p(x) = (1/N) Σ N(x; a y, b² I) [B Eq 4], written out.
void DatasetTest::isTheMixtureOfItsPoints() {
  const auto target = of("0,1\n2,-1\n0.5,0.5\n");
  const Channel channel{0.6, 0.64};
  const Vec x = (Vec(2) << 0.3, -0.2).finished();
  const double points[3][2] = {{0, 1}, {2, -1}, {0.5, 0.5}};
  double density = 0;
  for (const auto& y : points) {
    const double squared = std::pow(x[0] - 0.6 * y[0], 2) + std::pow(x[1] - 0.6 * y[1], 2);
    density += std::exp(-squared / 1.28) / (2 * M_PI * 0.64) / 3;
  }
  QVERIFY(agrees("log p", target->posterior(x, channel).logEvidence, std::log(density), 1e-13));
  QVERIFY(!target->hasDensity());
}

void DatasetTest::equalPointsCountTwice() {
  const auto twice = of("1\n1\n-2\n");
  const Mat means = (Mat(1, 2) << 1, -2).finished();
  const GaussianMixture weighted({means, (Vec(2) << 2, 1).finished(), Vec::Zero(2)});
  const Vec x = Vec::Constant(1, 0.3);
  const Posterior a = twice->posterior(x, {0.8, 0.36}), b = weighted.posterior(x, {0.8, 0.36});
  QVERIFY(agrees("log p", a.logEvidence, b.logEvidence, 1e-14));
  QVERIFY(agrees("score", a.score[0], b.score[0], 1e-13));
  QVERIFY(agrees("Hessian", a.hessian(0, 0), b.hessian(0, 0), 1e-13));
  const auto constant = of("3,3\n3,3\n");
  QCOMPARE(constant->covariance().norm(), 0.0);
}

void DatasetTest::limitsCentresAndScales() {
  const std::string text = "1,10\n3,20\n99,99\n";
  const auto means = [&](const Json& values) { return Mat(of(text, values)->components()->means); };
  QVERIFY(means({{"limit", 2}}) == (Mat(2, 2) << 1, 3, 10, 20).finished());
  QCOMPARE(means({{"limit", 100}}).cols(), Index{3});
  QVERIFY(means({{"limit", 2}, {"center", true}}) == (Mat(2, 2) << -1, 1, -5, 5).finished());
  QVERIFY(means({{"limit", 2}, {"center", true}, {"scale", 0.5}}) ==
          (Mat(2, 2) << -0.5, 0.5, -2.5, 2.5).finished());
}

void DatasetTest::coordinatesAreBounded() {
  QVERIFY(contains(refusal([&] { of("1,2\n3,1e300\n"); }),
                   "points.csv, point 2, coordinate 2: 1e+300 is beyond ±1e+06; scale"));
  QVERIFY(of("1,2\n3,1e300\n", {{"scale", 1e-300}})->dimension() == 2);
  QVERIFY(contains(refusal([&] { of("1,2\n3,1e300\n", {{"scale", 1e300}}); }), "target.scale: "));
  QVERIFY(contains(refusal([&] { of("1e308\n1e308\n", {{"center", true}}); }), "target."));
  QVERIFY(of("5e-324\n1\n")->dimension() == 1);
}

void DatasetTest::needsAFile() {
  const TargetKind kind = datasetKind();
  QVERIFY(
      contains(refusal([&] { madeOf(kind, validate(kind.parameters, Json::object(), "target")); }),
               "target.path: no file is chosen"));
  QVERIFY(contains(refusal([&] { of("1\n", {{"format", "idx"}}); }), "target.format"));
  QVERIFY(contains(refusal([&] { of("1\nx\n"); }), "target.path: "));
}

QTEST_APPLESS_MAIN(DatasetTest)
#include "dataset_test.moc"
