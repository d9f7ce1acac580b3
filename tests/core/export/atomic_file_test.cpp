#include "core/export/atomic_file.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <filesystem>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace separatrix;
using namespace separatrix::test;
namespace fs = std::filesystem;

class AtomicFileTest : public QObject {
  Q_OBJECT

private slots:
  void writesNewFiles();
  void replacesAndKeepsTheMode();
  void followsLinks();
  void namesPathAndRemedy_data();
  void namesPathAndRemedy();
  void foldersThatMayNotBeWritten();
  void specialFilesAreWrittenInPlace();
  void fileSizeLimitAtEveryCut();
  void fullDiskAtEveryCut();
  void oneWriterAmongMany();
};

namespace {

struct Folder {
  QTemporaryDir temporary;
  fs::path path = temporary.path().toStdString();
  /// Names in it, sorted: nothing but what a test put there may be left.
  std::string names() const {
    std::string out;
    for (const QString& name :
         QDir(temporary.path())
             .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
      out += name.toStdString() + " ";
    return out;
  }
};

std::string failure(const fs::path& path, std::string_view bytes = "data") {
  try {
    writeFileAtomically(path, bytes);
  } catch (const Failure& error) {
    return error.what();
  }
  return {};
}

mode_t modeOf(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? (status.st_mode & 07777) : 0;
}

/// What one attempt to replace "old" by `size` bytes in `folder` left behind.
enum Verdict { kept = 1, replaced = 2, torn = 3, littered = 4, silent = 5 };

Verdict attempt(const fs::path& folder, std::size_t size) {
  const fs::path target = folder / "data.csv";
  const std::string old = "old,content\n1,2\n", fresh(size, 'n');
  std::string message;
  try {
    writeFileAtomically(target, fresh);
  } catch (const Failure& error) {
    message = error.what();
  }
  const std::string now = readFile(target.string());
  const auto files = std::distance(fs::directory_iterator(folder), fs::directory_iterator());
  if (files != 1) return littered;
  if (message.empty()) return now == fresh ? replaced : torn;
  if (now != old) return torn;
  const bool clear = message.find(target.string()) != std::string::npos &&
                     message.find("free some space") != std::string::npos;
  return clear ? kept : silent;
}

/// Runs `attempt` in a child that may write files of at most `limit` bytes.
Verdict attemptWithLimit(const fs::path& folder, std::size_t size, rlim_t limit) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit bounds{limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &bounds);
    ::_exit(attempt(folder, size));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? static_cast<Verdict>(WEXITSTATUS(status)) : torn;
}

/// A disk of 1 MiB mounted at a folder, where that is allowed.
struct SmallDisk {
  fs::path path;
  bool mounted;

  explicit SmallDisk(const fs::path& where)
      : path(where),
        mounted(::mount("tmpfs", where.c_str(), "tmpfs", 0, "size=1m,mode=755") == 0) {}
  ~SmallDisk() {
    if (mounted) ::umount(path.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
};

/// Leaves about `room` bytes of the small disk.
bool fillAllBut(const fs::path& filler, std::size_t room) {
  constexpr std::size_t kDisk = 1 << 20, kPage = 4096;
  const std::string bytes(kDisk - 4 * kPage - room / kPage * kPage, 'f');
  QFile file(QString::fromStdString(filler.string()));
  return file.open(QIODevice::WriteOnly) &&
         file.write(bytes.data(), static_cast<qint64>(bytes.size())) ==
             static_cast<qint64>(bytes.size()) &&
         file.flush();
}

void writeOld(const fs::path& folder) {
  QFile file(QString::fromStdString((folder / "data.csv").string()));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write("old,content\n1,2\n");
}

}  // namespace

void AtomicFileTest::writesNewFiles() {
  const Folder folder;
  std::string bytes("a\0b\r\n", 5);
  for (int i = 0; i < 20; ++i) bytes += bytes.substr(0, 100000);
  for (const std::string& content : {std::string(), std::string("x"), bytes}) {
    writeFileAtomically(folder.path / "new", content);
    QCOMPARE(readFile((folder.path / "new").string()), content);
    QCOMPARE(folder.names(), std::string("new "));
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  QCOMPARE(modeOf(folder.path / "new"), mode_t{0666} & ~mask);
  // A relative name without a folder.
  const fs::path before = fs::current_path();
  fs::current_path(folder.path);
  const std::string message = failure("relative");
  fs::current_path(before);
  QCOMPARE(message, std::string());
  QCOMPARE(readFile((folder.path / "relative").string()), std::string("data"));
}

void AtomicFileTest::replacesAndKeepsTheMode() {
  const Folder folder;
  const fs::path path = folder.path / "file";
  writeFileAtomically(path, "one");
  for (const mode_t mode : {0600, 0644, 0755}) {
    QCOMPARE(::chmod(path.c_str(), mode), 0);
    writeFileAtomically(path, "two");
    QCOMPARE(modeOf(path), mode);
  }
  QCOMPARE(readFile(path.string()), std::string("two"));
  // Somebody who reads the old file goes on reading it whole.
  const int reader = ::open(path.c_str(), O_RDONLY);
  writeFileAtomically(path, "three");
  char buffer[8] = {};
  QCOMPARE(::read(reader, buffer, 8), ssize_t{3});
  ::close(reader);
  QCOMPARE(std::string(buffer), std::string("two"));
}

void AtomicFileTest::followsLinks() {
  const Folder folder;
  fs::create_directory(folder.path / "elsewhere");
  writeFileAtomically(folder.path / "elsewhere" / "real", "old");
  fs::create_symlink("elsewhere/real", folder.path / "link");
  fs::create_symlink("link", folder.path / "link2");
  writeFileAtomically(folder.path / "link2", "new");
  QVERIFY(fs::is_symlink(folder.path / "link") && fs::is_symlink(folder.path / "link2"));
  QCOMPARE(readFile((folder.path / "elsewhere/real").string()), std::string("new"));
  fs::create_directory_symlink("elsewhere", folder.path / "folder");
  writeFileAtomically(folder.path / "folder" / "other", "x");
  QCOMPARE(readFile((folder.path / "elsewhere/other").string()), std::string("x"));
}

void AtomicFileTest::namesPathAndRemedy_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("remedy");
  QTest::newRow("missing folder") << "missing/file"
                                  << "create the folder first";
  QTest::newRow("missing, with slash") << "missing/"
                                       << "create the folder first";
  QTest::newRow("folder") << "sub"
                          << "give a file name, not a folder";
  QTest::newRow("folder, with slash") << "sub/"
                                      << "give a file name, not a folder";
  QTest::newRow("the folder itself") << "."
                                     << "give a file name, not a folder";
  QTest::newRow("below a file") << "file/below"
                                << "create the folder first";
  QTest::newRow("long name") << QString(300, 'n') << "choose another";
}

void AtomicFileTest::namesPathAndRemedy() {
  QFETCH(QString, name);
  QFETCH(QString, remedy);
  const Folder folder;
  fs::create_directory(folder.path / "sub");
  writeFileAtomically(folder.path / "file", "kept");
  const fs::path path = folder.path / name.toStdString();
  const std::string message = failure(path);
  QVERIFY(contains(message, "cannot write " + path.string()));
  QVERIFY(contains(message, remedy.toStdString()));
  QVERIFY(message.find('\n') == std::string::npos);
  QCOMPARE(folder.names(), std::string("file sub "));
  QCOMPARE(readFile((folder.path / "file").string()), std::string("kept"));
}

// Root may write anywhere, so a child gives up being root first.
void AtomicFileTest::foldersThatMayNotBeWritten() {
  const Folder folder;
  writeFileAtomically(folder.path / "file", "kept");
  QCOMPARE(::chmod((folder.path / "file").c_str(), 0444), 0);
  QCOMPARE(::chmod(folder.path.c_str(), 0555), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(9);
    const std::string one = failure(folder.path / "new");
    const std::string two = failure(folder.path / "file");
    const bool clear = one.find("choose a folder you may write to") != std::string::npos &&
                       two.find("choose a folder you may write to") != std::string::npos;
    ::_exit(clear ? 1 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  QVERIFY(WIFEXITED(status));
  QCOMPARE(WEXITSTATUS(status), 1);
  QCOMPARE(::chmod(folder.path.c_str(), 0755), 0);
  QCOMPARE(folder.names(), std::string("file "));
  QCOMPARE(readFile((folder.path / "file").string()), std::string("kept"));
}

void AtomicFileTest::specialFilesAreWrittenInPlace() {
  const std::string message = failure("/dev/full");
  QVERIFY(contains(message, "cannot write /dev/full"));
  QVERIFY(contains(message, "free some space"));
  QCOMPARE(failure("/dev/null"), std::string());
  QVERIFY(fs::is_character_file("/dev/null") && fs::is_character_file("/dev/full"));
  const Folder folder;
  const fs::path pipe = folder.path / "pipe";
  QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  writeFileAtomically(pipe, "through");
  char buffer[16] = {};
  QCOMPARE(::read(reader, buffer, 16), ssize_t{7});
  ::close(reader);
  QVERIFY(fs::is_fifo(pipe));
}

void AtomicFileTest::fileSizeLimitAtEveryCut() {
  const Folder folder;
  writeOld(folder.path);
  constexpr std::size_t kSize = 300000;
  int cuts = 0;
  for (rlim_t limit = 0; limit < kSize; limit += 1 + limit / 8 + 100) {
    QCOMPARE(attemptWithLimit(folder.path, kSize, limit), kept);
    ++cuts;
  }
  QCOMPARE(attemptWithLimit(folder.path, kSize, kSize - 1), kept);
  QVERIFY(cuts >= 50);
  QCOMPARE(attemptWithLimit(folder.path, kSize, kSize), replaced);
}

// A disk of its own that is filled up to each of many levels. Without the right to mount one (no
// root, or a container) the limit on the file's size stands in for it.
void AtomicFileTest::fullDiskAtEveryCut() {
  const Folder folder;
  const SmallDisk disk(folder.path);
  constexpr std::size_t kSize = 400000;
  constexpr int kCuts = 60;
  writeOld(folder.path);
  int good = 0;
  for (int cut = 0; cut < kCuts; ++cut) {
    const std::size_t room = static_cast<std::size_t>(cut) * (kSize - 30000) / kCuts;
    if (!disk.mounted) {
      good += attemptWithLimit(folder.path, kSize, room) == kept ? 1 : 0;
      continue;
    }
    const fs::path filler = folder.path / "filler";
    QVERIFY(fillAllBut(filler, room));
    const std::string message = failure(folder.path / "data.csv", std::string(kSize, 'n'));
    const bool whole = readFile((folder.path / "data.csv").string()) == "old,content\n1,2\n";
    const bool clean = folder.names() == "data.csv filler ";
    good += whole && clean && contains(message, "free some space") ? 1 : 0;
    fs::remove(filler);
  }
  QCOMPARE(good, kCuts);
  QCOMPARE(attempt(folder.path, kSize), replaced);
}

void AtomicFileTest::oneWriterAmongMany() {
  const Folder folder;
  const fs::path path = folder.path / "shared";
  std::vector<pid_t> children;
  for (char letter = 'a'; letter < 'g'; ++letter) {
    const pid_t child = ::fork();
    if (child == 0) {
      bool good = true;
      for (int i = 0; i < 20; ++i) good = failure(path, std::string(50000, letter)).empty() && good;
      ::_exit(good ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 1;
    ::waitpid(child, &status, 0);
    QCOMPARE(status, 0);
  }
  const std::string content = readFile(path.string());
  QCOMPARE(content, std::string(50000, content.at(0)));
  QCOMPARE(folder.names(), std::string("shared "));
}

QTEST_APPLESS_MAIN(AtomicFileTest)
#include "atomic_file_test.moc"
