#include "tests/cli/program.hpp"
#include "tests/models/support.hpp"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace separatrix;
using namespace separatrix::test;

class ModelInfoTest : public QObject {
  Q_OBJECT

private slots:
  void tellsWhatAModelIs() {
    const QString path = QString::fromStdString(modelPath("plain"));
    const Outcome outcome = runCli({"model-info", path, "--shape", "1,8,8"});
    QCOMPARE(outcome.code, 0);
    const QJsonObject record = QJsonDocument::fromJson(outcome.out).object();
    QCOMPARE(record["file"].toString(), path);
    QVERIFY(record["forward"].toString().startsWith("forward("));
    QCOMPARE(record["shape"].toArray(), (QJsonArray{1, 8, 8}));
    QCOMPARE(record["parametrisation"].toString(), QString("epsilon"));
    QCOMPARE(record["probe"].toArray().size(), 5);
    for (const QJsonValue& point : record["probe"].toArray())
      QVERIFY(std::abs(point["correlation"].toDouble() - 1) < 1e-9);
  }

  // Killed in the middle, the program leaves no host behind, though the model loops.
  void leavesNoOrphan() {
    QProcess program;
    program.start(cliPath(), {"model-info", QString::fromStdString(modelPath("loop"))});
    QVERIFY(program.waitForStarted());
    QTest::qWait(3000);
    const std::vector<int> hosts = childrenOf(static_cast<int>(program.processId()));
    QVERIFY(!hosts.empty());
    program.kill();
    QVERIFY(program.waitForFinished());
    for (const int id : hosts) QTRY_VERIFY_WITH_TIMEOUT(!isRunning(id), 2000);
  }

  void saysWhatIsWrong_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const QStringList& arguments, int code,
                        const char* message) {
      QTest::newRow(name) << arguments << code << QByteArray(message);
    };
    const auto path = [](const char* name) { return QString::fromStdString(modelPath(name)); };
    row("missing", {path("nothing-there")}, 1, "cannot be opened");
    row("no model", {path("noise")}, 1, "no TorchScript file");
    row("hostile", {path("save")}, 1, "tried to use a file");
    row("shape", {path("plain"), "--shape", "0,3"}, 2, "shape: 0 is no length");
    row("huge", {path("plain"), "--shape", "4294967296,4294967296"}, 1, "more than 65536 numbers");
    row("format", {path("plain"), "--format", "csv"}, 2, "written as .json only");
  }

  void saysWhatIsWrong() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const Outcome outcome = runCli(QStringList{"model-info"} + arguments);
    QCOMPARE(outcome.code, code);
    QVERIFY2(outcome.err.contains(message), outcome.err);
    QVERIFY2(isOneClearLine(outcome.err, "separatrix-cli"), outcome.err);
  }
};

QTEST_GUILESS_MAIN(ModelInfoTest)
#include "model_info_test.moc"
