#include "ui/controls/list_edit.hpp"

#include <QLocale>
#include <QTest>

#include <vector>

using namespace separatrix;

namespace {

ParameterSpec vectorSpec() {
  return ParameterSpec::of(ParameterKind::vector, "at", Json::parse("[0, 0.25]")).within(-10, 10);
}
ParameterSpec gridSpec() {
  return ParameterSpec::of(ParameterKind::grid, "range", Json::parse("[[-3, 3, 257]]"));
}

struct Heard {
  explicit Heard(ListEdit& edit) {
    QObject::connect(&edit, &ListEdit::changed, &edit,
                     [this](const Json& value) { values.push_back(value); });
    QObject::connect(&edit, &ListEdit::refused, &edit,
                     [this](const QString& message) { messages << message; });
  }
  std::vector<Json> values;
  QStringList messages;
};

void type(ListEdit& edit, const QString& text) {
  edit.selectAll();
  QTest::keyClick(&edit, Qt::Key_Delete);
  QTest::keyClicks(&edit, text);
  QTest::keyClick(&edit, Qt::Key_Return);
}

}  // namespace

class ListEditTest : public QObject {
  Q_OBJECT

private slots:
  void vectors() {
    ListEdit edit(vectorSpec());
    Heard heard(edit);
    QCOMPARE(edit.text(), QString("0, 0.25"));
    type(edit, "1, 2, 3");
    type(edit, "1.5 -2");
    type(edit, "4");
    type(edit, "4");
    QCOMPARE(heard.values.size(), std::size_t{3});
    QCOMPARE(heard.values[0].dump(), std::string("[1,2,3]"));
    QCOMPARE(heard.values[1].dump(), std::string("[1.5,-2]"));
    QCOMPARE(heard.values[2].dump(), std::string("4"));
    QVERIFY(heard.messages.isEmpty());
  }

  void grids() {
    ListEdit edit(gridSpec());
    Heard heard(edit);
    QCOMPARE(edit.text(), QString("-3:3:257"));
    type(edit, "0:1:11, -2:2:5");
    QCOMPARE(heard.values.at(0).dump(), std::string("[[0,1,11],[-2,2,5]]"));
    QCOMPARE(edit.text(), QString("0:1:11, -2:2:5"));
    for (const char* bad : {"0:1", "0:1:0", "a:b:c", "0:1:2.5", ""}) type(edit, bad);
    QCOMPARE(heard.messages.size(), 5);
    QCOMPARE(heard.values.size(), std::size_t{1});
  }

  void badTextIsRefusedAndEscapeTakesItBack() {
    ListEdit edit(vectorSpec());
    Heard heard(edit);
    type(edit, "1, 11");
    QCOMPARE(heard.messages.size(), 1);
    QVERIFY2(heard.messages[0].contains("out of range"), qPrintable(heard.messages[0]));
    QVERIFY(edit.isActive());
    QCOMPARE(edit.toolTip(), heard.messages[0]);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(edit.text(), QString("0, 0.25"));
    type(edit, "one");
    QCOMPARE(heard.messages.size(), 2);
    QVERIFY(heard.values.empty());
  }

  void setValueLeavesTypingAlone() {
    ListEdit edit(vectorSpec());
    Heard heard(edit);
    QTest::keyClicks(&edit, "7");
    const QString typed = edit.text();
    edit.setValue(Json(5));
    QCOMPARE(edit.text(), typed);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(edit.text(), QString("5"));
    QVERIFY(heard.values.empty());
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      ListEdit edit(vectorSpec());
      Heard heard(edit);
      QCOMPARE(edit.text(), QString("0, 0.25"));
      type(edit, "0.5, 1.5");
      QCOMPARE(heard.values.at(0).dump(), std::string("[0.5,1.5]"));
    }
    QLocale::setDefault(QLocale::c());
  }
};

QTEST_MAIN(ListEditTest)
#include "list_edit_test.moc"
