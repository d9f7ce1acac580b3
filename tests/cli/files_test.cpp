#include "tests/cli/program.hpp"

using namespace separatrix::test;

// Scenes that name data files, run from wherever a person may be.
class FilesTest : public QObject {
  Q_OBJECT

private slots:
  void init();
  void cleanup() { QDir::setCurrent(m_before); }
  void pathsAreMeantFromTheSceneFile();
  void overridesAreMeantFromHere();
  void showWritesPathsForWhereItWrites();
  void everyCommandRuns();
  void aChangedFileIsRemarkedUpon();
  void aMovedFileIsTakenFromTheDocument();
  void aMissingFileIsNamed();
  void badFilesAreNamed();
  void metadataTellsNothingOfTheDisk();

private:
  QString path(const char* name) const { return m_folder->filePath(name); }
  void write(const char* name, const QByteArray& bytes) const {
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
  }

  std::unique_ptr<QTemporaryDir> m_folder;
  QString m_before = QDir::currentPath();
};

void FilesTest::init() {
  m_folder = std::make_unique<QTemporaryDir>();
  QVERIFY(QDir(m_folder->path()).mkdir("scenes"));
  QVERIFY(QDir(m_folder->path()).mkdir("elsewhere"));
  write("scenes/points.csv", "x\n-1\n1\n");
  write("scenes/scene.json",
        R"({"separatrix": 1, "target": {"kind": "dataset", "path": "points.csv"},
            "process": {"kind": "vp-linear"}})");
  QVERIFY(QDir::setCurrent(path("elsewhere")));
}

// The same numbers as the two deltas that they are.
void FilesTest::pathsAreMeantFromTheSceneFile() {
  const Outcome fromFile = runCli({"potential", "../scenes/scene.json", "--time", "0.3"});
  QCOMPARE(fromFile.code, 0);
  QVERIFY(fromFile.err.isEmpty());
  QCOMPARE(fromFile.out, runCli(words("potential two-deltas --time 0.3")).out);
  QCOMPARE(runCli({"potential", path("scenes/scene.json"), "--time", "0.3"}).out, fromFile.out);
}

void FilesTest::overridesAreMeantFromHere() {
  write("elsewhere/points.csv", "-1,0\n1,0\n");
  const QStringList command = {"samples", "../scenes/scene.json", "--steps",
                               "3",       "--particles",          "2"};
  QVERIFY(runCli(command).out.startsWith("particle,x0\n"));
  QVERIFY(runCli(command + QStringList{"--set", "target.path=points.csv"})
              .out.startsWith("particle,x0,x1\n"));
  const Outcome preset =
      runCli({"samples", "two-deltas", "--steps", "3", "--particles", "2", "--set",
              "target.path=points.csv", "--set", "target.kind=dataset"});
  QVERIFY(preset.out.startsWith("particle,x0,x1\n"));
}

void FilesTest::showWritesPathsForWhereItWrites() {
  QVERIFY(runCli({"show", "../scenes/scene.json"}).out.contains("\"../scenes/points.csv\""));
  QCOMPARE(runCli({"show", "../scenes/scene.json", "-o", path("out.json")}).code, 0);
  const QByteArray shown = contentOf(path("out.json"));
  QVERIFY(shown.contains("\"path\": \"scenes/points.csv\""));
  QVERIFY(shown.contains("\"data\": \"eAotMQoxCg==\""));
  // A complete document, which is shown as it is.
  QCOMPARE(runCli({"show", path("out.json"), "-o", path("again.json")}).code, 0);
  QCOMPARE(contentOf(path("again.json")), shown);
}

void FilesTest::everyCommandRuns() {
  for (const char* line :
       {"field --time 0.3 --at 0.5", "fixed-points --time 0.2", "bifurcation --steps 30",
        "critical-times", "trajectories --steps 5", "drift-field"}) {
    QStringList arguments = words(line);
    arguments.insert(1, "../scenes/scene.json");
    const Outcome outcome = runCli(arguments);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    arguments[1] = "two-deltas";
    QCOMPARE(outcome.out, runCli(arguments).out);
  }
}

void FilesTest::aChangedFileIsRemarkedUpon() {
  QCOMPARE(runCli({"show", "../scenes/scene.json", "-o", path("scenes/kept.json")}).code, 0);
  const QStringList command = {"potential", "../scenes/kept.json", "--time", "0.3"};
  const QByteArray before = runCli(command).out;
  write("scenes/points.csv", "x\n-2\n2\n");
  const Outcome outcome = runCli(command);
  QCOMPARE(outcome.code, 0);
  QVERIFY(isOneClearLine(outcome.err, "has changed since the document was saved"));
  QCOMPARE(outcome.out, before);
}

void FilesTest::aMovedFileIsTakenFromTheDocument() {
  QCOMPARE(runCli({"show", "../scenes/scene.json", "-o", path("scenes/kept.json")}).code, 0);
  QVERIFY(QFile::remove(path("scenes/points.csv")));
  const Outcome outcome = runCli({"potential", "../scenes/kept.json", "--time", "0.3"});
  QCOMPARE(outcome.code, 0);
  QVERIFY(isOneClearLine(outcome.err, "the data saved in the document are used"));
  QCOMPARE(outcome.out, runCli(words("potential two-deltas --time 0.3")).out);
}

void FilesTest::aMissingFileIsNamed() {
  QVERIFY(QFile::remove(path("scenes/points.csv")));
  for (const char* command : {"show", "critical-times"}) {
    const Outcome outcome = runCli({command, "../scenes/scene.json"});
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(isOneClearLine(outcome.err, "choose another with target.path"));
    QVERIFY(outcome.err.contains(path("scenes/points.csv").toUtf8()));
  }
}

void FilesTest::badFilesAreNamed() {
  write("scenes/points.csv", "1\ntwo\n");
  const Outcome text = runCli({"show", "../scenes/scene.json"});
  QCOMPARE(text.code, 2);
  QVERIFY(isOneClearLine(text.err, "points.csv, line 2, column 1: \"two\" is not a number"));
  const Outcome none = runCli({"show", "two-deltas", "--set", "target.kind=dataset"});
  QCOMPARE(none.code, 2);
  QVERIFY(isOneClearLine(none.err, "target.path: no file is chosen"));
  const Outcome name =
      runCli({"show", "../scenes/scene.json", "--set", "target.path=\xC3\xA4.csv"});
  QVERIFY(isOneClearLine(name.err, "\xC3\xA4.csv"));
}

void FilesTest::metadataTellsNothingOfTheDisk() {
  const Outcome outcome =
      runCli({"samples", "../scenes/scene.json", "--steps", "3", "--particles", "2", "--metadata"});
  QCOMPARE(outcome.code, 0);
  QVERIFY(outcome.out.contains("\"path\":\"points.csv\""));
  QVERIFY(!outcome.out.contains(m_folder->path().toUtf8()));
  QVERIFY(!outcome.out.contains("scenes"));
}

QTEST_GUILESS_MAIN(FilesTest)
#include "files_test.moc"
