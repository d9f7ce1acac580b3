#include "core/study/field_point.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

class FieldPointTest : public QObject {
  Q_OBJECT

private slots:
  void everyReferenceValue();
  void potentialIsZeroAtTheOrigin();
  void recordHasTheStableKeys();
  void refusesWrongPoints();
};

namespace {

bool sameMatrix(const Json& actual, const Json& expected, double tolerance) {
  bool good = actual.size() == expected.size();
  double scale = 0;  // a Hessian is as good as its largest element
  for (const Json& row : expected)
    for (const Json& value : row) scale = std::max(scale, std::abs(value.get<double>()));
  for (std::size_t i = 0; good && i < expected.size(); ++i)
    for (std::size_t j = 0; j < expected[i].size(); ++j)
      good = agrees("hessian", actual[i][j].get<double>(), expected[i][j].get<double>(), tolerance,
                    scale) &&
             good;
  return good;
}

bool sameVector(const char* what, const Json& actual, const Json& expected, double tolerance) {
  bool good = actual.size() == expected.size();
  for (std::size_t i = 0; good && i < expected.size(); ++i)
    good = agrees(what, actual[i].get<double>(), expected[i].get<double>(), tolerance);
  return good;
}

}  // namespace

void FieldPointTest::everyReferenceValue() {
  const Json& entries = reference().at("field");
  QCOMPARE(entries.size(), std::size_t{26});
  for (const Json& entry : entries) {
    const auto name = entry.at("name").get<std::string>();
    const double tolerance = name == "near-zero-noise" ? 1e-8 : 1e-10;
    const ProblemPtr problem = problemOf(sceneOfEntry(entry));
    const Json record =
        *runAnalysis("field", *problem, {{"time", entry.at("s")}, {"at", entry.at("x")}})->record();
    const auto same = [&](const char* key, const char* expectedKey, double within) {
      return agrees(name + " " + key, record.at(key).get<double>(),
                    entry.at(expectedKey).get<double>(), within);
    };
    QVERIFY(same("signal", "signal", 1e-14));
    QVERIFY(same("noise_variance", "noise_variance", 1e-13));
    QVERIFY(same("log_density", "log_density", tolerance));
    QVERIFY(same("potential", "potential_difference_from_origin", tolerance));
    QVERIFY(sameVector("score", record.at("score"), entry.at("score"), tolerance));
    QVERIFY(sameVector("gradient", record.at("gradient"), entry.at("gradient"), tolerance));
    QVERIFY(sameMatrix(record.at("hessian"), entry.at("hessian"), tolerance));
  }
}

void FieldPointTest::potentialIsZeroAtTheOrigin() {
  for (const NamedDocument& preset : presets()) {
    if (preset.json.contains("model")) continue;  // of which a Hessian takes long
    const ProblemPtr problem = presetProblem(preset.name);
    Json origin = Json::array();
    for (Index i = 0; i < problem->target().dimension(); ++i) origin.push_back(0);
    const double time = 0.37 * problem->process().horizon();
    const Json record = *runAnalysis("field", *problem, {{"time", time}, {"at", origin}})->record();
    QCOMPARE(record.at("potential").get<double>(), 0.0);
  }
}

void FieldPointTest::recordHasTheStableKeys() {
  const ProblemPtr problem = presetProblem("four-deltas");
  const Json record =
      *runAnalysis("field", *problem, {{"time", 0.4}, {"at", {0.3, -0.2}}})->record();
  for (const char* key : {"signal", "noise_variance", "log_density", "potential"})
    QVERIFY(record.at(key).is_number());
  QCOMPARE(record.at("score").size(), std::size_t{2});
  QCOMPARE(record.at("gradient").size(), std::size_t{2});
  QCOMPARE(record.at("hessian").size(), std::size_t{2});
  QCOMPARE(record.at("hessian")[1].size(), std::size_t{2});
}

void FieldPointTest::refusesWrongPoints() {
  const ProblemPtr problem = presetProblem("two-deltas");
  const auto with = [&](const Json& values) {
    return refusal([&] { runAnalysis("field", *problem, values); });
  };
  QVERIFY(contains(with({{"time", 0.2}, {"at", {0, 1}}}), "at: has 2"));
  QVERIFY(contains(with({{"time", 0.2}}), "at: missing"));
  QVERIFY(contains(with({{"at", {0}}}), "time: missing"));
  QVERIFY(contains(with({{"time", 1.5}, {"at", {0}}}), "time: 1.5"));
  QVERIFY(contains(with({{"time", 0}, {"at", {0}}}), "time: at s = 0"));
  QVERIFY(contains(with({{"time", 1e-9}, {"at", {0}}}), "time: 1e-09"));
  QVERIFY(contains(with({{"time", -1}, {"at", {0}}}), "time: -1"));
}

QTEST_APPLESS_MAIN(FieldPointTest)
#include "field_point_test.moc"
