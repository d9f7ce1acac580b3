#include "tests/models/support.hpp"

#include <cstring>

using namespace separatrix;
using namespace separatrix::test;

/// reliability.md, figures 2 and 4: models and hosts that are broken in every way.
class HostTortureTest : public QObject {
  Q_OBJECT

private slots:
  void strangersThatSpeakNonsense() {
    const int count = torture(200);
    int refused = 0;
    for (int i = 0; i < count; ++i) {
      ModelLimits limits = shortLimits();
      limits.startSeconds = limits.loadSeconds = limits.evaluateSeconds = 0.05;
      ModelHost host(modelPath("plain"), limits, garbageHost());
      try {
        answerOf(host);
      } catch (const Failure&) {
        ++refused;
      }
    }
    QVERIFY(refused > 0.9 * count);
    QVERIFY(hostsAlive().empty());
  }

  // reliability.md, figure 2.
  void mutatedModels() {
    const std::string good = readFile(modelPath("convolution"));
    std::mt19937_64 random(7);
    QTemporaryDir folder;
    const std::string path = folder.filePath("mutant.pt").toStdString();
    int failed = 0;
    const int count = torture(12);
    for (int i = 0; i < count; ++i) {
      std::string bytes = good;
      const int changes = 1 + static_cast<int>(random() % 8);
      for (int k = 0; k < changes; ++k) {
        const std::size_t at = random() % bytes.size();
        if (random() % 4 == 0)
          bytes.erase(at, random() % 64);
        else
          bytes[at] = static_cast<char>(random());
      }
      std::ofstream(path, std::ios::binary) << bytes;
      ModelHost host(path, shortLimits());
      std::vector<float> x(128, 0.5f), y(128);
      try {
        host.evaluate({{1, 8, 8}, false}, x, std::vector<double>{1, 2}, y, {});
      } catch (const Failure& failure) {
        ++failed;
        QVERIFY(std::strchr(failure.what(), '\n') == nullptr);
      }
    }
    QVERIFY(failed > 0);
    QVERIFY(hostsAlive().empty());
  }

private:
  static int torture(int usual) {
    return usual * std::max(1, qEnvironmentVariableIntValue("SEPARATRIX_TORTURE"));
  }
};

QTEST_GUILESS_MAIN(HostTortureTest)
#include "host_torture_test.moc"
