#include "core/datasets/csv.hpp"

#include "tests/core/datasets/readers.hpp"

#include <clocale>

using namespace separatrix;
using namespace separatrix::test;

class CsvTest : public QObject {
  Q_OBJECT

private slots:
  void reads_data();
  void reads();
  void refuses_data();
  void refuses();
  void readsInEveryLocale();
};

namespace {

void addRow(const char* name, const std::string& text, const std::string& expected) {
  QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray::fromStdString(expected);
}

/// "1 2|3 4": points separated by bars.
std::string shownPoints(const Mat& points) {
  std::string out;
  for (Index k = 0; k < points.cols(); ++k)
    for (Index i = 0; i < points.rows(); ++i)
      out += (i > 0 ? " " : k > 0 ? "|" : "") + canonicalNumber(points(i, k)).dump();
  return out;
}

}  // namespace

void CsvTest::reads_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("expected");
  addRow("two points", "1,2\n3,4\n", "1 2|3 4");
  addRow("no final line feed", "1,2\n3,4", "1 2|3 4");
  addRow("one column", "1\n-2.5\n", "1|-2.5");
  addRow("one number", "7", "7");
  addRow("header", "x,y\n1,2\n", "1 2");
  addRow("quoted header with separators", "\"x, left\",\"say \"\"y\"\"\"\n1,2\n", "1 2");
  addRow("header over two lines", "\"x\nleft\",y\n1,2\n", "1 2");
  addRow("quoted numbers", "\"1\",\"2\"\n3,\"4\"\n", "1 2|3 4");
  addRow("semicolons", "1;2\n3;4\n", "1 2|3 4");
  addRow("tabs", "1\t2\n3\t4\n", "1 2|3 4");
  addRow("separator of the header", "a;b\n1;2\n", "1 2");
  addRow("CRLF", "x,y\r\n1,2\r\n3,4\r\n", "1 2|3 4");
  addRow("old Macintosh", "1,2\r3,4\r", "1 2|3 4");
  addRow("byte order mark",
         "\xEF\xBB\xBF"
         "1,2\n",
         "1 2");
  addRow("comments and blank lines", "# made by hand\n\n  \n1,2\n# more\n\n3,4\n\n", "1 2|3 4");
  addRow("comment before the header", "# x\nx,y\n1,2\n", "1 2");
  addRow("blanks around", " 1 ,  2 \n", "1 2");
  addRow("signs and exponents", "+1e3,-2.5E-1\n", "1000 -0.25");
  addRow("denormal", "5e-324,1\n", "5e-324 1");
  addRow("equal points", "1,1\n1,1\n", "1 1|1 1");
}

void CsvTest::reads() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, expected);
  QCOMPARE(QByteArray::fromStdString(shownPoints(readPoints(text.toStdString()))), expected);
}

void CsvTest::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("expected");
  addRow("empty", "", "target.path: points: there are no numbers in it");
  addRow("comments alone", "# a\n\n", "there are no numbers in it");
  addRow("header alone", "x,y\n", "there are names in it, but no points");
  addRow("too few", "1,2\n3\n", "line 2: has 1 columns, line 1 has 2");
  addRow("too many", "x,y\n1,2\n\n3,4,5\n", "line 4: has 3 columns, line 1 has 2");
  addRow("trailing separator", "1,2\n3,4,\n", "line 2: has 3 columns");
  addRow("text", "1,2\n3,four\n", "line 2, column 2: \"four\" is not a number");
  addRow("text in the first line", "1,two\n", "line 1, column 2: \"two\" is not a number");
  addRow("two headers", "x,y\nm,kg\n1,2\n", "line 2, column 1: \"m\" is not a number");
  addRow("nothing", "1,2\n,4\n", "line 2, column 1: nothing is there");
  addRow("decimal comma", "1,5;2\n", "line 1, column 1: \"1,5\" is not a number; write it with a");
  addRow("blanks between", "1 2\n3 4\n", "\"3 4\" is not a number; columns are separated by");
  addRow("hexadecimal", "1,0x10\n", "\"0x10\" is not a number");
  addRow("two numbers in one", "1,2e3e4\n", "\"2e3e4\" is not a number");
  addRow("NaN", "1,2\nnan,4\n", "line 2, column 1: \"nan\" is not finite");
  addRow("infinity", "1,-inf\n", "line 1, column 2: \"-inf\" is not finite");
  addRow("1e999", "1,1e999\n", "line 1, column 2: \"1e999\" is beyond the range");
  addRow("open quotation", "1,\"2\n3,4\n", "line 1, column 2: the quotation mark is not closed");
  addRow("text after quotation", "1,\"2\"x\n", "line 1, column 2: there is text after");
  addRow("line after a quotation of two lines", "\"a\nb\",c\n1,x\n", "line 3, column 2: \"x\"");
  addRow("too many columns", std::string(1000001, ','), "line 1: has more than 1000000 columns");
  addRow("a long word", "1\n" + std::string(1000000, 'x'), "line 2, column 1: \"xxxx");
  addRow("binary", std::string("\0\1\2,\xFF\n1,2,3", 11), "line 2: has 3 columns");
}

void CsvTest::refuses() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, expected);
  const std::string bytes = text.toStdString();
  QVERIFY(contains(refusal([&] { readPoints(bytes); }), expected.toStdString()));
}

void CsvTest::readsInEveryLocale() {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  const Mat points = readPoints("1.5,2\n");
  std::setlocale(LC_ALL, before.c_str());
  QCOMPARE(points(0, 0), 1.5);
}

QTEST_APPLESS_MAIN(CsvTest)
#include "csv_test.moc"
