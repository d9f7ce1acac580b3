#include "ui/compute/latest_job.hpp"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace separatrix;

namespace {

/// Blocks until released or stopped.
int waitFor(const std::atomic<bool>& released, const RunControl& control, int value) {
  while (!released) {
    control.checkpoint();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return value;
}

}  // namespace

class LatestJobTest : public QObject {
  Q_OBJECT

private slots:
  void deliversOnTheGuiThread() {
    std::thread::id worker, receiver;
    LatestJob<int> job(Priority::interactive, {});
    int received = 0;
    job.start(
        [&](const RunControl&) {
          worker = std::this_thread::get_id();
          return 42;
        },
        [&](int value) {
          receiver = std::this_thread::get_id();
          received = value;
        });
    QTRY_COMPARE(received, 42);
    QVERIFY(receiver == std::this_thread::get_id());
    QVERIFY(worker != receiver);
  }

  void newestOfThoseWaitingWins() {
    std::atomic<bool> released{false};
    QList<int> received;
    LatestJob<int> job(Priority::interactive, {});
    for (int i = 1; i <= 5; ++i)
      job.start([&, i](const RunControl& c) { return waitFor(released, c, i); },
                [&](int value) { received << value; });
    released = true;
    QTRY_COMPARE(received.size(), 2);
    QCOMPARE(received, QList<int>({1, 5}));
    QVERIFY(!job.busy());
  }

  void cancelPolicyStopsTheRunningOne() {
    std::atomic<bool> never{false}, released{true};
    QList<int> received;
    LatestJob<int> job(Priority::background, {});
    job.start([&](const RunControl& c) { return waitFor(never, c, 1); },
              [&](int value) { received << value; });
    job.start([&](const RunControl& c) { return waitFor(released, c, 2); },
              [&](int value) { received << value; }, WhenSuperseded::cancel);
    QTRY_COMPARE(received, QList<int>({2}));
  }

  void failureIsReportedAndTheNextOneRuns() {
    QString problem;
    int received = 0;
    LatestJob<int> job(Priority::interactive,
                       {[&](const QString& message) { problem = message; }, {}, {}});
    job.start([](const RunControl&) -> int { throw std::runtime_error("no disk"); },
              [&](int value) { received = value; });
    QTRY_COMPARE(problem, QString("no disk"));
    QCOMPARE(received, 0);
    job.start([](const RunControl&) { return 7; }, [&](int value) { received = value; });
    QTRY_COMPARE(received, 7);
  }

  void destructionCancelsAndSilences() {
    std::atomic<bool> never{false}, stopped{false};
    int received = 0;
    {
      LatestJob<int> job(Priority::interactive, {});
      job.start(
          [&](const RunControl& control) {
            try {
              return waitFor(never, control, 1);
            } catch (const Cancelled&) {
              stopped = true;
              throw;
            }
          },
          [&](int value) { received = value; });
      QTest::qWait(20);
    }
    QTRY_VERIFY(stopped);
    QTest::qWait(20);
    QCOMPARE(received, 0);
  }

  void progressArrivesAndIdleComesLast() {
    QList<double> fractions;
    int idle = 0;
    LatestJob<int> job(Priority::interactive,
                       {{}, [&](double fraction) { fractions << fraction; }, [&] { ++idle; }});
    job.start(
        [](const RunControl& control) {
          for (int i = 1; i <= 1000; ++i) control.progress(i / 1000.0);
          return 0;
        },
        [](int) {});
    QTRY_COMPARE(idle, 1);
    QCOMPARE(fractions.last(), 1.0);
    QVERIFY(fractions.size() < 100);  // throttled
  }
};

QTEST_GUILESS_MAIN(LatestJobTest)
#include "latest_job_test.moc"
