#include "core/export/atomic_file.hpp"
#include "tests/core/support.hpp"
#include "tests/faults/torture.hpp"

#include <QtCore/QTemporaryDir>

#include <chrono>
#include <csignal>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace separatrix;
using namespace separatrix::test;
namespace fs = std::filesystem;

// The writer that everything is saved by, when calls fail, the disk is full, or it is killed.
class AtomicFileTortureTest : public QObject {
  Q_OBJECT

private slots:
  void everyCallFails();
  void everyAllocationFails();
  void fileSizeLimitAtEveryCut();
  void fullDiskAtEveryPage();
  void killedWriters();
};

namespace {

Deed writing(const fs::path& folder, std::size_t size) {
  const std::string fresh(size, 'n');
  const fs::path path = folder / "data.csv";
  return {path, [=] { writeFileAtomically(path, fresh); }, "old,content\n1,2\n",
          [=](const std::string& content) { return content == fresh; }};
}

/// A document that is saved again and again: its size changes, and all of it tells its version.
std::string versionText(int version) {
  Document document{sceneFromJson(findSceneJson("two-deltas")), {}, {}};
  document.views["version"] = version;
  const auto size = static_cast<std::size_t>(1 + version * 7919 % 200000);
  document.views["filler"] = std::string(size, static_cast<char>('a' + version % 26));
  return canonicalText(documentToJson(document));
}

/// The version of what is in the file; −1 if it is not one whole version.
int versionIn(const fs::path& path) {
  try {
    const std::string text = contentOf(path);
    const int version = parseJson(text, "file").at("views").at("version").get<int>();
    return versionText(version) == text ? version : -1;
  } catch (const std::exception&) {
    return -1;
  }
}

struct Writer {
  pid_t process = 0;
  int acknowledgements = -1;
};

/// A child that saves version after version and tells each once it is saved.
Writer startWriter(const fs::path& path, int version) {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    for (;; ++version) {
      writeFileAtomically(path, versionText(version));
      if (::write(ends[1], &version, sizeof version) != sizeof version) ::_exit(1);
    }
  }
  ::close(ends[1]);
  return {child, ends[0]};
}

/// The last version that the writer told of before it died; `last` if it told of none.
int lastAcknowledged(const Writer& writer, int last) {
  int version = 0;
  while (::read(writer.acknowledgements, &version, sizeof version) == sizeof version)
    last = version;
  ::close(writer.acknowledgements);
  return last;
}

/// Leftovers younger than a minute stay; makes them older.
void age(const fs::path& folder) {
  for (const std::string& name : namesIn(folder))
    fs::last_write_time(folder / name, fs::last_write_time(folder / name) - std::chrono::hours(1));
}

}  // namespace

void AtomicFileTortureTest::everyCallFails() {
  const ScratchFolder folder;
  const Torture torture = tortureCalls(writing(folder.path, 300000));
  QCOMPARE(torture.problems, std::string());
  // open, write, sync, rename and close of the file, each with five causes; a write and a sync that
  // are interrupted may go on instead, and the folder's own open and sync may fail.
  QVERIFY(torture.struck >= 30 && torture.refused >= 20);
}

void AtomicFileTortureTest::everyAllocationFails() {
  const ScratchFolder folder;
  const Torture torture = tortureAllocations(writing(folder.path, 100));
  QCOMPARE(torture.problems, std::string());
  QVERIFY(torture.refused >= 5);
}

void AtomicFileTortureTest::fileSizeLimitAtEveryCut() {
  const ScratchFolder folder;
  constexpr int kCuts = 120;
  const Torture torture = tortureSizes(writing(folder.path, 300000), 300000, kCuts);
  QCOMPARE(torture.problems, std::string());
  QCOMPARE(torture.refused, kCuts);
}

// Without the right to mount a disk (no root, or a container) the limit on a file's size stands in.
void AtomicFileTortureTest::fullDiskAtEveryPage() {
  const SmallDisk disk;
  constexpr std::size_t kSize = 400000;
  const Deed deed = writing(disk.folder(), kSize);
  const Torture torture =
      disk.mounted() ? tortureDisk(deed, disk, kSize) : tortureSizes(deed, kSize, 98);
  QCOMPARE(torture.problems, std::string());
  QCOMPARE(torture.struck, 98);
  QCOMPARE(torture.refused, 98);
}

void AtomicFileTortureTest::killedWriters() {
  const QTemporaryDir disk;  // where syncing takes its time, so that many are killed in it
  const fs::path folder = disk.path().toStdString(), path = folder / "document.json";
  std::mt19937 random(10);
  std::uniform_int_distribution<int> microseconds(0, 12000);
  const int rounds = 40 * tortureFactor();
  int version = 0, torn = 0, lost = 0, interrupted = 0;
  writeFileAtomically(path, versionText(version));
  int round = 0;
  for (; round < rounds || (interrupted == 0 && round < 20 * rounds); ++round) {
    const std::size_t before = namesIn(folder).size();
    const Writer writer = startWriter(path, version + 1);
    QVERIFY(writer.process > 0);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    ::kill(writer.process, SIGKILL);
    ::waitpid(writer.process, nullptr, 0);
    const int acknowledged = lastAcknowledged(writer, version);
    const int found = versionIn(path);
    if (found < 0) ++torn;
    if (found != acknowledged && found != acknowledged + 1) ++lost;
    if (namesIn(folder).size() > before) ++interrupted;
    version = std::max(found, acknowledged);
  }
  qInfo("%d writers killed, %d of them in the middle; %d versions saved", round, interrupted,
        version);
  QCOMPARE(torn, 0);
  QCOMPARE(lost, 0);
  QVERIFY(interrupted > 0);
  age(folder);
  writeFileAtomically(path, "the next save");
  QCOMPARE(namesIn(folder), std::vector<std::string>{"document.json"});
}

QTEST_APPLESS_MAIN(AtomicFileTortureTest)
#include "atomic_file_torture_test.moc"
