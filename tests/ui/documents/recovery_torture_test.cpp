#include "tests/faults/torture.hpp"
#include "ui/documents/autosave.hpp"
#include "ui/documents/document_actions.hpp"
#include "ui/main_window.hpp"
#include "ui/plots/plot.hpp"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <random>

#include <signal.h>

using namespace separatrix;
using namespace separatrix::test;

namespace {

qint64 now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Index seedOf(MainWindow& window) {
  return static_cast<Index>(window.session().scene().ensemble.seed);
}

/// A process that edits by the keyboard, a new seed with each press of R, and says when each was
/// done, until it is killed.
int edit(QApplication& app, const QString& file) {
  MainWindow window;
  window.keepEverything();
  if (file.isEmpty())
    window.session().open(findDocument(presets(), "two-deltas")->json, "Untitled");
  else
    window.documents().file().open(file);
  window.show();
  QTimer keys;
  QObject::connect(&keys, &QTimer::timeout, &window, [&window] {
    if (!window.session().problem()) return;
    QTest::keyClick(window.views().front()->findChild<Plot*>(), Qt::Key_R);
    std::printf("%lld %lld\n", static_cast<long long>(now()),
                static_cast<long long>(seedOf(window)));
    std::fflush(stdout);
  });
  keys.start(20);
  return app.exec();
}

/// A process that starts after that: shows what was left, and says what it is.
int recover(QApplication& app) {
  MainWindow window;
  window.keepEverything();
  std::vector<std::string> damaged;
  std::vector<AbandonedWork> found = takeAbandonedWork(Autosave::folder(), damaged);
  std::printf("%zu %zu\n", found.size(), damaged.size());
  if (found.size() != 1) return 0;
  QObject::connect(&window.session(), &Session::problemChanged, &app, [&window, &app] {
    std::printf("%lld\n%s\n%d\n", static_cast<long long>(seedOf(window)),
                window.documents().file().path().toUtf8().constData(),
                window.documents().file().isModified() ? 1 : 0);
    app.exit(0);
  });
  window.recover(std::move(found.front()));
  window.show();
  return app.exec();
}

}  // namespace

class RecoveryTorture : public QObject {
  Q_OBJECT

private:
  QTemporaryDir m_home;

  void start(QProcess& process, const QStringList& arguments) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_DATA_HOME", m_home.filePath("data"));
    environment.insert("XDG_CONFIG_HOME", m_home.filePath("config"));
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    QVERIFY(process.waitForStarted());
  }

  /// Edits for `milliseconds` after the first edit, then dies. The newest seed that is two seconds
  /// old by then.
  Index editAndKill(const QString& file, qint64 milliseconds) {
    QProcess process;
    start(process, {"--edit", file});
    std::vector<std::pair<qint64, Index>> done;
    QElapsedTimer patience;
    patience.start();
    while (patience.elapsed() < 60000 &&
           (done.empty() || done.back().first - done.front().first < milliseconds)) {
      process.waitForReadyRead(100);
      while (process.canReadLine()) {
        const QList<QByteArray> words = process.readLine().simplified().split(' ');
        if (words.size() == 2) done.emplace_back(words[0].toLongLong(), words[1].toLongLong());
      }
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
    const qint64 killed = now();
    process.waitForFinished();
    Index safe = 0;
    for (const auto& [time, seed] : done)
      if (time <= killed - 2000) safe = seed;
    return done.empty() ? -1 : safe;
  }

private slots:
  void everyEditOlderThanTwoSecondsIsThereAgain() {
    const QString file = m_home.filePath("mine.json");
    const std::string saved = canonicalText(findDocument(presets(), "asymmetric")->json);
    std::mt19937 random(11);
    std::uniform_int_distribution<int> time(200, 3500);
    for (int round = 0; round < 8 * tortureFactor(); ++round) {
      const bool untitled = round % 2 == 0;
      QFile original(file);
      QVERIFY(original.open(QIODevice::WriteOnly | QIODevice::Truncate));
      original.write(saved.data(), static_cast<qint64>(saved.size()));
      original.close();

      const Index safe = editAndKill(untitled ? QString() : file, time(random));
      QVERIFY2(safe >= 0, "the editor never edited");
      QCOMPARE(contentOf(file.toStdString()), saved);

      QProcess process;
      start(process, {"--recover"});
      QVERIFY(process.waitForFinished(60000));
      QCOMPARE(process.exitCode(), 0);
      const QList<QByteArray> said = process.readAllStandardOutput().split('\n');
      if (safe == 0 && said[0] == "0 0") continue;  // killed before anything had to be kept
      QCOMPARE(said[0], QByteArray("1 0"));
      QVERIFY2(said.size() > 3, said.join(' '));
      QVERIFY2(said[1].toLongLong() >= safe,
               said[1] + " of " + QByteArray::number(qlonglong{safe}));
      QCOMPARE(QString::fromUtf8(said[2]), untitled ? QString() : file);
      QCOMPARE(said[3], QByteArray("1"));
      QVERIFY(QDir(m_home.filePath("data")).removeRecursively());
    }
  }
};

int main(int argc, char** argv) {
  QApplication app(argc, argv);
  const QStringList arguments = QApplication::arguments();
  if (arguments.value(1) == "--edit") return edit(app, arguments.value(2));
  if (arguments.value(1) == "--recover") return recover(app);
  RecoveryTorture test;
  return QTest::qExec(&test, argc, argv);
}
#include "recovery_torture_test.moc"
