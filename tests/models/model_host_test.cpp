#include "core/models/model_probe.hpp"
#include "tests/models/support.hpp"

#include <csignal>
#include <cstring>
#include <thread>

using namespace separatrix;
using namespace separatrix::test;

namespace {

template <class T>
std::vector<T> numbersIn(const std::string& path) {
  const std::string bytes = readFile(path);
  std::vector<T> out(bytes.size() / sizeof(T));
  std::memcpy(out.data(), bytes.data(), out.size() * sizeof(T));
  return out;
}

}  // namespace

class ModelHostTest : public QObject {
  Q_OBJECT

private slots:
  // reliability.md, figure 3: the same bits as in a process without a sandbox.
  void honestModels_data() {
    QTest::addColumn<QString>("path");
    for (const QString& file : QDir(QString::fromStdString(modelFolder())).entryList({"*.shape"}))
      QTest::newRow(file.section('.', 0, 0).toUtf8()) << file;
  }

  void honestModels() {
    const std::string name = QTest::currentDataTag();
    std::istringstream about(readFile(modelFolder() + "/" + name + ".shape"));
    ModelCall call;
    about >> call.integerTimes;
    for (std::int64_t length = 0; about >> length;) call.shape.push_back(length);
    const auto x = numbersIn<float>(modelFolder() + "/" + name + ".x");
    const auto t = numbersIn<double>(modelFolder() + "/" + name + ".t");
    const auto y = numbersIn<float>(modelFolder() + "/" + name + ".y");
    QCOMPARE(t.size(), std::size_t{12 * 5});
    ModelHost host(modelPath(name), shortLimits());
    for (std::size_t batch = 0; batch < 12; ++batch) {
      const auto numbers = static_cast<std::size_t>(call.numbers()) * 5;
      std::vector<float> out(numbers);
      host.evaluate(call, std::span(x).subspan(batch * numbers, numbers),
                    std::span(t).subspan(batch * 5, 5), out, {});
      QVERIFY(std::equal(out.begin(), out.end(), y.begin() + static_cast<long>(batch * numbers)));
    }
  }

  void thereAreEnoughHonestOnes() {
    QVERIFY(QDir(QString::fromStdString(modelFolder())).entryList({"*.shape"}).size() >= 18);
  }

  // More rows than one message holds.
  void largeBatchesAreCut() {
    ModelHost host(modelPath("plain"), shortLimits());
    std::vector<float> x(9001), y(9001);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i);
    host.evaluate({{1}, false}, x, std::vector<double>(9001, 1.0), y, {});
    QVERIFY(x == y);
    QCOMPARE(refusal([&] {
               host.evaluate({{2}, false}, x, std::vector<double>(1), y, {});
             }),
             std::string("model.shape: does not fit the numbers given to the model"));
  }

  // reliability.md, figure 4; alone on the machine told of within 100 ms and usable after 1.5 s.
  void aKilledHostIsToldOfAndStartedAnew() {
    ModelHost host(modelPath("loop"), [] {
      ModelLimits limits;
      limits.evaluateSeconds = 60;
      return limits;
    }());
    host.description({});
    std::string said;
    std::thread caller([&] { said = failureOf([&] { answerOf(host); }); });
    QTest::qWait(100);
    const std::vector<int> alive = hostsAlive();
    QCOMPARE(alive.size(), std::size_t{2});  // and a spare one
    QElapsedTimer timer;
    timer.start();
    for (const int id : alive)
      if (id == *std::min_element(alive.begin(), alive.end())) ::kill(id, SIGKILL);
    caller.join();
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(contains(said, "was killed"), said.c_str());
    timer.restart();
    host.description({});
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
  }

  void aStoppedHostHasADeadline() {
    ModelHost host(modelPath("plain"), shortLimits());
    answerOf(host);
    ::kill(host.processId(), SIGSTOP);
    QVERIFY(contains(failureOf([&] { answerOf(host); }), "no answer within 2 s"));
    QCOMPARE(answerOf(host).size(), std::size_t{8});
  }

  void callsAreCancelledAtOnce() {
    ModelHost host(modelPath("loop"), {});
    host.description({});
    std::stop_source stop;
    QElapsedTimer timer;
    std::thread stopper([&] {
      QTest::qSleep(100);
      timer.start();
      stop.request_stop();
    });
    QVERIFY_THROWS_EXCEPTION(Cancelled, answerOf(host, RunControl(stop.get_token())));
    QVERIFY(timer.elapsed() < 500);
    stopper.join();
    // The model is still at it; nobody waits for it long.
    std::stop_source again;
    again.request_stop();
    timer.restart();
    QVERIFY_THROWS_EXCEPTION(Cancelled, answerOf(host, RunControl(again.get_token())));
    QVERIFY(timer.elapsed() < 2000);
  }

  void noHostOutlivesItsOwner() {
    {
      ModelHost host(modelPath("plain"), shortLimits());
      answerOf(host);
      QCOMPARE(hostsAlive().size(), std::size_t{2});
    }
    QVERIFY(hostsAlive().empty());
  }

  void theProbeGuessesWhatAModelIs() {
    const auto probe = [](const char* name) {
      ModelHost host(modelPath(name), shortLimits());
      return probeModel(host, {}, {});
    };
    const ModelProbe noise = probe("plain");  // returns x: the noise itself
    QCOMPARE(noise.parametrisation, std::string("epsilon"));
    QVERIFY(agrees("correlation", noise.points.back().correlation, 1, 1e-9));
    QVERIFY(std::abs(noise.points.back().variance - 1) < 0.5);
    const ModelProbe image = probe("convolution");
    QCOMPARE(image.call.shape, (std::vector<std::int64_t>{1, 28, 28}));
    QCOMPARE(image.timeArgument, std::string("unit"));
    const ModelProbe embedded = probe("embedding");
    QCOMPARE(embedded.call.shape, std::vector<std::int64_t>{16});
    QCOMPARE(embedded.timeArgument, std::string("step"));
    QCOMPARE(embedded.steps, Index{10});
    ModelHost host(modelPath("score"), shortLimits());
    QCOMPARE(probeModel(host, {{3}}, {}).parametrisation, std::string("score"));
  }
};

QTEST_GUILESS_MAIN(ModelHostTest)
#include "model_host_test.moc"
