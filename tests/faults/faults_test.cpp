#include "core/runtime/errors.hpp"
#include "tests/faults/torture.hpp"

#include <QtTest/QtTest>

#include <cerrno>
#include <fstream>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace separatrix;
using namespace separatrix::test;

// That the faults happen, and that the tortures see what is done wrong.
class FaultsTest : public QObject {
  Q_OBJECT

private slots:
  void callsFailOnceAndAreCounted();
  void shortCalls();
  void otherCallsAndThreadsGoOn();
  void allocationsFail();
  void carelessWritersAreCaught();
};

namespace {

std::string written(const std::filesystem::path& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd < 0) return "open";
  const ssize_t size = ::write(fd, text.data(), text.size());
  if (size != static_cast<ssize_t>(text.size())) {
    ::close(fd);
    return "write";
  }
  if (::fsync(fd) != 0) return ::close(fd) == 0 ? "sync" : "";
  return ::close(fd) == 0 ? "" : "close";
}

}  // namespace

void FaultsTest::callsFailOnceAndAreCounted() {
  const ScratchFolder folder;
  const auto path = folder.path / "file";
  const std::vector<std::pair<Call, std::string>> steps = {
      {Call::open, "open"}, {Call::write, "write"}, {Call::sync, "sync"}, {Call::close, "close"}};
  for (const auto& [kind, name] : steps) {
    const FailingCall fault(kind, 2, EDQUOT);
    QCOMPARE(written(path, "one"), std::string());
    QVERIFY(!fault.struck());
    QCOMPARE(written(path, "two"), name);
    QCOMPARE(errno, EDQUOT);
    QVERIFY(fault.struck());
    QCOMPARE(written(path, "three"), std::string());
  }
  const FailingCall fault(Call::mkdir, 1, EROFS);
  QCOMPARE(::mkdir((folder.path / "sub").c_str(), 0700), -1);
  QCOMPARE(errno, EROFS);
  QVERIFY(!std::filesystem::exists(folder.path / "sub"));
}

void FaultsTest::shortCalls() {
  const ScratchFolder folder;
  const auto path = folder.path / "file";
  {
    const FailingCall fault(Call::write, 1, 0);
    QCOMPARE(written(path, "seven b"), std::string("write"));
  }
  QCOMPARE(contentOf(path), std::string("seve"));
  const FailingCall fault(Call::rename, 1, EIO);
  QCOMPARE(::rename(path.c_str(), (folder.path / "other").c_str()), -1);
  QCOMPARE(::unlink(path.c_str()), 0);
  QVERIFY(namesIn(folder.path).empty());
}

void FaultsTest::otherCallsAndThreadsGoOn() {
  const ScratchFolder folder;
  const FailingCall fault(Call::open, 1, EIO);
  std::string other = "not run";
  std::thread([&] { other = written(folder.path / "file", "x"); }).join();
  QCOMPARE(other, std::string());
  QVERIFY(!fault.struck());
  QCOMPARE(written(folder.path / "file", "x"), std::string("open"));
}

void FaultsTest::allocationsFail() {
  const FailingAllocation fault(2);
  auto first = std::make_unique<std::vector<int>>();
  bool thrown = false;
  try {
    first->resize(100);
  } catch (const std::bad_alloc&) {
    thrown = true;
  }
  first->resize(100);
  QVERIFY(thrown && fault.struck());
  QCOMPARE(fault.count(), 3L);
}

void FaultsTest::carelessWritersAreCaught() {
  const ScratchFolder folder;
  const auto path = folder.path / "file";
  const auto deedOf = [&](std::function<void()> run) {
    return Deed{path, std::move(run), "old",
                [](const std::string& content) { return content == "new"; }};
  };
  const auto problemsOf = [&](std::function<void()> run) {
    return QString::fromStdString(tortureCalls(deedOf(std::move(run))).problems);
  };
  const auto careless = problemsOf([&] { written(path, "new"); });
  QVERIFY(careless.contains("call 1 of kind 2, Input/output error: the file is neither old"));
  const auto vague = problemsOf([&] {
    if (!written(path, "new").empty()) throw Failure("it did not work");
  });
  QVERIFY(vague.contains("not a clear message"));
  const auto littering = problemsOf([&] {
    if (written(path.string() + "2", "new").empty())
      ::rename((path.string() + "2").c_str(), path.c_str());
  });
  QVERIFY(littering.contains("left something in the folder"));
  const auto leaking = problemsOf([&] {
    const int fd = ::open("/dev/null", O_RDONLY);
    if (!written(path, "new").empty()) return;
    ::close(fd);
  });
  QVERIFY(leaking.contains("left a descriptor open"));
  const Torture ending = tortureAllocations(
      deedOf([&]() noexcept { written(path, std::string(100, 'x').substr(0, 3)); }));
  QVERIFY(QString::fromStdString(ending.problems).contains("allocation 1: ended the program"));
}

QTEST_APPLESS_MAIN(FaultsTest)
#include "faults_test.moc"
