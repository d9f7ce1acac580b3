#include "core/export/atomic_file.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <chrono>
#include <filesystem>

#include <fcntl.h>
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
  void leftoversAreRemoved();
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

/// The id of a process that is no more.
pid_t deadProcess() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
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

// Those of killed writers, and only those.
void AtomicFileTest::leftoversAreRemoved() {
  const Folder folder;
  const std::string dead = std::to_string(deadProcess()), own = std::to_string(::getpid());
  const std::string leftover = ".separatrix-" + dead + "-7.tmp";
  const std::vector<std::string> others = {
      ".separatrix-" + own + "-7.tmp",          ".separatrix-1-7.tmp",
      ".separatrix-" + dead + "-7.tmp.bak",     ".separatrix-" + dead + ".tmp",
      ".separatrix-" + dead + "x-7.tmp",        ".separatrix--" + dead + "-7.tmp",
      ".separatrix-99999999999999999999-7.tmp", "x.separatrix-" + dead + "-7.tmp"};
  const auto make = [&](const std::string& name) {
    std::ofstream(folder.path / name) << "left";
    fs::last_write_time(folder.path / name,
                        fs::file_time_type::clock::now() - std::chrono::hours(1));
  };
  for (const std::string& name : others) make(name);
  make(leftover);
  const std::string young = ".separatrix-" + dead + "-8.tmp";
  std::ofstream(folder.path / young) << "perhaps still written from elsewhere";
  fs::create_directory(folder.path / (".separatrix-" + dead + "-9.tmp"));
  writeFileAtomically(folder.path / "file", "new");
  QVERIFY(!fs::exists(folder.path / leftover));
  for (const std::string& name : others) QVERIFY2(fs::exists(folder.path / name), name.c_str());
  QVERIFY(fs::exists(folder.path / young));
  QVERIFY(fs::exists(folder.path / (".separatrix-" + dead + "-9.tmp")));
  QCOMPARE(readFile((folder.path / "file").string()), std::string("new"));
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
