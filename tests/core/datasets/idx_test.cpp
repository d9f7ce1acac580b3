#include "core/datasets/idx.hpp"

#include "tests/core/datasets/readers.hpp"

#include <QtCore/QElapsedTimer>

#include <sys/resource.h>

using namespace separatrix;
using namespace separatrix::test;

class IdxTest : public QObject {
  Q_OBJECT

private slots:
  void readsEveryType();
  void flattensFurtherAxes();
  void isKnownByContentAndName();
  void cutOffAnywhereIsRefused();
  void refuses_data();
  void refuses();
  void labelsAreBesideTheImages();
};

namespace {

template <class Number>
bool readsType(int type, const std::vector<Number>& values) {
  const Mat points = readPoints(idxBytes(type, {3, 2}, rawBytes(values, true)));
  if (points.rows() != 2 || points.cols() != 3) return false;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (points.data()[i] != static_cast<double>(values[i])) return false;
  return true;
}

long peakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

const std::string kEight = "\1\2\3\4\5\6\7\xFF";

}  // namespace

void IdxTest::readsEveryType() {
  QVERIFY(readsType<std::uint8_t>(0x08, {0, 1, 127, 128, 254, 255}));
  QVERIFY(readsType<std::int8_t>(0x09, {0, 1, 127, -1, -127, -128}));
  QVERIFY(readsType<std::int16_t>(0x0B, {0, 1, 300, -300, 32767, -32768}));
  QVERIFY(readsType<std::int32_t>(0x0C, {0, 1, 70000, -70000, 2147483647, -2147483647}));
  QVERIFY(readsType<float>(0x0D, {0, 1, 0.1F, -2.5F, 3e38F, 1e-45F}));
  QVERIFY(readsType<double>(0x0E, {0, 1, 0.1, -2.5, 1e308, 5e-324}));
}

void IdxTest::flattensFurtherAxes() {
  const Mat images = readPoints(idxBytes(8, {2, 2, 2}, kEight));
  QVERIFY(images == (Mat(4, 2) << 1, 5, 2, 6, 3, 7, 4, 255).finished());
  const Mat labels = readPoints(idxBytes(8, {8}, kEight));
  QCOMPARE(labels.rows(), Index{1});
  QCOMPARE(labels(0, 7), 255.0);
  QCOMPARE(readPoints(idxBytes(8, std::vector<std::uint32_t>(255, 1), "\7"))(0, 0), 7.0);
}

void IdxTest::isKnownByContentAndName() {
  const std::string bytes = idxBytes(8, {8}, kEight);
  QCOMPARE(readPoints(bytes, "points.csv").cols(), Index{8});
  QCOMPARE(readPoints(bytes, "points", "idx").cols(), Index{8});
  QVERIFY(contains(refusal([] { readPoints("1,2\n", "train-images-idx3-ubyte"); }),
                   "does not start as IDX does; choose its format with target.format"));
  QVERIFY(contains(refusal([] { readPoints("1,2\n", "POINTS.IDX"); }), "does not start as IDX"));
}

void IdxTest::cutOffAnywhereIsRefused() {
  const std::string bytes = idxBytes(0x0B, {2, 2}, kEight);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string part = bytes.substr(0, size);
    QVERIFY(contains(refusal([&] { readPoints(part, "points", "idx"); }),
                     "target.path: points: is cut off"));
  }
}

void IdxTest::refuses_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* name, const std::string& bytes, const char* expected) {
    QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(expected);
  };
  constexpr std::uint32_t kMost = 0xFFFFFFFF;
  row("unknown type", idxBytes(0x0A, {8}, kEight), "numbers of the type 10, which IDX does not");
  row("no axes", idxBytes(8, {}, kEight), "holds a single number");
  row("no points", idxBytes(8, {0, 8}, ""), "holds no points: one of its axes has length 0");
  row("no coordinates, many points", idxBytes(8, {kMost, kMost, 0}, ""), "holds no points");
  row("too long", idxBytes(8, {2, 3}, kEight), "holds 8 bytes of numbers, its start says 6");
  row("too long by a part", idxBytes(0x0B, {3}, kEight.substr(0, 7)), "holds 7 bytes of numbers");
  row("2^32 points", idxBytes(8, {kMost}, kEight), "more numbers than the 8 that are there");
  row("2^63 numbers", idxBytes(0x0E, {kMost, 0x80000000}, kEight), "more numbers than the 1");
  row("product beyond 64 bits", idxBytes(8, {0x80000000, 0x80000000, 4}, kEight), "than the 8");
  row("product that wraps to 8", idxBytes(8, {8, 0x80000000, 0x80000000, 4, 1}, kEight),
      "more numbers than the 8");
  row("255 axes", idxBytes(8, std::vector<std::uint32_t>(255, kMost), kEight), "than the 8");
  row("NaN", idxBytes(0x0D, {1, 2}, rawBytes<float>({1, NAN}, true)),
      "point 1, coordinate 2: NaN is not finite");
  row("infinity", idxBytes(0x0E, {1}, rawBytes<double>({-INFINITY}, true)),
      "point 1, coordinate 1: -inf is not finite");
  row("compressed", "\x1F\x8B\x08", "is compressed; unpack it first (gunzip)");
}

// Each at once and without memory: nothing is allocated that the file only speaks of.
void IdxTest::refuses() {
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArray, expected);
  const std::string text = bytes.toStdString();
  const long before = peakKilobytes();
  QElapsedTimer timer;
  timer.start();
  QVERIFY(contains(refusal([&] { readPoints(text, "points", "idx"); }), expected.toStdString()));
  QVERIFY(timer.elapsed() < 1000);
  QVERIFY(peakKilobytes() - before < 64 * 1024);
}

void IdxTest::labelsAreBesideTheImages() {
  QVERIFY(idxLabelsPath("/d/train-images-idx3-ubyte") == "/d/train-labels-idx1-ubyte");
  QVERIFY(idxLabelsPath("t10k-images.idx3-ubyte") == "t10k-labels.idx1-ubyte");
  QVERIFY(idxLabelsPath("images-idx3-ubyte") == "labels-idx1-ubyte");
  for (const char* other : {"", "ubyte", "-idx3-ubyte", "/d/points.idx", "train-labels-idx1-ubyte",
                            "train-images_idx3-ubyte", "train-images-idx3-ubyte.gz",
                            "train-images-abc3-ubyte", "train-pictures-idx3-ubyte"})
    QVERIFY2(!idxLabelsPath(other), other);
}

QTEST_APPLESS_MAIN(IdxTest)
#include "idx_test.moc"
