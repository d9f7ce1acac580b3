#include "tests/cli/program.hpp"

#include <QtCore/QElapsedTimer>

using namespace separatrix::test;

// Exit 2 and one clear line for each kind of bad scene or usage.
class ErrorsTest : public QObject {
  Q_OBJECT

private slots:
  void badScenes_data();
  void badScenes();
  void badOverrides_data();
  void badOverrides();
  void badOptions_data();
  void badOptions();
  void badUsage_data();
  void badUsage();
  void deepAndHugeFiles();
  void whatCannotBeComputed();
};

namespace {

const QByteArray kTarget = R"("target": {"kind": "gaussian-mixture", "means": [[-1], [1]]})";
const QByteArray kProcess = R"("process": {"kind": "vp-linear"})";

QByteArray sceneWith(const QByteArray& target, const QByteArray& process,
                     const QByteArray& rest = {}) {
  return "{\"separatrix\": 1, " + target + ", " + process + rest + "}";
}

QByteArray targetWith(const QByteArray& entries) {
  return sceneWith(R"("target": {"kind": "gaussian-mixture", )" + entries + "}", kProcess);
}

/// Runs on a file of these bytes.
Outcome runOn(const QByteArray& bytes, const QStringList& command = {"show"}) {
  const QTemporaryDir folder;
  QFile file(folder.filePath("scene.json"));
  if (!file.open(QIODevice::WriteOnly)) return {};
  file.write(bytes);
  file.close();
  QStringList arguments = command;
  arguments.insert(1, file.fileName());
  return runCli(arguments);
}

}  // namespace

void ErrorsTest::badScenes_data() {
  QTest::addColumn<QByteArray>("scene");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const char* name, const QByteArray& scene, const char* part) {
    QTest::newRow(name) << scene << QByteArray(part);
  };
  row("empty", "", "not valid JSON");
  row("cut off", "{\"separatrix\": 1", "not valid JSON");
  row("binary",
      QByteArray("\x7f"
                 "ELF\0\1\2\xff",
                 8),
      "not valid JSON");
  row("a picture", "\x89PNG\r\n\x1A\n", "carries no Separatrix document");
  row("a foreign figure", "<svg><metadata>x</metadata></svg>", "carries no Separatrix document");
  row("a list", "[1, 2]", "scene: ");
  row("no version", "{" + kTarget + ", " + kProcess + "}", "separatrix: missing");
  row("newer", "{\"separatrix\": 99, " + kTarget + ", " + kProcess + "}", "newer");
  row("unknown key", sceneWith(kTarget, kProcess, ", \"sauce\": 1"), "sauce: unknown entry");
  row("unknown target key", targetWith("\"colour\": 1"), "target.colour: unknown entry");
  row("no target", "{\"separatrix\": 1, " + kProcess + "}", "target: missing");
  row("no process", "{\"separatrix\": 1, " + kTarget + "}", "process: missing");
  row("wrong type", targetWith("\"means\": \"left\""), "target.means: ");
  row("wrong element", targetWith("\"means\": [[-1], [\"1\"]]"), "target.means[1][0]: ");
  row("NaN", targetWith("\"means\": [[NaN], [1]]"), "not valid JSON");
  row("1e999", targetWith("\"means\": [[1e999], [1]]"), "not valid JSON");
  row("negative variance", targetWith("\"variances\": [0, -0.1]"), "target.variances[1]: -0.1");
  row("negative variance for all", targetWith("\"variance\": -0.1"), "target.variance: -0.1");
  row("both variances", targetWith("\"variance\": 1, \"variances\": [1, 1]"), "target.variance: ");
  row("zero weight", targetWith("\"weights\": [1, 0]"), "target.weights[1]: 0");
  row("negative weight", targetWith("\"weights\": [-1, 1]"), "target.weights[0]: -1");
  row("weights for three", targetWith("\"means\": [[0], [1]], \"weights\": [1, 1, 1]"),
      "target.weights: has 3 values for 2 means");
  row("variances for one", targetWith("\"means\": [[0], [1]], \"variances\": [1]"),
      "target.variances: has 1 values");
  row("dimensions differ", targetWith("\"means\": [[0], [1, 2]]"),
      "target.means[1]: has dimension 2");
  row("no points", targetWith("\"means\": []"), "target.means: ");
  row("key twice", targetWith("\"weights\": 1, \"weights\": 2"), "\"weights\" is given twice");
  row("process", sceneWith(kTarget, "\"process\": {\"kind\": \"vp\"}"), "process.kind: ");
  row("horizon", sceneWith(kTarget, "\"process\": {\"kind\": \"vp-linear\", \"horizon\": 0}"),
      "process.horizon: 0");
  row("potential", sceneWith(kTarget, kProcess, ", \"potential\": \"deep\""), "potential: ");
  row("particles", sceneWith(kTarget, kProcess, ", \"ensemble\": {\"particles\": 0}"),
      "ensemble.particles: 0");
  row("sampler", sceneWith(kTarget, kProcess, ", \"ensemble\": {\"sampler\": \"ddim2\"}"),
      "ensemble.sampler: ");
  row("ensemble", sceneWith(kTarget, kProcess, ", \"ensemble\": 5"), "ensemble: 5");
  row("views", sceneWith(kTarget, kProcess, ", \"views\": 5"), "views: 5");
}

void ErrorsTest::badScenes() {
  QFETCH(QByteArray, scene);
  QFETCH(QByteArray, part);
  const Outcome show = runOn(scene);
  QCOMPARE(show.code, 2);
  QVERIFY(isOneClearLine(show.err, part));
  QVERIFY(show.out.isEmpty());
  // Every other command says the same.
  const Outcome fixed = runOn(scene, words("fixed-points --time 0.2"));
  QCOMPARE(fixed.code, 2);
  QVERIFY(isOneClearLine(fixed.err, part));
  const Outcome samples = runOn(scene, words("samples --steps 10"));
  QCOMPARE(samples.code, 2);
  QVERIFY(isOneClearLine(samples.err, part));
}

void ErrorsTest::badOverrides_data() {
  QTest::addColumn<QString>("assignment");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const QString& assignment, const char* part) {
    QTest::newRow(qPrintable(assignment.left(40))) << assignment << QByteArray(part);
  };
  row("target.variance", "--set: ");
  row("target.variance=-1", "target.variance: -1");
  row("target.variance=lots", "target.variance: \"lots\"");
  row("target.variance=1e999", "target.variance: ");
  row("target.weights=[1,2,3]", "target.weights: has 3 values");
  row("target.means.7=[1]", "target.means.7: ");
  row("process.kind=warp", "process.kind: \"warp\"");
  row("nothing.at.all=1", "nothing: unknown entry");
  row("target.means=" + QString(60000, '[') + QString(60000, ']'), "target.means: ");
  row("views" + QString(".a").repeated(60000) + "=1", "--set: ");
}

void ErrorsTest::badOverrides() {
  QFETCH(QString, assignment);
  QFETCH(QByteArray, part);
  const Outcome outcome = runCli({"show", "two-deltas", "--set", assignment});
  QCOMPARE(outcome.code, 2);
  QVERIFY(isOneClearLine(outcome.err, part));
}

void ErrorsTest::badOptions_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<QByteArray>("part");
  const auto row = [](const char* line, const char* part) {
    QTest::newRow(line) << QString(line) << QByteArray(part);
  };
  row("field two-deltas --time 0.2 --at 1,2", "at: has 2 coordinates");
  row("field two-deltas --time 0.2 --at x", "--at: ");
  row("field two-deltas --time 0.2", "at: missing");
  row("field two-deltas --at 0", "time: missing");
  row("field two-deltas --time 0 --at 0", "time: ");
  row("field two-deltas --time 7 --at 0", "time: 7");
  row("field two-deltas --time nan --at 0", "--time: ");
  row("potential two-deltas --time 0.2 --range 1:2", "--range: ");
  row("potential two-deltas --time 0.2 --range 0:1:0", "range[0] count: 0");
  row("potential two-deltas --time 0.2 --range 0:1:3,0:1:3", "range: has 2 axes");
  row("potential two-deltas --time 0.2 --range 0:1:99999999999", "range");
  row("bifurcation two-deltas --from 0.5 --to 0.4", "from: ");
  row("bifurcation two-deltas --steps 0", "steps: 0");
  row("bifurcation two-deltas --to 2", "time: 2");
  row("trajectories two-deltas --particles -1", "ensemble.particles: -1");
  row("trajectories two-deltas --particles 1.5", "ensemble.particles: 1.5");
  row("trajectories two-deltas --particles many", "--particles: ");
  row("trajectories two-deltas --every 0", "ensemble.save_every: 0");
  row("trajectories two-deltas --direction sideways", "direction: ");
  row("trajectories two-deltas --sampler none", "ensemble.sampler: ");
  row("trajectories two-deltas --s-start 3", "ensemble.s_start: 3");
  row("trajectories two-deltas --s-end 1", "ensemble.s_end: 1");
  row("trajectories two-deltas --seed -4", "ensemble.seed: -4");
  row("trajectories two-deltas --particles 100000000 --steps 1000 --every 1 --format json",
      "ensemble: ");
  row("show no-such-preset", "the presets are");
  row("show /", "cannot be read");
  row("fixed-points two-deltas --time 0.2 -o out.txt", "out.txt: the ending");
  row("show two-deltas -o out.csv", "show: ");
  row("presets -o out.npy", "npy");
}

void ErrorsTest::badOptions() {
  QFETCH(QString, line);
  QFETCH(QByteArray, part);
  const QTemporaryDir folder;
  const QString before = QDir::currentPath();
  QDir::setCurrent(folder.path());
  const Outcome outcome = runCli(words(line.toUtf8()));
  QDir::setCurrent(before);
  QCOMPARE(outcome.code, 2);
  QVERIFY(isOneClearLine(outcome.err, part));
  QVERIFY(outcome.out.isEmpty());
  QVERIFY(QDir(folder.path()).isEmpty());
}

void ErrorsTest::badUsage_data() {
  QTest::addColumn<QString>("line");
  for (const char* line :
       {"", "frobnicate", "show", "show two-deltas extra", "show two-deltas --frob",
        "presets two-deltas", "fixed-points two-deltas --time", "show two-deltas --threads 0",
        "show two-deltas --threads two", "show two-deltas --format npy", "--frob"})
    QTest::newRow(line) << QString(line);
}

void ErrorsTest::badUsage() {
  QFETCH(QString, line);
  const Outcome outcome = runCli(words(line.toUtf8()));
  QCOMPARE(outcome.code, 2);
  QVERIFY(!outcome.err.isEmpty());
  QVERIFY(outcome.out.isEmpty());
}

void ErrorsTest::deepAndHugeFiles() {
  QElapsedTimer timer;
  timer.start();
  const Outcome deep = runOn(QByteArray(100000, '['));
  QCOMPARE(deep.code, 2);
  QVERIFY(isOneClearLine(deep.err, "nested deeper"));
  const Outcome huge = runOn(QByteArray((64 << 20) + 1, ' '));
  QCOMPARE(huge.code, 2);
  QVERIFY(isOneClearLine(huge.err, "larger than 64 MiB"));
  QVERIFY(timer.elapsed() < 5000);
}

// A valid request without an answer: exit 1 and one line.
void ErrorsTest::whatCannotBeComputed() {
  for (const char* line : {"drift-field four-deltas", "drift-field four-deltas --times 1:2:3"}) {
    const Outcome outcome = runCli(words(line));
    QVERIFY(outcome.code == 1 || outcome.code == 2);
    QVERIFY(isOneClearLine(outcome.err, "dimension"));
    QVERIFY(outcome.out.isEmpty());
  }
}

QTEST_GUILESS_MAIN(ErrorsTest)
#include "errors_test.moc"
