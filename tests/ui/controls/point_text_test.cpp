#include "ui/controls/point_text.hpp"

#include "core/runtime/errors.hpp"

#include <QTest>

using namespace separatrix;

namespace {

PointColumns columns() {
  return {ParameterSpec::real("means", 0),
          {ParameterSpec::real("weights", 1).labelled("Weight", "", "").above(0),
           ParameterSpec::real("variances", 0).within(0, 1e300).also("variance")}};
}

QString problemOf(const QString& text, Index dimension = 2, bool any = false) {
  try {
    parsePoints(text, columns(), dimension, any);
  } catch (const InvalidInput& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class PointTextTest : public QObject {
  Q_OBJECT

private slots:
  void separators_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("csv") << "1,2\n3,4\n";
    QTest::newRow("csv with spaces") << "1, 2\r\n3, 4\r\n\r\n";
    QTest::newRow("tsv") << "1\t2\n3\t4";
    QTest::newRow("semicolons") << "1;2\n3;4";
    QTest::newRow("spaces") << "  1   2\n3 4  ";
    QTest::newRow("quoted") << "\"1\",\"2\"\n\"3\",\"4\"";
    QTest::newRow("comments") << "# key: value\n1,2\n#\n3,4";
    QTest::newRow("old Mac") << "1 2\r3 4";
  }
  void separators() {
    QFETCH(QString, text);
    const PointRows rows = parsePoints(text, columns(), 2, false);
    QCOMPARE(rows.points, (Mat(2, 2) << 1, 3, 2, 4).finished());
    QCOMPARE(rows.attributes[0], Vec::Ones(2));
    QCOMPARE(rows.attributes[1], Vec::Zero(2));
  }

  void attributesFollowTheCoordinates() {
    const PointRows rows = parsePoints("1 2 0.5\n3 4 0.25", columns(), 2, false);
    QCOMPARE(rows.attributes[0], (Vec(2) << 0.5, 0.25).finished());
    QCOMPARE(rows.attributes[1], Vec::Zero(2));
  }

  void aHeaderNamesTheColumns() {
    const PointRows rows = parsePoints("variance,x1,x0\n0.5,2,1\n", columns(), 2, false);
    QCOMPARE(rows.points, (Mat(2, 1) << 1, 2).finished());
    QCOMPARE(rows.attributes[1], Vec::Constant(1, 0.5));
    const PointRows wide = parsePoints("x0,x1,x2,weight\n1,2,3,4\n", columns(), 1, true);
    QCOMPARE(wide.points, (Mat(3, 1) << 1, 2, 3).finished());
    QCOMPARE(wide.attributes[0], Vec::Constant(1, 4));
  }

  void whatCannotBeReadIsSaid_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("empty") << " \n"
                           << "no text with numbers";
    QTest::newRow("prose") << "hello world"
                           << "line 1: “hello” is neither a number nor a column";
    QTest::newRow("word") << "1 2\n3 four"
                          << "line 2: “four” is not a number";
    QTest::newRow("comma") << "0,5\t1,5"
                           << "use a decimal point";
    QTest::newRow("ragged") << "1 2\n3 4 5"
                            << "line 2: 3 columns, the lines before have 2";
    QTest::newRow("too few") << "1\n2"
                             << "1 columns where the table has x0, x1, weights, variances";
    QTest::newRow("too many") << "1 2 3 4 5"
                              << "name the columns in a first line";
    QTest::newRow("range") << "1 2 1\n1 2 0"
                           << "line 2: weights: 0 is out of range";
    QTest::newRow("nan") << "1 nan"
                         << "line 1: “nan” is not a number";
    QTest::newRow("infinite") << "1 1e999"
                              << "is not a number";
    QTest::newRow("header alone") << "x0,x1"
                                  << "no point";
    QTest::newRow("gap") << "x0,x2\n1,2"
                         << "without a gap";
    QTest::newRow("twice") << "x0,x0\n1,2"
                           << "there twice";
    QTest::newRow("dimension") << "x0,x1,x2\n1,2,3"
                               << "3 coordinates do not fit into a table of 2";
    QTest::newRow("binary") << QString(QChar(0)) + "PNG"
                            << "neither a number nor a column";
  }
  void whatCannotBeReadIsSaid() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const QString problem = problemOf(text);
    QVERIFY2(problem.contains(part), qPrintable(problem));
  }

  void writtenRowsReadBackExactly() {
    PointRows rows{Mat::Random(3, 50), {Vec::Random(50).cwiseAbs(), Vec::Random(50).cwiseAbs()}};
    std::vector<int> all(50);
    for (int i = 0; i < 50; ++i) all[static_cast<std::size_t>(i)] = i;
    const PointRows back = parsePoints(formatPoints(rows, columns(), all), columns(), 1, true);
    QVERIFY(back == rows);
  }
};

QTEST_MAIN(PointTextTest)
#include "point_text_test.moc"
