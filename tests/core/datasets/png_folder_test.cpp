#include "core/datasets/png_folder.hpp"

#include "tests/core/datasets/images.hpp"

#include <QtCore/QElapsedTimer>

#include <sys/resource.h>

using namespace separatrix;
using namespace separatrix::test;

class PngFolderTest : public QObject {
  Q_OBJECT

private slots:
  void readsEveryKindOfPixel_data();
  void readsEveryKindOfPixel();
  void gammaAndProfilesChangeNothing();
  void labelsAreTheNumbersOfTheFolders();
  void labelsAreTheRanksOfOtherNames();
  void cutOffAnywhereIsRefused();
  void refusesWhatIsNoImage_data();
  void refusesWhatIsNoImage();
  void imagesMustBeAlike();
  void headersThatLieTakeNoMemory();
  void isTheFormatOfFoldersAlone();
};

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;  // name and bytes

Dataset readImages(const Files& files, const std::string& format = "auto") {
  std::vector<FolderFile> folder;
  for (const auto& [name, bytes] : files) folder.push_back({name, bytes});
  return readDataset({"target.path", "/d/images", {}, &folder}, format);
}

std::string octets(const std::vector<int>& values) {
  std::string out;
  for (const int value : values) out += static_cast<char>(value);
  return out;
}

std::vector<int> pixelsOf(const std::string& png) {
  const Mat points = readImages({{"a.png", png}}).points;
  std::vector<int> out;
  for (const double value : points.reshaped()) out.push_back(static_cast<int>(value));
  return out;
}

long peakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::string greyPixel(int value) {
  return pngBytes({}, octets({0, value}));
}

}  // namespace

void PngFolderTest::readsEveryKindOfPixel_data() {
  QTest::addColumn<QByteArray>("png");
  QTest::addColumn<QList<int>>("expected");
  const auto row = [](const char* name, const PngSpec& spec, const std::vector<int>& rows,
                      const QList<int>& expected) {
    QTest::newRow(name) << QByteArray::fromStdString(pngBytes(spec, octets(rows))) << expected;
  };
  const std::string palette = pngChunk("PLTE", octets({1, 2, 3, 40, 50, 60}));
  const std::string clear = pngChunk("tRNS", octets({0}));
  row("grey", {2, 2}, {0, 1, 2, 0, 3, 255}, {1, 2, 3, 255});
  row("colour", {1, 2, 8, 2}, {0, 1, 2, 3, 0, 4, 5, 6}, {1, 2, 3, 4, 5, 6});
  row("one bit", {3, 1, 1}, {0, 0b10100000}, {255, 0, 255});
  row("four bits", {2, 1, 4}, {0, 0x1F}, {17, 255});
  row("sixteen bits", {3, 1, 16}, {0, 0, 200, 128, 0, 255, 255}, {1, 128, 255});
  row("palette", {2, 1, 8, 3, 0, palette}, {0, 1, 0}, {40, 50, 60, 1, 2, 3});
  row("palette with a clear colour", {2, 1, 8, 3, 0, palette + clear}, {0, 1, 0},
      {40, 50, 60, 1, 2, 3});
  row("grey, transparent", {2, 1, 8, 4}, {0, 100, 0, 200, 128}, {100, 200});
  row("colour, transparent", {1, 1, 8, 6}, {0, 9, 8, 7, 1}, {9, 8, 7});
  row("interlaced", {2, 2, 8, 0, 1}, {0, 1, 0, 2, 0, 3, 4}, {1, 2, 3, 4});
}

void PngFolderTest::readsEveryKindOfPixel() {
  QFETCH(QByteArray, png);
  QFETCH(QList<int>, expected);
  const std::vector<int> pixels = pixelsOf(png.toStdString());
  QCOMPARE(QList<int>(pixels.begin(), pixels.end()), expected);
}

void PngFolderTest::gammaAndProfilesChangeNothing() {
  const std::string rows = octets({0, 50, 100, 200});
  const auto with = [&](const std::string& chunks) {
    return pixelsOf(pngBytes({3, 1, 8, 0, 0, chunks}, rows));
  };
  const std::vector<int> plain = with("");
  QVERIFY(with(pngChunk("gAMA", bigEndian(100000))) == plain);
  QVERIFY(with(pngChunk("sBIT", "\3")) == plain);
  // Comments that would take 20 MB each are not unpacked.
  const std::string comment = std::string("a\0\0", 3) + compressed(std::string(20'000'000, 'x'));
  QVERIFY(with(pngChunk("zTXt", comment) + pngChunk("zTXt", comment)) == plain);
}

void PngFolderTest::labelsAreTheNumbersOfTheFolders() {
  const Dataset data = readImages({{"-1/a.png", greyPixel(1)},
                                   {"07/a.png", greyPixel(2)},
                                   {"07/b.png", greyPixel(3)},
                                   {"10/a.png", greyPixel(4)}});
  QVERIFY(data.labels == (std::vector<int>{-1, 7, 7, 10}));
  QVERIFY(data.points == (Mat(1, 4) << 1, 2, 3, 4).finished());
  QVERIFY(readImages({{"a.png", greyPixel(1)}}).labels.empty());
}

void PngFolderTest::labelsAreTheRanksOfOtherNames() {
  const Files files = {{"10/a.png", greyPixel(1)},
                       {"9/a.png", greyPixel(2)},
                       {"9/b.png", greyPixel(2)},
                       {"cat/a.png", greyPixel(3)}};
  QVERIFY(readImages(files).labels == (std::vector<int>{0, 1, 1, 2}));
  QVERIFY(readImages({{"99999999999/a.png", greyPixel(1)}}).labels == std::vector<int>{0});
}

// The last chunk says only that nothing follows: without it the image is whole.
void PngFolderTest::cutOffAnywhereIsRefused() {
  const std::string palette = pngChunk("PLTE", octets({1, 2, 3, 40, 50, 60}));
  const std::string png = pngBytes({2, 1, 8, 3, 0, palette}, octets({0, 1, 0}));
  const std::size_t pixelsEnd = png.size() - pngChunk("IEND", "").size();
  for (std::size_t size = 0; size < pixelsEnd; ++size) {
    const std::string message = refusal([&] { readImages({{"a.png", png.substr(0, size)}}); });
    QVERIFY(contains(message, "target.path: /d/images/a.png: is "));
  }
}

void PngFolderTest::refusesWhatIsNoImage_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* name, const std::string& bytes, const char* expected) {
    QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(expected);
  };
  constexpr std::uint32_t kHalf = 0x80000000;
  const std::string some = octets({0, 1});
  row("nothing", "", "is no PNG image");
  row("a photograph", "\xFF\xD8\xFF\xE0 JFIF", "is no PNG image; write it as one");
  row("another chunk first",
      "\x89PNG\r\n\x1A\n" + pngChunk("tEXt", std::string(20, 'x')) + greyPixel(1).substr(8),
      "it does not start with its header");
  row("no width", pngBytes({0, 1}, some), "is an image without pixels");
  row("no height", pngBytes({1, 0}, some), "is an image without pixels");
  row("2^31 x 2^31", pngBytes({kHalf, kHalf}, some),
      "2147483648 × 2147483648 pixels, and 4194304 numbers are the most that are read; scale it");
  row("as large as can be", pngBytes({kHalf - 1, kHalf - 1, 16, 6}, some), "scale it down");
  row("10 MB from 10 kB", pngBytes({10000, 1000}, std::string(10'001'000, '\0')), "scale it down");
  row("a header that lies", pngBytes({2000, 2000}, some), "2000 × 2000 pixels cannot be in");
  row("a depth of 0, that lies too", pngBytes({2000, 2000, 0}, some), "cannot be in");
  row("too few pixels", pngBytes({4, 4}, some), "is a broken PNG image (");
  row("no pixels", "\x89PNG\r\n\x1A\n" + greyPixel(1).substr(8, 25) + pngChunk("IEND", ""),
      "is a broken PNG image (");
  row("depth 3", pngBytes({1, 1, 3}, some), "is a broken PNG image (");
  row("palette without colours", pngBytes({1, 1, 8, 3}, some), "is a broken PNG image (");
  std::string wrong = greyPixel(7);
  wrong[30] = static_cast<char>(wrong[30] ^ 1);
  row("wrong checksum", wrong, "is a broken PNG image (");
}

// Each at once and without memory, whatever the header says.
void PngFolderTest::refusesWhatIsNoImage() {
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArray, expected);
  const Files files = {{"a.png", bytes.toStdString()}};
  const long before = peakKilobytes();
  QElapsedTimer timer;
  timer.start();
  const std::string message = refusal([&] { readImages(files); });
  QVERIFY(timer.elapsed() < 1000);
  QVERIFY(contains(message, "target.path: /d/images/a.png: "));
  QVERIFY(contains(message, expected.toStdString()));
  QVERIFY(peakKilobytes() - before < 64 * 1024);
}

void PngFolderTest::imagesMustBeAlike() {
  const std::string first = pngBytes({2, 1}, octets({0, 1, 2}));
  const auto beside = [&](const std::string& other) {
    return refusal([&] { readImages({{"a.png", first}, {"b.png", other}}); });
  };
  QVERIFY(contains(beside(pngBytes({1, 2}, octets({0, 1, 0, 2}))),
                   "/d/images/b.png: has 1 × 2 pixels in grey, a.png has 2 × 1 pixels in grey"));
  QVERIFY(contains(beside(pngBytes({2, 1, 8, 2}, octets({0, 1, 2, 3, 4, 5, 6}))),
                   "b.png: has 2 × 1 pixels in colour, a.png has 2 × 1 pixels in grey; make all"));
  QVERIFY(contains(beside("text"), "/d/images/b.png: is no PNG image"));
  const std::string large = pngBytes({2048, 2048}, std::string(2048 * 2049, '\0'));
  QVERIFY(contains(refusal([&] {
                     readImages(Files(33, {"a.png", large}));
                   }),
                   "/d/images: has more than 134217728 numbers"));
}

// Each could be so large, and is not: 30 of them would be 1 GB.
void PngFolderTest::headersThatLieTakeNoMemory() {
  const std::string padding = pngChunk("tEXt", std::string(5000, 'x'));
  const std::string lie = pngBytes({2048, 2048, 8, 0, 0, padding}, std::string(2049, '\0'));
  const long before = peakKilobytes();
  QVERIFY(contains(refusal([&] { readImages(Files(30, {"a.png", lie})); }), "is a broken PNG"));
  QVERIFY(peakKilobytes() - before < 64 * 1024);
}

void PngFolderTest::isTheFormatOfFoldersAlone() {
  const Files files = {{"a.png", greyPixel(1)}};
  QCOMPARE(readImages(files, "png-folder").points(0, 0), 1.0);
  QVERIFY(contains(refusal([&] { readImages(files, "csv"); }),
                   "/d/images: is a folder; csv is the format of a file"));
  QVERIFY(contains(refusal([] { readPoints(greyPixel(1), "a.png", "png-folder"); }),
                   "a.png: is a file; png-folder is the format of a folder"));
}

QTEST_APPLESS_MAIN(PngFolderTest)
#include "png_folder_test.moc"
