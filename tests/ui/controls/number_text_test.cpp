#include "ui/controls/number_text.hpp"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace separatrix;

class NumberTextTest : public QObject {
  Q_OBJECT

private slots:
  void shortText_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << "0";
    QTest::newRow("minus zero") << -0.0 << "0";
    QTest::newRow("tenth") << 0.1 << "0.1";
    QTest::newRow("six digits") << 0.123456789 << "0.123457";
    QTest::newRow("rounds up") << 0.99999999 << "1";
    QTest::newRow("thousands") << 100000.0 << "100000";
    QTest::newRow("whole") << 1234567.0 << "1234567";
    QTest::newRow("largest integer") << 9007199254740992.0 << "9.0072e15";
    QTest::newRow("seed") << 123456789012345.0 << "123456789012345";
    QTest::newRow("small") << 1e-7 << "1e-7";
    QTest::newRow("huge") << -1.5e20 << "-1.5e20";
  }
  void shortText() {
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(shortNumber(value), text);
  }

  void exactTextReadsBack() {
    for (const double value :
         {0.1, 1.0 / 3, 1e-300, -2.5e17, 123456.789, 4e-320, std::numeric_limits<double>::max()})
      QCOMPARE(parseNumber(exactNumber(value)).value(), value);
  }

  void parsesWhatPeopleType() {
    QCOMPARE(parseNumber(" +0.5 ").value(), 0.5);
    QCOMPARE(parseNumber(QString::fromUtf8("−2")).value(), -2.0);
    QCOMPARE(parseNumber("1e-3").value(), 1e-3);
    for (const char* text :
         {"", "abc", "0,5", "1.000,5", "1 2", "nan", "inf", "1e999", "+-1", "0x10"})
      QVERIFY2(!parseNumber(text).has_value(), text);
    QVERIFY(!parseNumber(QString::fromUtf8("١٫٥")).has_value());
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      QCOMPARE(shortNumber(1234.5), QString("1234.5"));
      QCOMPARE(parseNumber("1234.5").value(), 1234.5);
      QVERIFY(!parseNumber("1234,5").has_value());
    }
    QLocale::setDefault(QLocale::c());
  }

  void niceSteps() {
    QCOMPARE(niceStep(0.199), 0.1);
    QCOMPARE(niceStep(0.2), 0.2);
    QCOMPARE(niceStep(9.99), 5.0);
    QCOMPARE(niceStep(1000), 1000.0);
    QCOMPARE(roundedTo(1234567, 3), 1230000.0);
  }
};

QTEST_MAIN(NumberTextTest)
#include "number_text_test.moc"
