#include "core/runtime/file_reader.hpp"

#include "tests/core/support.hpp"

#include <QtCore/QTemporaryDir>

#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

using namespace separatrix;
using namespace separatrix::test;

class FileReaderTest : public QObject {
  Q_OBJECT

private slots:
  void readsInSteps();
  void readsPipesAndDevices();
  void whatCannotBeRead();
};

namespace {

std::string randomBytes(std::size_t size) {
  std::mt19937 random(5);
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(random());
  return out;
}

}  // namespace

void FileReaderTest::readsInSteps() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("bytes").toStdString();
  for (const std::size_t size : {0, 1, 65535, 65536, 65537, 300000}) {
    const std::string content = randomBytes(size);
    std::ofstream(path, std::ios::binary) << content;
    const FileReader file(path);
    std::string bytes;
    for (const std::size_t step : {0, 1, 1000, 1000, 70000, 400000}) {
      file.fill(bytes, step);
      QCOMPARE(bytes, content.substr(0, step));
    }
  }
}

void FileReaderTest::readsPipesAndDevices() {
  const QTemporaryDir folder;
  const std::string path = folder.filePath("pipe").toStdString();
  QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
  const std::string content = randomBytes(200000);
  std::thread writer([&] { std::ofstream(path, std::ios::binary) << content; });
  {
    const FileReader file(path);
    std::string bytes;
    file.fill(bytes, 4096);
    QCOMPARE(bytes, content.substr(0, 4096));
    file.fill(bytes, 1 << 20);
    QCOMPARE(bytes, content);
  }
  writer.join();
  std::string zeros;
  FileReader("/dev/zero").fill(zeros, 100000);
  QCOMPARE(zeros, std::string(100000, '\0'));
}

void FileReaderTest::whatCannotBeRead() {
  const QTemporaryDir folder;
  const std::string path = folder.path().toStdString();
  QVERIFY(contains(refusal([&] { FileReader(path + "/none"); }),
                   path + "/none: cannot be read (No such file or directory)"));
  QVERIFY(contains(refusal([&] { const FileReader file(path); }), "(Is a directory)"));
  QVERIFY(!refusal([] { FileReader(""); }).empty());
  // What opens and cannot be read: memory that is not mapped.
  const std::string message = refusal([] {
    std::string bytes;
    FileReader("/proc/self/mem").fill(bytes, 10);
  });
  QVERIFY(contains(message, "/proc/self/mem: cannot be read (Input/output error)"));
}

QTEST_APPLESS_MAIN(FileReaderTest)
#include "file_reader_test.moc"
