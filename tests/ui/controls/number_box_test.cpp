#include "ui/controls/number_box.hpp"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <memory>

using namespace separatrix;

namespace {

ParameterSpec positive() {
  return ParameterSpec::real("rate", 1).above(0, 100);
}

/// A box in a window with something else to take the focus.
struct Stage {
  explicit Stage(const ParameterSpec& spec) : box(new NumberBox(spec)), other(new QLineEdit) {
    auto* column = new QVBoxLayout(&window);
    column->addWidget(box);
    column->addWidget(other);
    window.show();
    window.activateWindow();
    box->setFocus();
    ready = QTest::qWaitForWindowActive(&window);
  }
  QLineEdit* line() const { return box->findChild<QLineEdit*>(); }
  void type(const QString& text) const {
    line()->selectAll();
    QTest::keyClicks(box, text);
  }

  QWidget window;
  NumberBox* box;
  QLineEdit* other;
  bool ready = false;
};

}  // namespace

class NumberBoxTest : public QObject {
  Q_OBJECT

private slots:
  void typingCommitsAtReturn() {
    Stage stage(positive());
    QVERIFY(stage.ready);
    QSignalSpy edited(stage.box, &NumberBox::edited);
    QSignalSpy ended(stage.box, &NumberBox::gestureEnded);
    stage.type("0.123456789012");
    QCOMPARE(edited.count(), 0);
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(stage.box->value(), 0.123456789012);
    QCOMPARE(stage.line()->text(), QString("0.123457"));
    QCOMPARE(stage.box->toolTip(), QString("0.123456789012"));
  }

  void shownTextNeverCostsDigits() {
    Stage stage(positive());
    stage.box->setValue(1.0 / 3);
    QSignalSpy edited(stage.box, &NumberBox::edited);
    QTest::keyClick(stage.box, Qt::Key_Return);
    stage.type("0.333333");
    stage.other->setFocus();
    QCOMPARE(edited.count(), 0);
    QCOMPARE(stage.box->value(), 1.0 / 3);
  }

  void beyondTheHardRangeIsRefusedWithAMessage() {
    Stage stage(positive());
    QSignalSpy edited(stage.box, &NumberBox::edited);
    QSignalSpy refused(stage.box, &NumberBox::refused);
    stage.type("0");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused[0][0].toString().contains("greater than 0 and at most 100"));
    QCOMPARE(stage.line()->text(), QString("0"));
    QCOMPARE(stage.box->toolTip(), refused[0][0].toString());
    QTest::keyClick(stage.box, Qt::Key_Escape);
    QCOMPARE(stage.line()->text(), QString("1"));
    stage.type("1e3");
    stage.other->setFocus();
    QCOMPARE(stage.line()->text(), QString("1"));
    stage.box->setFocus();
    stage.type("abc");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QVERIFY(refused.back()[0].toString().contains("is not a number"));
    QCOMPARE(edited.count(), 0);
    QCOMPARE(stage.box->value(), 1.0);
  }

  void clampingIsAnOption() {
    Stage stage(ParameterSpec::real("s", 0.5).within(0, 1));
    stage.box->setClamping(true);
    stage.type("7");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(stage.box->value(), 1.0);
  }

  void stepsFollowTheMagnitude() {
    Stage stage(positive());
    QTest::keyClick(stage.box, Qt::Key_Up);
    QCOMPARE(stage.box->value(), 1.1);
    QTest::keyClick(stage.box, Qt::Key_Down);
    QTest::keyClick(stage.box, Qt::Key_Down);
    QCOMPARE(stage.box->value(), 0.99);
    QTest::keyClick(stage.box, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(stage.box->value(), 1.9);
    stage.box->setValue(99);
    QTest::keyClick(stage.box, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(stage.box->value(), 100.0);
    stage.box->setValue(1e-9);
    for (int i = 0; i < 30; ++i) QTest::keyClick(stage.box, Qt::Key_Down);
    QVERIFY(stage.box->value() > 0);
  }

  void fixedStepsPassThroughZero() {
    Stage stage(ParameterSpec::real("x", 0.3));
    stage.box->setStep(0.1);
    for (int i = 0; i < 3; ++i) QTest::keyClick(stage.box, Qt::Key_Down);
    QCOMPARE(stage.box->value(), 0.0);
    QTest::keyClick(stage.box, Qt::Key_PageDown);
    QCOMPARE(stage.box->value(), -1.0);
  }

  void aHeldKeyIsOneGesture() {
    Stage stage(positive());
    QSignalSpy edited(stage.box, &NumberBox::edited);
    QSignalSpy ended(stage.box, &NumberBox::gestureEnded);
    QTest::keyPress(stage.box, Qt::Key_Up);
    QTest::keyPress(stage.box, Qt::Key_Up);
    QTest::keyPress(stage.box, Qt::Key_Up);
    QCOMPARE(edited.count(), 3);
    QCOMPARE(ended.count(), 0);
    QTest::keyRelease(stage.box, Qt::Key_Up);
    QCOMPARE(ended.count(), 1);
  }

  void arrowButtonsStep() {
    Stage stage(ParameterSpec::integer("n", 5).within(0, 6));
    QSignalSpy edited(stage.box, &NumberBox::edited);
    QSignalSpy ended(stage.box, &NumberBox::gestureEnded);
    const QPoint up(stage.box->width() - 6, stage.box->height() / 4);
    QTest::mouseClick(stage.box, Qt::LeftButton, {}, up);
    QCOMPARE(stage.box->value(), 6.0);
    QTest::mouseClick(stage.box, Qt::LeftButton, {}, up);
    QCOMPARE(stage.box->value(), 6.0);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(ended.count(), 1);
  }

  void theWheelNeedsTheFocus() {
    Stage stage(positive());
    const auto turn = [&] {
      QWheelEvent wheel(QPointF(5, 5), stage.box->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, 120),
                        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(stage.box, &wheel);
      return wheel.isAccepted();
    };
    stage.other->setFocus();
    QVERIFY(!turn());
    QCOMPARE(stage.box->value(), 1.0);
    stage.box->setFocus();
    QSignalSpy ended(stage.box, &NumberBox::gestureEnded);
    QVERIFY(turn());
    QVERIFY(turn());
    QCOMPARE(stage.box->value(), 1.2);
    QCOMPARE(ended.count(), 0);
    QTRY_COMPARE(ended.count(), 1);
  }

  void setValueLeavesTypingAlone() {
    Stage stage(positive());
    QSignalSpy edited(stage.box, &NumberBox::edited);
    stage.type("4");
    stage.box->setValue(9);
    QCOMPARE(stage.line()->text(), QString("4"));
    QTest::keyClick(stage.box, Qt::Key_Escape);
    QCOMPARE(stage.line()->text(), QString("9"));
    QCOMPARE(edited.count(), 0);
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      Stage stage(positive());
      stage.box->setValue(2.5);
      QCOMPARE(stage.line()->text(), QString("2.5"));
      stage.type("1.25");
      QTest::keyClick(stage.box, Qt::Key_Return);
      QCOMPARE(stage.box->value(), 1.25);
      stage.type("1,5");
      QTest::keyClick(stage.box, Qt::Key_Return);
      QCOMPARE(stage.box->value(), 1.25);
    }
    QLocale::setDefault(QLocale::c());
  }

  void wholeNumbersOnly() {
    Stage stage(ParameterSpec::integer("n", 5).within(1, 1e6));
    QSignalSpy refused(stage.box, &NumberBox::refused);
    stage.type("2.5");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(stage.box->value(), 5.0);
    stage.type("1234567");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(refused.count(), 2);
    stage.type("999999");
    QTest::keyClick(stage.box, Qt::Key_Return);
    QCOMPARE(stage.box->value(), 999999.0);
    QCOMPARE(stage.line()->text(), QString("999999"));
  }
};

QTEST_MAIN(NumberBoxTest)
#include "number_box_test.moc"
