#include "tests/cli/program.hpp"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cmath>
#include <cstring>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace separatrix::test;

// Where the data go, in which format, and what is left when they cannot be written.
class OutputTest : public QObject {
  Q_OBJECT

private slots:
  void endingsChooseTheFormat();
  void formatOverrides();
  void npyHoldsTheSameNumbers();
  void metadataIsTheScene();
  void unwritablePaths_data();
  void unwritablePaths();
  void fullDevices();
  void fileSizeLimit();
  void smallDisk();
};

namespace {

const char* const kLine = "trajectories two-deltas --particles 40 --steps 30 --every 10";

bool isEmpty(const QTemporaryDir& folder) {
  return QDir(folder.path())
      .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
      .isEmpty();
}

}  // namespace

void OutputTest::endingsChooseTheFormat() {
  const QTemporaryDir folder;
  const QByteArray csv = runCli(words(kLine)).out;
  const QString path = folder.filePath("out");
  for (const char* ending : {".csv", ".json", ".npy"}) {
    const Outcome outcome = runCli(words(kLine) + QStringList{"-o", path + ending});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.out.isEmpty() && outcome.err.isEmpty());
  }
  QCOMPARE(contentOf(path + ".csv"), csv);
  QVERIFY(QJsonDocument::fromJson(contentOf(path + ".json")).object().contains("particle"));
  QVERIFY(contentOf(path + ".npy").startsWith("\x93NUMPY"));
  // Records are JSON on standard output and a row in .csv.
  QVERIFY(runCli(words("field two-deltas --time 0.2 --at 0")).out.startsWith("{"));
  QCOMPARE(
      runCli(words("field two-deltas --time 0.2 --at 0") + QStringList{"-o", path + "2.csv"}).code,
      0);
  QVERIFY(contentOf(path + "2.csv").startsWith("signal,"));
}

void OutputTest::formatOverrides() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("odd.name");
  QCOMPARE(runCli(words(kLine) + QStringList{"-o", path, "--format", "csv"}).code, 0);
  QCOMPARE(contentOf(path), runCli(words(kLine)).out);
  QCOMPARE(runCli(words(kLine) + QStringList{"-o", path, "--format", "json"}).code, 0);
  QVERIFY(contentOf(path).startsWith("{"));
}

void OutputTest::npyHoldsTheSameNumbers() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("paths.npy");
  QCOMPARE(runCli(words(kLine) + QStringList{"-o", path}).code, 0);
  const QByteArray bytes = contentOf(path);
  QVERIFY(bytes.contains("'descr': '<f4'"));
  QVERIFY(bytes.contains("'shape': (4, 40, 1)"));
  const auto rows = rowsOf(runCli(words(kLine)).out);
  QCOMPARE(rows.size(), 161);
  const qsizetype start = bytes.size() - 4 * 160;
  QCOMPARE(start % 64, 0);
  for (int row = 0; row < 160; ++row) {
    float value = 0;
    const int saved = row % 4, particle = row / 4;
    std::memcpy(&value, bytes.constData() + start + 4 * (saved * 40 + particle), 4);
    QCOMPARE(rows[row + 1].split(',')[3].toFloat(), value);
  }
}

void OutputTest::metadataIsTheScene() {
  const QTemporaryDir folder;
  const QStringList line = words("fixed-points two-deltas --time 0.2 --set target.variance=0.04");
  const auto plain = rowsOf(runCli(line).out);
  const auto rows = rowsOf(runCli(line + QStringList{"--metadata"}).out);
  QVERIFY(!plain.first().startsWith('#'));
  const auto comments = std::count_if(rows.begin(), rows.end(),
                                      [](const QByteArray& row) { return row.startsWith("# "); });
  QVERIFY(comments >= 3);
  QCOMPARE(rows.mid(comments), plain);
  QJsonObject scene;
  for (const QByteArray& row : rows)
    if (row.startsWith("# scene: ")) scene = QJsonDocument::fromJson(row.mid(9)).object();
  QCOMPARE(scene["target"].toObject()["variances"].toDouble(), 0.04);
  const QJsonObject json =
      QJsonDocument::fromJson(runCli(line + words("--metadata --format json")).out).object();
  QCOMPARE(json["metadata"].toObject()["scene"].toObject(), scene);
}

void OutputTest::unwritablePaths_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("remedy");
  QTest::newRow("missing folder") << "missing/out.csv" << QByteArray("create the folder first");
  QTest::newRow("a folder") << "folder.csv" << QByteArray("give a file name");
  QTest::newRow("below a file") << "file.csv/out.csv" << QByteArray("create the folder first");
  QTest::newRow("too long") << QString(300, 'n') + ".csv" << QByteArray("choose another");
}

void OutputTest::unwritablePaths() {
  QFETCH(QString, name);
  QFETCH(QByteArray, remedy);
  const QTemporaryDir folder;
  QVERIFY(QDir(folder.path()).mkdir("folder.csv"));
  QFile file(folder.filePath("file.csv"));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.close();
  const Outcome outcome = runCli(words(kLine) + QStringList{"-o", folder.filePath(name)});
  QCOMPARE(outcome.code, 1);
  QVERIFY(outcome.err.startsWith("separatrix-cli: cannot write " + folder.filePath(name).toUtf8()));
  QVERIFY(outcome.err.contains(remedy));
  QCOMPARE(outcome.err.count('\n'), 1);
  const auto left =
      QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
  QCOMPARE(left.size(), 2);
}

void OutputTest::fullDevices() {
  const Outcome named = runCli(words(kLine) + words("-o /dev/full --format csv"));
  QCOMPARE(named.code, 1);
  QVERIFY(isOneClearLine(named.err, "/dev/full"));
  const Outcome standard = runCli(words(kLine), {}, "/dev/full");
  QCOMPARE(standard.code, 1);
  QVERIFY(isOneClearLine(standard.err, "standard output"));
  const Outcome show = runCli({"show", "two-deltas"}, {}, "/dev/full");
  QCOMPARE(show.code, 1);
}

// `prlimit` before the program: no file may grow beyond 20 000 bytes.
void OutputTest::fileSizeLimit() {
  const QTemporaryDir folder;
  const QString path = folder.filePath("out.csv");
  const auto limited = [&](const char* particles) {
    QProcess shell;
    shell.start("sh", {"-c", QString("ulimit -f 20; exec '%1' samples two-deltas --steps 5 "
                                     "--particles %2 -o '%3'")
                                 .arg(cliPath(), particles, path)});
    shell.waitForFinished();
    return Outcome{shell.exitStatus() == QProcess::NormalExit ? shell.exitCode() : -1,
                   {},
                   shell.readAllStandardError()};
  };
  const Outcome tooMuch = limited("20000");
  QCOMPARE(tooMuch.code, 1);
  QVERIFY(isOneClearLine(tooMuch.err, "free some space"));
  QVERIFY(isEmpty(folder));
  QCOMPARE(limited("10").code, 0);
  const QByteArray good = contentOf(path);
  QCOMPARE(rowsOf(good).size(), 11);
  QCOMPARE(limited("20000").code, 1);
  QCOMPARE(contentOf(path), good);
}

// On a disk of 64 KiB where one may be mounted; /dev/full elsewhere.
void OutputTest::smallDisk() {
  const QTemporaryDir folder;
  const QByteArray place = folder.path().toUtf8();
  const bool mounted = ::mount("tmpfs", place.constData(), "tmpfs", 0, "size=64k") == 0;
  const QString path = mounted ? folder.filePath("out.npy") : QString("/dev/full");
  QStringList line = words("samples two-deltas --steps 5 --particles 50000");
  line << "-o" << path;
  if (!mounted)
    line << "--format"
         << "csv";
  const Outcome outcome = runCli(line);
  const bool clean = isEmpty(folder);
  if (mounted) ::umount(place.constData());
  QCOMPARE(outcome.code, 1);
  QVERIFY(isOneClearLine(outcome.err, "free some space"));
  QVERIFY(clean);
}

QTEST_GUILESS_MAIN(OutputTest)
#include "output_test.moc"
