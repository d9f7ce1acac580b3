#include "core/models/zip_directory.hpp"

#include "tests/core/support.hpp"

using namespace separatrix;
using namespace separatrix::test;

namespace {

std::string number(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value & 0xff);
  return out;
}

/// A member of the directory alone, over `data`.
struct Entry {
  std::uint64_t method = 0, packed = 5, full = 5, at = 0;
};

std::string zip(const std::vector<Entry>& entries, std::uint64_t claimed) {
  std::string directory;
  for (const Entry& each : entries)
    directory += number(0x02014b50, 4) + number(0, 6) + number(each.method, 2) + number(0, 8) +
                 number(each.packed, 4) + number(each.full, 4) + number(3, 2) + number(0, 12) +
                 number(each.at, 4) + "a/b";
  const std::string data = "local header and data";
  return data + directory + number(0x06054b50, 4) + number(0, 6) + number(claimed, 2) +
         number(directory.size(), 4) + number(data.size(), 4) + number(0, 2);
}

}  // namespace

class ZipDirectoryTest : public QObject {
  Q_OBJECT

private slots:
  void whatPyTorchWritesIsTaken() {
    QCOMPARE(zipProblem(zip({{}, {8, 5, 5000, 2}}, 2)), std::string());
    QCOMPARE(zipProblem(zip({}, 0)), std::string());
    QCOMPARE(zipProblem(zip({{}}, 1) + "a comment"), std::string());
  }

  void liesAreFound_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("problem");
    const auto row = [](const char* name, const std::string& bytes, const char* problem) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(problem);
    };
    const std::string good = zip({{}, {}}, 2);
    row("empty", "", "no TorchScript file");
    row("cut off", good.substr(0, good.size() - 1), "no TorchScript file");
    row("no directory", std::string(1000, 'x'), "no TorchScript file");
    row("inflates", zip({{8, 5, 65u << 20}}, 1), "far larger than any code");
    row("inflates together", zip({{8, 5, 40u << 20}, {8, 5, 40u << 20}}, 2), "far larger");
    row("stored, other sizes", zip({{0, 5, 6}}, 1), "contradict");
    row("unknown packing", zip({{12, 5, 5}}, 1), "PyTorch never uses");
    row("outside", zip({{0, 5, 5, 1000}}, 1), "not inside the file");
    row("longer than the file", zip({{0, 50000, 50000}}, 1), "not inside the file");
    row("overlapping", zip(std::vector<Entry>(100, Entry{0, 21, 21, 0}), 100), "");
    row("more than there are", zip({{}}, 2), "damaged");
    row("4 GB", zip({{}}, 0xffff), "above 4 GB");
  }

  void liesAreFound() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, problem);
    const std::string found = zipProblem(bytes.toStdString());
    QVERIFY2(contains(found, problem.toStdString()), found.c_str());
    if (!problem.isEmpty()) QVERIFY(!found.empty());
  }

  // Whatever the bytes: an answer, and nothing read beyond them.
  void anyBytes() {
    std::mt19937 random(3);
    const std::string good = zip({{}, {8, 5, 5000, 2}, {}}, 3);
    for (int i = 0; i < 20000; ++i) {
      std::string bytes = good;
      for (int k = 0; k < 3; ++k) bytes[random() % bytes.size()] = static_cast<char>(random());
      bytes.resize(bytes.size() - random() % 4);
      zipProblem(bytes);
    }
    QVERIFY(zipProblem(good).empty());
  }
};

QTEST_APPLESS_MAIN(ZipDirectoryTest)
#include "zip_directory_test.moc"
