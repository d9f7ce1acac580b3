#include "core/export/guarded_write.hpp"

#include "core/export/file_lock.hpp"
#include "tests/core/support.hpp"

#include <QTemporaryDir>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace separatrix;
using namespace separatrix::test;

namespace {

bool refusesToWrite(const std::string& path, const std::string& bytes, const FileContent& expected,
                    std::string* message = nullptr) {
  try {
    writeFileIfUnchanged(path, bytes, expected);
  } catch (const ChangedMeanwhile& problem) {
    if (message != nullptr) *message = problem.what();
    return true;
  }
  return false;
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

class GuardedWriteTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir m_folder;
  std::string path(const char* name) { return m_folder.filePath(name).toStdString(); }

private slots:
  void contentIsKnownByItsBytes() {
    // FIPS 180-4's own example.
    const FileContent abc = FileContent::of("abc");
    QCOMPARE(abc.size, std::uint64_t{3});
    QCOMPARE(abc.sha256,
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QVERIFY(FileContent::of("abd") != abc);
  }

  void writesWhatNobodyChanged() {
    const std::string file = path("mine.json");
    write(file, "first");
    writeFileIfUnchanged(file, "second", FileContent::of("first"));
    QCOMPARE(readFile(file), std::string("second"));
    std::filesystem::remove(file);
    writeFileIfUnchanged(file, "third", FileContent::of("second"));  // gone: nothing to lose
    QCOMPARE(readFile(file), std::string("third"));
  }

  void leavesWhatSomebodyChanged() {
    const std::string file = path("theirs.json");
    write(file, "other");  // as long as what was seen
    std::string message;
    QVERIFY(refusesToWrite(file, "mine", FileContent::of("first"), &message));
    QCOMPARE(readFile(file), std::string("other"));
    QVERIFY(contains(message, file));
    QVERIFY(contains(message, "overwrite"));
  }

  void ofTwoWritersOneIsTold() {
    const std::string file = path("both.json");
    for (int round = 0; round < 50; ++round) {
      write(file, "seen");
      std::atomic<int> refused{0};
      const auto writer = [&](const std::string& bytes) {
        if (refusesToWrite(file, bytes, FileContent::of("seen"))) ++refused;
      };
      std::thread one(writer, "one"), two(writer, "two");
      one.join();
      two.join();
      QCOMPARE(refused.load(), 1);
      const std::string held = readFile(file);
      QVERIFY(held == "one" || held == "two");
    }
  }

  void lockIsHeldByOne() {
    const std::string file = path("a.lock");
    std::optional<FileLock> first = FileLock::tryFile(file);
    QVERIFY(first);
    QVERIFY(!FileLock::tryFile(file));
    first.reset();
    QVERIFY(FileLock::tryFile(file));
  }

  void lockOfARemovedFileKeepsNobodyOut() {
    const std::string file = path("b.lock");
    const std::optional<FileLock> old = FileLock::tryFile(file);
    QVERIFY(old);
    std::filesystem::remove(file);
    const std::optional<FileLock> fresh = FileLock::tryFile(file);
    QVERIFY(fresh);
    QVERIFY(!FileLock::tryFile(file));
  }
};

QTEST_APPLESS_MAIN(GuardedWriteTest)
#include "guarded_write_test.moc"
