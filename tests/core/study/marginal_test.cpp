#include "core/study/marginal.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class MarginalTest : public QObject {
  Q_OBJECT

private slots:
  void momentsAreThoseOfTheLaw();
  void oneDimensionalTargetsByTheirField();
  void histogramIsTheDensity_data();
  void histogramIsTheDensity();
  void automaticGrid();
  void savedStatesInTheirOrder();
  void anyCoordinateOfManyDimensions();
  void publishesTheDensityFirst();
  void tableAndArray();
  void refusals();
};

namespace {

std::shared_ptr<const Marginal> marginalOf(const Problem& problem, const Json& values) {
  return std::dynamic_pointer_cast<const Marginal>(runAnalysis("marginal", problem, values));
}

Json withEnsemble(Json scene, const Json& ensemble) {
  scene["ensemble"] = ensemble;
  return scene;
}

/// ∫ xⁿ p dx of each row by the trapezoidal rule, which is exact to rounding where p has faded.
double moment(const Marginal& marginal, Index row, int n) {
  double sum = 0;
  for (std::size_t i = 0; i < marginal.positions.size(); ++i)
    sum += std::pow(marginal.positions[i], n) * marginal.density(row, static_cast<Index>(i));
  return sum * marginal.cellWidth();
}

const Json kFew = {{"particles", 50}, {"steps", 20}};

const char* const kThree = "[[1,0.5],[0,2],[-1.5,0]]";

}  // namespace

void MarginalTest::momentsAreThoseOfTheLaw() {
  const ProblemPtr problem =
      problemOf(withEnsemble(sceneOf(kThree, "[1,2,3]", "[0.1, 0, 0.4]",
                                     R"({"kind": "vp-constant", "beta": 2, "horizon": 3})"),
                             kFew));
  for (const Index axis : {0, 1}) {
    const auto marginal = marginalOf(
        *problem, {{"axis", axis}, {"range", {{-12, 12, 2401}}}, {"times", {{0.05, 3, 7}}}});
    QCOMPARE(marginal->coordinate, axis);
    QCOMPARE(marginal->density.rows(), Index{7});
    QCOMPARE(marginal->density.cols(), Index{2401});
    const double mean = problem->target().mean()[axis];
    const double variance = problem->target().covariance()(axis, axis);
    for (Index t = 0; t < 7; ++t) {
      const Channel channel =
          problem->process().channel(marginal->times[static_cast<std::size_t>(t)]);
      const double a = channel.signal;
      const double first = moment(*marginal, t, 1);
      QVERIFY(agrees("integral", moment(*marginal, t, 0), 1, 1e-10));
      QVERIFY(agrees("mean", first, a * mean, 1e-9));
      QVERIFY(agrees("variance", moment(*marginal, t, 2) - first * first,
                     a * a * variance + channel.noiseVariance, 1e-9));
    }
  }
}

// A sphere in one dimension is two points.
void MarginalTest::oneDimensionalTargetsByTheirField() {
  Json sphere = sceneOf("[[0]]", "1", "0", kVeBrownian);
  sphere["target"] = {{"kind", "hypersphere"}, {"dimension", 1}, {"radius", 1}};
  const Json values = {{"range", {{-8, 8, 401}}}, {"times", {{0.2, 4, 5}}}};
  const auto field = marginalOf(*problemOf(withEnsemble(sphere, kFew)), values);
  const auto mixture = marginalOf(
      *problemOf(withEnsemble(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian), kFew)), values);
  QVERIFY(mixture->density.maxCoeff() > 0.1);
  QVERIFY((field->density - mixture->density).cwiseAbs().maxCoeff() < 1e-12);
}

void MarginalTest::histogramIsTheDensity_data() {
  QTest::addColumn<QString>("process");
  QTest::addColumn<int>("axis");
  QTest::newRow("VE") << kVeBrownian << 0;
  QTest::newRow("VP") << kVpLinear << 1;
}

// At each saved step the counts are binomial, with the density's share of the cell.
void MarginalTest::histogramIsTheDensity() {
  QFETCH(QString, process);
  QFETCH(int, axis);
  const double n = 40'000;
  const ProblemPtr problem = problemOf(
      withEnsemble(sceneOf(kThree, "[1,2,3]", "[0.1, 0.05, 0.4]", process.toStdString()),
                   {{"sampler", "exact"}, {"steps", 8}, {"save_every", 2}, {"particles", n}}));
  const auto marginal = marginalOf(*problem, {{"axis", axis}, {"range", {{-6, 6, 61}}}});
  QCOMPARE(marginal->particles, Index{40'000});
  QCOMPARE(marginal->histogram.rows(), Index{5});
  QCOMPARE(marginal->histogram.cols(), Index{61});
  const double width = marginal->cellWidth();
  int full = 0;
  for (Index k = 0; k < 5; ++k) {
    // The share of a cell by Simpson's rule on a grid of half its width.
    const double s = marginal->savedTimes[static_cast<std::size_t>(k)];
    const auto fine = marginalOf(*problem, {{"axis", axis},
                                            {"range", {{-6 - width / 2, 6 + width / 2, 123}}},
                                            {"times", {{s, s, 1}}}});
    for (Index i = 0; i < 61; ++i) {
      const double share = width *
                           (fine->density(0, 2 * i) + 4 * fine->density(0, 2 * i + 1) +
                            fine->density(0, 2 * i + 2)) /
                           6;
      const double count = marginal->histogram(k, i) * width * n;
      if (count <= 100) continue;
      ++full;
      QVERIFY2(
          std::abs(count - n * share) < 5 * std::sqrt(n * share * (1 - share)),
          qPrintable(
              QString("s %1, cell %2: %3, expected %4").arg(s).arg(i).arg(count).arg(n * share)));
    }
  }
  QVERIFY(full > 80);
}

void MarginalTest::automaticGrid() {
  const ProblemPtr points = problemOf(withEnsemble(sceneOf(kThree, "1", "0", kVeBrownian), kFew));
  const auto marginal = marginalOf(*points, Json::object());
  QCOMPARE(marginal->positions.size(), std::size_t{101});
  QCOMPARE(marginal->times.size(), std::size_t{60});
  QCOMPARE(marginal->times.front(), 4.0);
  QVERIFY(agrees("shortest", marginal->times.back(), 4e-6, 1e-12));
  QVERIFY(agrees("even", marginal->times[0] - marginal->times[1], 4 * (1 - 1e-6) / 59, 1e-12));
  QVERIFY(marginal->density.allFinite());
  QVERIFY(moment(*marginal, 0, 0) > 0.99);
  const ProblemPtr wide = problemOf(withEnsemble(sceneOf(kThree, "1", "0.2", kVeBrownian), kFew));
  const auto toTheData = marginalOf(*wide, Json::object());
  QCOMPARE(toTheData->times.back(), 0.0);
  QVERIFY(agrees("data", moment(*toTheData, 59, 0), 1, 1e-6));
}

void MarginalTest::savedStatesInTheirOrder() {
  const ProblemPtr problem =
      problemOf(withEnsemble(sceneOf("[[-1],[1]]", "1", "0", kVeBrownian),
                             {{"sampler", "exact"}, {"steps", 30}, {"save_every", 10}}));
  const auto marginal = marginalOf(*problem, {{"range", {{-9, 9, 91}}}});
  QCOMPARE(marginal->savedTimes.size(), std::size_t{4});
  QCOMPARE(marginal->savedTimes.front(), 4.0);
  QCOMPARE(marginal->savedTimes.back(), 0.0);
  // At the end there are but the two points.
  const double width = marginal->cellWidth();
  for (Index i = 0; i < 91; ++i) {
    const bool point = i == 40 || i == 50;
    QVERIFY((marginal->histogram(3, i) * width > 0.4) == point);
    if (!point) QCOMPARE(marginal->histogram(3, i), 0.0F);
  }
}

void MarginalTest::anyCoordinateOfManyDimensions() {
  const ProblemPtr problem = presetProblem("two-gaussians");
  Json scene = sceneToJson(problem->scene());
  scene["ensemble"] = {{"particles", 500}, {"steps", 4}, {"sampler", "exact"}};
  const auto marginal = marginalOf(
      *problemOf(scene), {{"axis", 1023}, {"range", {{-6, 6, 241}}}, {"times", {{0, 0, 1}}}});
  for (std::size_t i = 0; i < 241; ++i) {
    const double x = marginal->positions[i];
    const double expected = (std::exp(-(x - 1) * (x - 1) / 2) + std::exp(-(x + 1) * (x + 1) / 2)) /
                            std::sqrt(8 * std::acos(-1.0));
    QVERIFY(agrees("density", marginal->density(0, static_cast<Index>(i)), expected, 1e-12));
  }
}

void MarginalTest::publishesTheDensityFirst() {
  const ProblemPtr problem = problemOf(withEnsemble(sceneOf("[[-1],[1]]", "1", "0.1"), kFew));
  std::vector<std::shared_ptr<const Result>> partial;
  const RunControl control({}, {}, [&](const auto& result) { partial.push_back(result); });
  const Analysis& analysis = findAnalysis("marginal");
  const auto whole = std::dynamic_pointer_cast<const Marginal>(
      analysis.run(*problem, requestOf(analysis), control));
  QCOMPARE(partial.size(), std::size_t{1});
  const auto first = std::dynamic_pointer_cast<const Marginal>(partial.front());
  QVERIFY(first->density == whole->density);
  QCOMPARE(first->histogram.size(), Index{0});
  QCOMPARE(first->table().rows(), first->times.size() * first->positions.size());
}

void MarginalTest::tableAndArray() {
  const ProblemPtr problem =
      problemOf(withEnsemble(sceneOf(kThree, "1", "0.1"), {{"steps", 10}, {"particles", 20}}));
  const auto marginal =
      marginalOf(*problem, {{"axis", 1}, {"range", {{-3, 3, 13}}}, {"times", {{0.1, 0.9, 3}}}});
  const Table table = marginal->table();
  QCOMPARE(table.rows(), std::size_t{13 * (3 + 2)});
  QCOMPARE(table.columns[2].name, std::string("x1"));
  const auto& density = std::get<std::vector<double>>(table.columns[3].values);
  QCOMPARE(density[14], marginal->density(1, 1));
  QCOMPARE(density[13 * 4 + 5], static_cast<double>(marginal->histogram(1, 5)));
  const auto array = *marginal->array();
  QCOMPARE(array.shape, (std::vector<std::size_t>{3, 13}));
  QCOMPARE(array.values[14], static_cast<float>(marginal->density(1, 1)));
}

void MarginalTest::refusals() {
  const ProblemPtr problem = problemOf(withEnsemble(sceneOf(kThree, "1", "0"), kFew));
  const auto refused = [&](const Json& values) {
    return refusal([&] { marginalOf(*problem, values); });
  };
  QVERIFY(contains(refused({{"axis", 2}}), "axis: 2"));
  QVERIFY(contains(refused({{"range", {{1, -1, 11}}}}), "range: "));
  QVERIFY(contains(refused({{"range", {{0, 1, 1}}}}), "range: "));
  QVERIFY(contains(refused({{"range", {{1000, 1000.01, 101}}}}), "narrow"));
  QVERIFY(contains(refused({{"times", {{0, 1, 5}}}}), "time: "));
  QVERIFY(contains(refused({{"range", {{0, 1, 2'000'000}}}}), "range: "));
  try {
    marginalOf(*presetProblem("hypersphere"), Json::object());
    QFAIL("the sphere's marginal is not known");
  } catch (const Failure& error) {
    QVERIFY(contains(error.what(), "mixtures"));
  }
}

QTEST_APPLESS_MAIN(MarginalTest)
#include "marginal_test.moc"
