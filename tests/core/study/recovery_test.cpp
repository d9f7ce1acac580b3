#include "core/study/recovery.hpp"

#include "tests/core/support.hpp"

#include <QTemporaryDir>

#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

using namespace separatrix;
using namespace separatrix::test;

namespace fs = std::filesystem;

namespace {

UnsavedWork someWork(const std::string& name) {
  return {findDocument(presets(), "two-deltas")->json, name, "/somewhere/" + name + ".json",
          FileContent::of("as it was")};
}

std::vector<AbandonedWork> taken(const fs::path& folder) {
  std::vector<std::string> damaged;
  return takeAbandonedWork(folder, damaged);
}

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

class RecoveryTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<QTemporaryDir> m_home;
  fs::path m_folder;

private slots:
  void init() {
    m_home = std::make_unique<QTemporaryDir>();
    m_folder = fs::path(m_home->path().toStdString()) / "recovery";
  }

  void nothingIsAbandonedAtFirst() {
    QVERIFY(taken(m_folder).empty());
    const RecoverySlot unused(m_folder);
    QVERIFY(!fs::exists(m_folder));
  }

  void workOfALivingWindowIsItsOwn() {
    RecoverySlot slot(m_folder);
    slot.keep(someWork("mine"));
    QVERIFY(taken(m_folder).empty());
  }

  void whatAKilledProcessLeftIsFoundOnce() {
    const pid_t child = ::fork();
    if (child == 0) {
      RecoverySlot slot(m_folder);
      slot.keep(someWork("earlier"));
      slot.keep(someWork("later"));
      ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));

    const std::vector<AbandonedWork> found = taken(m_folder);
    QCOMPARE(found.size(), std::size_t{1});
    const UnsavedWork expected = someWork("later");
    QCOMPARE(found[0].work.name, expected.name);
    QCOMPARE(found[0].work.file, expected.file);
    QVERIFY(found[0].work.seen == expected.seen);
    QVERIFY(found[0].work.document == expected.document);
    QVERIFY(taken(m_folder).empty());  // it has a new owner
  }

  void untouchedWorkStaysForTheNext() {
    { RecoverySlot(m_folder).keep(someWork("kept")); }
    { QCOMPARE(taken(m_folder).size(), std::size_t{1}); }  // taken and left again
    QCOMPARE(taken(m_folder).size(), std::size_t{1});
  }

  void savedWorkLeavesNothing() {
    RecoverySlot slot(m_folder);
    slot.keep(someWork("saved"));
    QCOMPARE(filesIn(m_folder), std::size_t{2});
    slot.clear();
    QCOMPARE(filesIn(m_folder), std::size_t{0});
    slot.keep(someWork("again"));
    slot.close();
    slot.keep(someWork("too late"));
    QCOMPARE(filesIn(m_folder), std::size_t{0});
  }

  void adoptedSlotIsContinued() {
    { RecoverySlot(m_folder).keep(someWork("before")); }
    std::vector<AbandonedWork> found = taken(m_folder);
    found[0].slot->keep(someWork("after"));
    found.clear();
    found = taken(m_folder);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].work.name, std::string("after"));
  }

  void damagedFileIsNamedAndLeft() {
    fs::create_directories(m_folder);
    const fs::path file = m_folder / "1-0.json";
    for (const char* text : {"", "{", "[]", R"({"separatrix-recovery": 2})",
                             R"({"separatrix-recovery": 1, "name": 3})"}) {
      std::ofstream(file) << text;
      std::vector<std::string> damaged;
      QVERIFY(takeAbandonedWork(m_folder, damaged).empty());
      QCOMPARE(damaged, std::vector<std::string>{file.string()});
      QCOMPARE(readFile(file.string()), std::string(text));
    }
  }

  void newestComesFirst() {
    using namespace std::chrono_literals;
    { RecoverySlot(m_folder).keep(someWork("old")); }
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder))
      fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - 1h);
    { RecoverySlot(m_folder).keep(someWork("new")); }
    const std::vector<AbandonedWork> found = taken(m_folder);
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].work.name, std::string("new"));
    QCOMPARE(found[1].work.name, std::string("old"));
  }

  void unwritableFolderIsSaid() {
    fs::create_directories(m_home->path().toStdString());
    std::ofstream(m_folder) << "a file where the folder should be";
    RecoverySlot slot(m_folder);
    QVERIFY_EXCEPTION_THROWN(slot.keep(someWork("lost")), Failure);
  }
};

QTEST_APPLESS_MAIN(RecoveryTest)
#include "recovery_test.moc"
