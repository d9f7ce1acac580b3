#include "core/runtime/parallel_for.hpp"

#include "tests/core/support.hpp"

#include <atomic>
#include <chrono>
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
  void usesAsManyThreadsAsAllowed();
  void prioritiesRunTheWork();
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
  for (int i = 0; i < 20; ++i) {
    const auto threads = threadsUsed();
    QCOMPARE(threads.size(), std::size_t{1});
    QVERIFY(threads.contains(std::this_thread::get_id()));
  }
  QVERIFY(contains(refusal([] { const ThreadLimit none(0); }), "threads: 0"));
}

// Each task waits until all are there, which only as many threads as tasks can bring about; after
// a limit of one thread too, and more threads than cores.
void ParallelForTest::usesAsManyThreadsAsAllowed() {
  for (const int threads : {1, 2, 3, 4, 2}) {
    const ThreadLimit limit(threads);
    std::atomic<int> arrived{0};
    parallelFor(threads, [&](Index) {
      ++arrived;
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
      while (arrived < threads && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
      if (arrived < threads) throw Failure("a thread did not come");
    });
    QCOMPARE(arrived.load(), threads);
  }
}

void ParallelForTest::prioritiesRunTheWork() {
  for (const Priority priority : {Priority::interactive, Priority::background}) {
    std::atomic<int> calls{0};
    runWithPriority(priority, [&] { parallelFor(50, [&](Index) { ++calls; }); });
    QCOMPARE(calls.load(), 50);
  }
}

QTEST_APPLESS_MAIN(ParallelForTest)
#include "parallel_for_test.moc"
