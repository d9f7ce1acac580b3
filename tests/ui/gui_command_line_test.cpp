#include "tests/locales.hpp"
#include "tests/paths.hpp"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

// The window's program without a display: screenshots and figures.

namespace {

struct Run {
  int exitCode = -1;
  QString output, messages;
};

Run runGui(const QStringList& arguments,
           QProcessEnvironment environment = QProcessEnvironment::systemEnvironment()) {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
    environment.remove(name);
  QProcess process;
  process.setProcessEnvironment(environment);
  process.start(separatrix::test::guiPath(), arguments);
  process.waitForFinished(60'000);
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

}  // namespace

class GuiCommandLineTest : public QObject {
  Q_OBJECT

private slots:
  void withoutADisplayItSaysWhatToDo() {
    const Run run = runGui({});
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.messages.contains("--screenshot") && run.messages.contains("xvfb-run"));
  }

  void screenshotHasTheSizeAskedFor() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("window.png");
    const Run run = runGui({"asymmetric", "--screenshot", path, "--size", "1100x700"});
    QVERIFY2(run.exitCode == 0, qPrintable(run.messages));
    QCOMPARE(QImage(path).size(), QSize(1100, 700));
  }

  void everyListedFigureIsWritten() {
    const Run list = runGui({"--figure", "list"});
    QCOMPARE(list.exitCode, 0);
    const QStringList lines = list.output.split('\n', Qt::SkipEmptyParts);
    QVERIFY(lines.size() >= 3);
    const QTemporaryDir folder;
    for (const QString& line : lines) {
      const QString path = folder.filePath(line.section('\t', 0, 0) + ".png");
      const Run run =
          runGui({"--figure", line.section('\t', 0, 0), "--export", path, "--size", "640x480"});
      QVERIFY2(run.exitCode == 0, qPrintable(run.messages));
      QCOMPARE(QImage(path).size(), QSize(640, 480));
    }
    const QString svg = folder.filePath("figure.svg");
    QCOMPARE(runGui({"--figure", "bifurcation", "--export", svg}).exitCode, 0);
    QFile file(svg);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("<text"));
  }

  void figuresReopen() {
    const QTemporaryDir folder;
    for (const char* format : {"svg", "pdf", "png"}) {
      const QString path = folder.filePath(QString("figure.") + format);
      QCOMPARE(runGui({"--figure", "bifurcation", "--export", path}).exitCode, 0);
      QProcess cli;
      cli.start(separatrix::test::cliPath(), {"show", path});
      QVERIFY(cli.waitForFinished(60'000));
      const QByteArray shown = cli.readAllStandardOutput();
      QVERIFY2(shown.contains("\"view\": \"bifurcation\""), shown.constData());
      const QString window = folder.filePath(QString(format) + "-window.png");
      const Run run = runGui({path, "--screenshot", window, "--size", "1100x700"});
      QVERIFY2(run.exitCode == 0, qPrintable(run.messages));
      QCOMPARE(QImage(window).size(), QSize(1100, 700));
    }
    // The window shows the same for each.
    const QImage svg(folder.filePath("svg-window.png"));
    QCOMPARE(QImage(folder.filePath("pdf-window.png")), svg);
    QCOMPARE(QImage(folder.filePath("png-window.png")), svg);
    const Run run = runGui({folder.filePath("svg-window.png"), "--screenshot", "/tmp/x.png"});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.messages.contains("carries no Separatrix document"), qPrintable(run.messages));
  }

  void figuresAreTheSameInEveryLocale() {
    const QTemporaryDir folder;
    const separatrix::test::CompiledLocales locales;
    const auto exported = [&](const QString& format, const QProcessEnvironment& environment) {
      const QString path = folder.filePath("figure." + format);
      const Run run = runGui({"--figure", "bifurcation", "--export", path}, environment);
      if (run.exitCode != 0) qWarning("%s", qPrintable(run.messages));
      QFile file(path);
      return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    for (const char* format : {"svg", "png"}) {
      const QByteArray plain = exported(format, QProcessEnvironment::systemEnvironment());
      QVERIFY(plain.size() > 1000);
      for (const char* name : {"de_DE.UTF-8", "ar_EG.UTF-8"}) {
        QVERIFY(locales.inForce(name));
        QCOMPARE(exported(format, locales.variables(name)), plain);
      }
    }
  }

  void wrongUsageAndBadScenes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("figure") << QStringList{"--figure", "nothing", "--export", "/tmp/x.svg"}
                            << "nothing";
    QTest::newRow("size") << QStringList{"--screenshot", "/tmp/x.png", "--size", "big"} << "big";
    QTest::newRow("theme") << QStringList{"--screenshot", "/tmp/x.png", "--theme", "pink"}
                           << "pink";
    QTest::newRow("export alone") << QStringList{"--export", "/tmp/x.png"} << "--figure";
    QTest::newRow("scene") << QStringList{"no-such-scene", "--screenshot", "/tmp/x.png"}
                           << "no-such-scene";
  }
  void wrongUsageAndBadScenes() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const Run run = runGui(arguments);
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.messages.contains(names), qPrintable(run.messages));
  }

  void aFileThatCannotBeWrittenIsExitOne() {
    QCOMPARE(runGui({"--figure", "bifurcation", "--export", "/proc/no/figure.pdf"}).exitCode, 1);
    QCOMPARE(runGui({"two-deltas", "--screenshot", "/proc/no/window.png"}).exitCode, 1);
  }
};

QTEST_GUILESS_MAIN(GuiCommandLineTest)
#include "gui_command_line_test.moc"
