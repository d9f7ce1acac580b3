#include "core/datasets/npy.hpp"

#include "tests/core/datasets/readers.hpp"

#include <QtCore/QElapsedTimer>

using namespace separatrix;
using namespace separatrix::test;

class NpyTest : public QObject {
  Q_OBJECT

private slots:
  void readsEveryType();
  void readsEveryVersion();
  void readsBothOrders();
  void flattensFurtherAxes();
  void readsWhatNumpyWrites();
  void contentComesBeforeEnding();
  void refuses_data();
  void refuses();
};

namespace {

template <class Number>
bool readsType(const std::string& letters) {
  const std::vector<Number> values = {1, 2, 3, 100, 0, 7};
  for (const bool swapped : {false, true}) {
    const std::string order = sizeof(Number) == 1 ? "|" : swapped ? ">" : "<";
    const Mat points =
        readPoints(npyBytes(npyHeader(order + letters, "(3, 2)"), rawBytes(values, swapped)));
    if (points.rows() != 2 || points.cols() != 3) return false;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (points.data()[i] != static_cast<double>(values[i])) return false;
  }
  return true;
}

const std::string kSix = rawBytes<double>({0, 1, 2, 3, 4, 5});

}  // namespace

void NpyTest::readsEveryType() {
  QVERIFY(readsType<float>("f4"));
  QVERIFY(readsType<double>("f8"));
  QVERIFY(readsType<std::int8_t>("i1"));
  QVERIFY(readsType<std::uint8_t>("u1"));
  QVERIFY(readsType<std::int16_t>("i2"));
  QVERIFY(readsType<std::uint16_t>("u2"));
  QVERIFY(readsType<std::int32_t>("i4"));
  QVERIFY(readsType<std::uint32_t>("u4"));
  QVERIFY(readsType<std::int64_t>("i8"));
  QVERIFY(readsType<std::uint64_t>("u8"));
  const Mat flags = readPoints(npyBytes(npyHeader("|b1", "(2,)"), std::string("\0\1", 2)));
  QVERIFY(flags == (Mat(1, 2) << 0, 1).finished());
  const Mat negative =
      readPoints(npyBytes(npyHeader("<i2", "(1,)"), rawBytes<std::int16_t>({-300})));
  QCOMPARE(negative(0, 0), -300.0);
}

void NpyTest::readsEveryVersion() {
  for (const int version : {1, 2, 3})
    QCOMPARE(readPoints(npyBytes(npyHeader("<f8", "(3, 2)"), kSix, version)).cols(), Index{3});
}

void NpyTest::readsBothOrders() {
  const Mat c = readPoints(npyBytes(npyHeader("<f8", "(3, 2)"), kSix));
  QVERIFY(c == (Mat(2, 3) << 0, 2, 4, 1, 3, 5).finished());
  const Mat fortran = readPoints(npyBytes(npyHeader("<f8", "(3, 2)", "True"), kSix));
  QVERIFY(fortran == (Mat(2, 3) << 0, 1, 2, 3, 4, 5).finished());
  const Mat line = readPoints(npyBytes(npyHeader("<f8", "(6,)"), kSix));
  QCOMPARE(line.rows(), Index{1});
  QCOMPARE(line(0, 5), 5.0);
}

// numpy: a = arange(12).reshape(2, 2, 3); a.reshape(2, 6)[1] is 6…11 whichever order it was saved
// in; saved in Fortran order its numbers are a.flatten('F').
void NpyTest::flattensFurtherAxes() {
  const std::vector<double> c = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  const std::vector<double> fortran = {0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11};
  const Mat first = readPoints(npyBytes(npyHeader("<f8", "(2, 2, 3)"), rawBytes(c)));
  const Mat second = readPoints(npyBytes(npyHeader("<f8", "(2, 2, 3)", "True"), rawBytes(fortran)));
  QCOMPARE(first.rows(), Index{6});
  QVERIFY(first == second);
  for (Index i = 0; i < 6; ++i) QCOMPARE(second(i, 1), static_cast<double>(6 + i));
}

// Header to the byte as numpy 1.24 writes numpy.array([[1.5, -2]], 'f4').
void NpyTest::readsWhatNumpyWrites() {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
  header.resize(117, ' ');
  const Mat points = readPoints(npyBytes(header + "\n", std::string("\0\0\xC0\x3F\0\0\0\xC0", 8)));
  QVERIFY(points == (Mat(2, 1) << 1.5, -2).finished());
}

void NpyTest::contentComesBeforeEnding() {
  const std::string bytes = npyBytes(npyHeader("<f8", "(3, 2)"), kSix);
  QCOMPARE(readPoints(bytes, "points.csv").cols(), Index{3});
  QCOMPARE(readPoints("1,2\n", "points.txt").rows(), Index{2});
  QCOMPARE(readPoints("1,2\n", "POINTS.NPY", "csv").rows(), Index{2});
  QVERIFY(contains(refusal([] { readPoints("1,2\n", "POINTS.NPY"); }), "does not start as .npy"));
  QVERIFY(contains(refusal([&] { readPoints(bytes, "points", "csv"); }), "points"));
}

void NpyTest::refuses_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* name, const std::string& bytes, const char* expected) {
    QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(expected);
  };
  const auto array = [](const std::string& type, const std::string& shape,
                        const std::string& data) { return npyBytes(npyHeader(type, shape), data); };
  row("magic alone", "\x93NUMPY", "is cut off");
  row("version 9", npyBytes(npyHeader("<f8", "(3, 2)"), kSix, 9), "of a version");
  row("header beyond the file", std::string("\x93NUMPY\2\0\xFF\xFF\xFF\xFF{}", 14),
      "its header says 4294967295 bytes of header, and there are 2");
  row("no dictionary", npyBytes("[1, 2, 3]", kSix), "the header is none of .npy");
  row("unclosed", npyBytes("{'descr': '<f8", kSix), "the header is none of .npy");
  row("no shape", npyBytes("{'descr': '<f8', 'fortran_order': False}", kSix), "the header is none");
  row("key twice", npyBytes("{'descr': '<f8', 'descr': '<f4'}", kSix), "the header is none");
  row("structures",
      npyBytes("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (3,)}", kSix),
      "of an array of structures");
  row("complex", array("<c16", "(3,)", kSix), "type <c16");
  row("half", array("<f2", "(3,)", kSix), "type <f2, which is not read; save it with");
  row("objects", array("|O", "(3,)", kSix), "type |O");
  row("order of one byte", array("|f8", "(3,)", kSix), "type |f8");
  row("2^63 points", array("<f8", "(9223372036854775808,)", kSix), "more numbers than the 6");
  row("beyond 64 bits", array("<f8", "(99999999999999999999999,)", kSix), "the header is none");
  row("product beyond 64 bits", array("|u1", "(4294967296, 4294967296, 2)", kSix),
      "more numbers than the 48");
  row("negative", array("<f8", "(-1,)", kSix), "the header is none");
  row("none, times many", array("<f8", "(0, 9223372036854775807)", ""), "holds no points");
  row("no coordinates", array("<f8", "(5, 0)", ""), "holds no points");
  row("a number", array("<f8", "()", kSix), "holds a single number");
  row("cut off", array("<f8", "(4, 2)", kSix), "is cut off");
  row("too long", array("<f8", "(2, 2)", kSix), "holds 48 bytes of numbers, its header says 32");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  row("NaN", array("<f8", "(3, 2)", rawBytes<double>({0, 1, 2, nan, 4, 5})),
      "row 2, column 2: NaN is not finite");
  row("infinity", array("<f8", "(3,)", rawBytes<double>({0, 1, -infinity})),
      "row 3, column 1: -inf is not finite");
}

// Each at once: nothing is allocated that the file only speaks of.
void NpyTest::refuses() {
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArray, expected);
  const std::string text = bytes.toStdString();
  QElapsedTimer timer;
  timer.start();
  QVERIFY(contains(refusal([&] { readPoints(text); }), expected.toStdString()));
  QVERIFY(timer.elapsed() < 1000);
}

QTEST_APPLESS_MAIN(NpyTest)
#include "npy_test.moc"
