#include "tests/models/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

/// reliability.md, figures 1 and 5.
class HostileModelsTest : public QObject {
  Q_OBJECT

private slots:
  void eachCostsOneMessage_data() {
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, const char* message) {
      QTest::newRow(name) << QString(message);
    };
    const char* const system = "tried to use a file, the network or another process";
    row("save", system);
    row("map-write", system);
    row("read", system);
    row("load-save", system);
    row("loop", "gave no answer within 2 s");
    row("load-loop", "gave no answer within 4 s");
    row("hundred-gigabytes", "can't allocate memory");
    row("creep", "can't allocate memory");
    row("bomb", "far larger than any code");
    row("throw", "not today");
    row("load-throw", "not loaded");
    row("segfault", "the model crashed");
    row("parentheses", "the model crashed");
    row("text", "returned String");
    row("pair", "returned Tuple");
    row("nothing", "returned None");
    row("nan", "returned NaN");
    row("infinity", "returned infinity");
    row("expand", "shape [4611686018427387904]");
    row("wrong-shape", "shape [4] for an input of shape [2, 4]");
    row("integers", "type Long");
    row("doubles", "type Double");
    row("sparse", "sparse tensor");
    row("one-argument", "received 3 argument(s)");
    row("no-forward", "no method forward");
    row("truncated", "no TorchScript file, or only a part");
    row("empty", "no TorchScript file");
    row("zip", "is not in a subdirectory");
    row("pickle", "no TorchScript file");
    row("noise", "no TorchScript file");
  }

  void eachCostsOneMessage() {
    QFETCH(QString, message);
    std::filesystem::remove(victimPath());
    // Only those that never end need the deadline; others are slow on a busy machine.
    const bool endless = message.contains("no answer");
    ModelLimits limits = shortLimits();
    if (!endless) limits.loadSeconds = limits.evaluateSeconds = 60;
    QElapsedTimer timer;
    timer.start();
    {
      ModelHost host(modelPath(QTest::currentDataTag()), limits);
      const std::string said = failureOf([&] { answerOf(host); });
      QVERIFY2(contains(said, message.toStdString()), said.c_str());
      QVERIFY2(contains(said, std::string(QTest::currentDataTag()) + ".pt\""), said.c_str());
      QVERIFY(said.find('\n') == std::string::npos && said.size() < 400);
      // And again: it is started anew.
      if (!endless) QVERIFY(contains(failureOf([&] { answerOf(host); }), message.toStdString()));
    }
    if (endless)
      QVERIFY2(timer.elapsed() < 4000 + 1000 + 5000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!std::filesystem::exists(victimPath()));
    QVERIFY(hostsAlive().empty());
  }

  // What they do where nothing holds them: the tests above would otherwise show nothing.
  void unsandboxedTheyDoHarm() {
    const auto bare = [](const char* name) {
      ModelHost host(modelPath(name), shortLimits(), bareHost(""));
      try {
        return std::pair(answerOf(host), std::string());
      } catch (const Failure& failure) {
        return std::pair(std::vector<float>(), std::string(failure.what()));
      }
    };
    for (const char* name : {"save", "map-write", "load-save"}) {
      std::filesystem::remove(victimPath());
      bare(name);
      QVERIFY2(std::filesystem::exists(victimPath()), name);
    }
    std::filesystem::remove(victimPath());
    QCOMPARE(bare("read").first[0], static_cast<float>(readFile("/etc/passwd")[0]));
    QVERIFY(contains(bare("loop").second, "no answer"));
    QVERIFY(contains(bare("load-loop").second, "no answer"));
    QVERIFY(contains(bare("segfault").second, "crashed"));
    QVERIFY(contains(bare("parentheses").second, "crashed"));
  }

  void theOtherLayersHoldWithoutOne_data() {
    QTest::addColumn<QString>("layers");
    QTest::newRow("without Landlock") << "-namespaces-limits-seccomp";
    QTest::newRow("without limits") << "-namespaces-landlock-seccomp";
    QTest::newRow("without namespaces") << "-limits-landlock-seccomp";
    QTest::newRow("Landlock alone") << "-landlock";
    QTest::newRow("limits alone") << "-limits";
  }

  void theOtherLayersHoldWithoutOne() {
    QFETCH(QString, layers);
    for (const char* name : {"save", "map-write", "read", "load-save"}) {
      std::filesystem::remove(victimPath());
      ModelHost host(modelPath(name), shortLimits(), bareHost(layers.toStdString()));
      std::vector<float> answer;
      try {
        answer = answerOf(host);
      } catch (const Failure&) {
      }
      QVERIFY2(
          !std::filesystem::exists(victimPath()) || std::filesystem::file_size(victimPath()) == 0,
          name);
      if (QString(name) == "read") QVERIFY(answer.empty());
    }
    std::filesystem::remove(victimPath());
  }

  void withoutSeccompTheHostRefuses() {
    ModelHost host(modelPath("plain"), shortLimits(), bareHost("-forbidden"));
    const std::string said = failureOf([&] { answerOf(host); });
    QVERIFY2(contains(said, "no seccomp"), said.c_str());
  }

  void withoutTheProgramItIsSaidHowToGetIt() {
    ModelHost host(modelPath("plain"), {}, "/nowhere/separatrix-model-host");
    const std::string said = failureOf([&] { answerOf(host); });
    QVERIFY2(contains(said, "apt-get install libtorch-dev"), said.c_str());
  }
};

QTEST_GUILESS_MAIN(HostileModelsTest)
#include "hostile_models_test.moc"
