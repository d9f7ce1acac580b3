#include "core/runtime/parallel_for.hpp"

#include "core/runtime/run_control.hpp"
#include "tests/core/support.hpp"

#include <atomic>
#include <set>
#include <thread>
#include <vector>

using namespace separatrix;
using namespace separatrix::test;

class ParallelForTest : public QObject {
  Q_OBJECT

private slots:
  void callsEachIndexOnce();
  void rethrowsWhatATaskThrows();
  void nests();
  void limitsThreads();
  void prioritiesRunTheWork();
  void runControlReportsAndStops();
};

void ParallelForTest::callsEachIndexOnce() {
  for (const Index count : {0, 1, 2, 1000}) {
    std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));
    parallelFor(count, [&](Index i) { ++calls[static_cast<std::size_t>(i)]; });
    for (const auto& number : calls) QCOMPARE(number.load(), 1);
  }
}

void ParallelForTest::rethrowsWhatATaskThrows() {
  for (const Index count : {1, 100}) {
    std::string message;
    try {
      parallelFor(count, [&](Index i) {
        if (i == count / 2) throw Failure("task " + std::to_string(i));
      });
    } catch (const Failure& failure) {
      message = failure.what();
    }
    QCOMPARE(message, "task " + std::to_string(count / 2));
  }
}

void ParallelForTest::nests() {
  std::atomic<int> calls{0};
  parallelFor(10, [&](Index) { parallelFor(10, [&](Index) { ++calls; }); });
  QCOMPARE(calls.load(), 100);
}

void ParallelForTest::limitsThreads() {
  const ThreadLimit limit(1);
  const auto threadsUsed = [] {
    std::vector<std::thread::id> ids(200);
    parallelFor(200,
                [&](Index i) { ids[static_cast<std::size_t>(i)] = std::this_thread::get_id(); });
    return std::set<std::thread::id>(ids.begin(), ids.end());
  };
  // TBB lets a worker that is still awake from an earlier loop finish its turn.
  QTRY_COMPARE(threadsUsed().size(), std::size_t{1});
  for (int i = 0; i < 20; ++i) {
    const auto threads = threadsUsed();
    QCOMPARE(threads.size(), std::size_t{1});
    QVERIFY(threads.contains(std::this_thread::get_id()));
  }
  QVERIFY(contains(refusal([] { const ThreadLimit none(0); }), "threads: 0"));
}

void ParallelForTest::prioritiesRunTheWork() {
  for (const Priority priority : {Priority::interactive, Priority::background}) {
    std::atomic<int> calls{0};
    runWithPriority(priority, [&] { parallelFor(50, [&](Index) { ++calls; }); });
    QCOMPARE(calls.load(), 50);
  }
}

void ParallelForTest::runControlReportsAndStops() {
  std::stop_source source;
  double reported = 0;
  const RunControl control(source.get_token(), [&](double fraction) { reported = fraction; });
  control.checkpoint();
  control.progress(0.5);
  QCOMPARE(reported, 0.5);
  QVERIFY(!control.stopRequested());
  source.request_stop();
  QVERIFY(control.stopRequested());
  QVERIFY_THROWS_EXCEPTION(Cancelled, control.checkpoint());
  const RunControl nobody;  // reports to nobody, never stops
  nobody.progress(0.1);
  nobody.publish(nullptr);
  QVERIFY(!nobody.stopRequested());
}

QTEST_APPLESS_MAIN(ParallelForTest)
#include "parallel_for_test.moc"
