#include "core/export/atomic_file.hpp"
#include "core/export/result_bytes.hpp"
#include "tests/core/support.hpp"
#include "tests/faults/torture.hpp"

using namespace separatrix;
using namespace separatrix::test;

// The data of every analysis in every format, when calls and allocations fail and the disk is full.
class ResultBytesTortureTest : public QObject {
  Q_OBJECT

private slots:
  void everyExport_data();
  void everyExport();
  void fullDisk_data();
  void fullDisk();
};

namespace {

Json smallRequest(const Analysis& analysis, const Problem& problem) {
  const auto dimension = static_cast<std::size_t>(problem.target().dimension());
  Json values = Json::object();
  for (const ParameterSpec& spec : analysis.parameters) {
    if (spec.name == "time") values["time"] = 0.2 * problem.process().horizon();
    if (spec.name == "at") values["at"] = std::vector<double>(dimension, 0.3);
    if (spec.name == "steps" || spec.name == "pairs" || spec.name == "samples" ||
        spec.name == "runs")
      values[spec.name] = 30;
  }
  return values;
}

/// The analysis of the first preset that it can be done for.
ResultPtr smallResult(const Analysis& analysis) {
  for (const NamedDocument& preset : presets()) {
    Json json = preset.json;
    json["ensemble"] = {{"particles", 20}, {"steps", 30}};
    const ProblemPtr problem = problemOf(json);
    try {
      return analysis.run(*problem, requestOf(analysis, smallRequest(analysis, *problem)), {});
    } catch (const std::runtime_error& error) {
      qInfo("%s of %s: %s", analysis.id.c_str(), preset.name.c_str(), error.what());
    }
  }
  return nullptr;
}

Json metadata() {
  return {{"program", "Separatrix"}, {"scene", sceneToJson(presetProblem("two-deltas")->scene())}};
}

void addFormats(const std::string& analysis) {
  for (const char* format : {"csv", "json", "npy"})
    QTest::newRow((analysis + "." + format).c_str())
        << QString::fromStdString(analysis) << QString(format);
}

}  // namespace

void ResultBytesTortureTest::everyExport_data() {
  QTest::addColumn<QString>("analysis");
  QTest::addColumn<QString>("ending");
  for (const Analysis& analysis : analysisCatalog()) addFormats(analysis.id);
}

void ResultBytesTortureTest::everyExport() {
  QFETCH(QString, analysis);
  QFETCH(QString, ending);
  const ScratchFolder folder;
  const auto path = folder.path / ("data." + ending.toStdString());
  const DataFormat format = dataFormatOf(path.string());
  const ResultPtr result = smallResult(findAnalysis(analysis.toStdString()));
  QVERIFY(result);
  const Json about = metadata();
  std::string whole;
  try {
    whole = resultBytes(*result, format, about);
  } catch (const Failure& error) {
    QVERIFY(contains(error.what(), "is text, which .npy cannot hold"));
    return;
  }
  const Deed deed{path, [&] { writeFileAtomically(path, resultBytes(*result, format, about)); },
                  "old", [&](const std::string& content) { return content == whole; },
                  format == DataFormat::json};
  const Torture calls = tortureCalls(deed);
  QCOMPARE(calls.problems, std::string());
  QVERIFY(calls.struck >= 30 && calls.refused >= 20);
  const Torture allocations = tortureAllocations(deed);
  QCOMPARE(allocations.problems, std::string());
  QVERIFY(allocations.refused > 2 * allocations.ended);
  const Torture sizes = tortureSizes(deed, whole.size(), 50);
  QCOMPARE(sizes.problems, std::string());
  QCOMPARE(sizes.refused, 50);
}

void ResultBytesTortureTest::fullDisk_data() {
  QTest::addColumn<QString>("analysis");
  QTest::addColumn<QString>("ending");
  addFormats("trajectories");
}

void ResultBytesTortureTest::fullDisk() {
  QFETCH(QString, ending);
  const SmallDisk disk;
  const auto path = disk.folder() / ("data." + ending.toStdString());
  const DataFormat format = dataFormatOf(path.string());
  Json scene = findSceneJson("two-deltas");
  scene["ensemble"] = {{"particles", 500}, {"steps", 200}, {"save_every", 2}};
  const ResultPtr result = runAnalysis("trajectories", *problemOf(scene));
  const std::string whole = resultBytes(*result, format, metadata()).substr(0, 600000);
  const Deed deed{path, [&] { writeFileAtomically(path, whole); }, "old",
                  [&](const std::string& content) { return content == whole; }};
  const Torture torture =
      disk.mounted() ? tortureDisk(deed, disk, whole.size()) : tortureSizes(deed, whole.size(), 50);
  QCOMPARE(torture.problems, std::string());
  QVERIFY(torture.struck >= 50);
  QCOMPARE(torture.refused, torture.struck);
}

QTEST_APPLESS_MAIN(ResultBytesTortureTest)
#include "result_bytes_torture_test.moc"
