#include "core/runtime/memory_limit.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

// What would take too much memory is refused before it is taken, and told what would fit.
class MemoryLimitTest : public QObject {
  Q_OBJECT

private slots:
  void refusesBeforeItTakes_data();
  void refusesBeforeItTakes();
  void whatIsSaidToFitFits();
  void namesBothSizes();
};

namespace {

/// The most memory that this process has held, in bytes.
double peak() {
  const std::string status = readFile("/proc/self/status");
  const auto at = status.find("VmHWM:");
  return at == std::string::npos ? 0 : 1024 * std::stod(status.substr(at + 6));
}

std::string refusalOf(const char* id, const std::vector<std::string>& assignments,
                      const Json& request) {
  Json scene = findSceneJson("two-deltas");
  for (const std::string& assignment : assignments) setEntry(scene, assignment);
  return refusal([&] { runAnalysis(id, *problemOf(scene), request); });
}

std::string manyMeans(int count) {
  std::string out = "target.means=[";
  for (int k = 0; k < count; ++k) out += (k == 0 ? "[" : ",[") + std::to_string(k) + "]";
  return out + "] target.weights=1 target.variances=0";
}

}  // namespace

void MemoryLimitTest::refusesBeforeItTakes_data() {
  QTest::addColumn<QByteArray>("id");
  QTest::addColumn<QByteArray>("assignments");  // separated by blanks
  QTest::addColumn<QByteArray>("request");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const char* id, const QByteArray& assignments,
                      const char* request, const char* message) {
    QTest::newRow(name) << QByteArray(id) << assignments << QByteArray(request)
                        << QByteArray(message);
  };
  // 10⁷ + 1 states of 28 bytes a row.
  row("all steps", "trajectories", "ensemble.steps=10000000 ensemble.save_every=1", "{}",
      "ensemble: the table of the saved states would take 281 GB, and 4 GB are the limit; set "
      "particles to 14 or less, or save_every to 71 or more");
  row("all particles", "trajectories", "ensemble.particles=100000000 ensemble.steps=1", "{}",
      "ensemble: the table of the saved states would take 6 GB, and 4 GB are the limit; set "
      "particles to 71428571 or less");
  row("many dimensions", "samples",
      "target.means=[[1,2,3,4,5,6]] target.weights=1 target.variances=0 "
      "ensemble.particles=100000000 ensemble.steps=10000000",
      "{}",
      "ensemble: the saved states would take 5 GB, and 4 GB are the limit; set particles to "
      "83333333 or less");
  row("branches", "bifurcation", QByteArray::fromStdString(manyMeans(20)), R"({"steps": 1000000})",
      "steps: the branches of 20 components would take 12 GB, and 4 GB are the limit; ask for at "
      "most 341880 steps");
  row("arrows", "drift-field", "", R"({"times": [[0.1, 1, 1000]], "range": [[-1, 1, 16777216]]})",
      "range: 16777216 positions at 1000 times would take 672 GB, and 4 GB are the limit; ask for "
      "at most 100000 positions");
  row("map", "potential", "", R"({"time": 0.5, "range": [[-1, 1, 16777217]]})",
      "range[0] count: 16777217 is out of range; it must be at least 1 and at most 16777216");
}

void MemoryLimitTest::refusesBeforeItTakes() {
  QFETCH(QByteArray, id);
  QFETCH(QByteArray, assignments);
  QFETCH(QByteArray, request);
  QFETCH(QByteArray, message);
  std::vector<std::string> list;
  for (const QByteArray& assignment : assignments.split(' '))
    if (!assignment.isEmpty()) list.push_back(assignment.toStdString());
  const double before = peak();
  QVERIFY(before > 0);
  const std::string actual = refusalOf(id.constData(), list, Json::parse(request.constData()));
  QCOMPARE(actual, message.toStdString());
  QVERIFY(peak() - before < 1e8);
}

void MemoryLimitTest::whatIsSaidToFitFits() {
  // By the numbers of the second row, without the work: one particle more is refused.
  const double row = 28 * 2;
  QVERIFY(refusal([&] { requireMemory("e", 71'428'571 * row, "w", "r"); }).empty());
  QVERIFY(!refusal([&] { requireMemory("e", 71'428'572 * row, "w", "r"); }).empty());
}

void MemoryLimitTest::namesBothSizes() {
  QVERIFY(refusal([] { requireMemory("entry", kLargestResultBytes, "it", "less"); }).empty());
  QCOMPARE(refusal([] { requireMemory("entry", 4.1e9, "it", "ask for less"); }),
           std::string("entry: it would take 5 GB, and 4 GB are the limit; ask for less"));
}

QTEST_APPLESS_MAIN(MemoryLimitTest)
#include "memory_limit_test.moc"
