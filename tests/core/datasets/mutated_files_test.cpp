#include "core/datasets/encoding.hpp"
#include "tests/core/support.hpp"
#include "tests/fuzz/png_checksums.hpp"
#include "tests/fuzz/readers.hpp"

#include <filesystem>

using namespace separatrix;
using namespace separatrix::test;

// The seeds of ./dev fuzz and thousands of mutations of them, the same ones every time: read, or
// refused by name. Whatever else a reader does ends the test.
class MutatedFilesTest : public QObject {
  Q_OBJECT

private slots:
  void readOrRefusedByName_data();
  void readOrRefusedByName();
};

namespace {

constexpr int kMutations = 3000;  // of each reader

const std::vector<std::pair<const char*, Reader>> kReaders = {
    {"csv", readCsv}, {"npy", readNpy}, {"idx", readIdx}, {"png", readPng}, {"scene", readScene}};

std::vector<std::string> seedsOf(const std::string& reader) {
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(dataPath("../fuzz/corpus/" + reader)))
    paths.push_back(file.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (const auto& path : paths) out.push_back(readFile(path.string()));
  return out;
}

class Mutator {
public:
  explicit Mutator(std::vector<std::string> seeds) : m_seeds(std::move(seeds)) {}

  std::string next() {
    std::string out = m_seeds[below(m_seeds.size())];
    for (std::size_t i = 1 + below(4); i > 0; --i) change(out);
    return out;
  }

private:
  std::size_t below(std::size_t count) { return m_random() % count; }

  void change(std::string& bytes) {
    static const std::string odd("\0\1\x7F\x80\xFF\"\\\n,;{}[]()-+.e09", 23);
    const std::size_t place = below(bytes.size() + 1);
    switch (below(6)) {
      case 0:
        bytes.resize(place);
        break;
      case 1:
        bytes.insert(place, 1, odd[below(odd.size())]);
        break;
      case 2:
        bytes.erase(place, 1 + below(8));
        break;
      case 3: {
        const std::string& other = m_seeds[below(m_seeds.size())];
        bytes.insert(place, other.substr(below(other.size() + 1), below(20)));
        break;
      }
      default:
        if (place < bytes.size())
          bytes[place] = below(2) == 0 ? odd[below(odd.size())] : static_cast<char>(below(256));
    }
  }

  std::vector<std::string> m_seeds;
  std::mt19937 m_random{1};
};

}  // namespace

void MutatedFilesTest::readOrRefusedByName_data() {
  QTest::addColumn<int>("reader");
  for (std::size_t i = 0; i < kReaders.size(); ++i)
    QTest::newRow(kReaders[i].first) << static_cast<int>(i);
}

void MutatedFilesTest::readOrRefusedByName() {
  QFETCH(int, reader);
  const auto& [name, read] = kReaders[static_cast<std::size_t>(reader)];
  const std::vector<std::string> seeds = seedsOf(name);
  QVERIFY(seeds.size() >= 4);
  int accepted = 0;
  for (const std::string& seed : seeds) accepted += accepts(read, seed) ? 1 : 0;
  QVERIFY(accepted >= 4);
  Mutator mutator(seeds);
  for (int i = 0; i < kMutations; ++i) {
    std::string bytes = mutator.next();
    if (read == readPng && i % 2 == 0)
      correctChecksums(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size());
    try {
      accepted += accepts(read, bytes) ? 1 : 0;
    } catch (const std::exception& finding) {
      QFAIL((base64Encoded(bytes) + ": " + finding.what()).c_str());
    }
  }
  QVERIFY(accepted > static_cast<int>(seeds.size()));
}

QTEST_APPLESS_MAIN(MutatedFilesTest)
#include "mutated_files_test.moc"
