#include "ui/controls/choice_control.hpp"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace separatrix;

class ChoiceControlTest : public QObject {
  Q_OBJECT

private slots:
  void titlesAndIds() {
    ChoiceControl control(
        ParameterSpec::choice("sampler", {"euler-maruyama", "exact_step", "ddim"}));
    QCOMPARE(control.itemText(0), QString("Euler–Maruyama"));
    QCOMPARE(control.itemText(1), QString("Exact step"));
    QCOMPARE(control.itemText(2), QString("DDIM"));
    control.setTitles({"A", "B"});
    QCOMPARE(control.itemText(1), QString("B"));
    QCOMPARE(control.itemText(2), QString("DDIM"));
    control.setId("exact_step");
    QCOMPARE(control.id(), std::string("exact_step"));
    control.setId("nothing");
    QCOMPARE(control.id(), std::string("exact_step"));
  }

  void onlyAPersonsChoiceEmits() {
    ChoiceControl control(ParameterSpec::choice("sampler", {"a", "b", "c"}));
    control.show();
    QVERIFY(QTest::qWaitForWindowExposed(&control));
    QSignalSpy chosen(&control, &ChoiceControl::chosen);
    control.setId("b");
    QCOMPARE(chosen.count(), 0);
    QTest::keyClick(&control, Qt::Key_Down);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen[0][0].toString(), QString("c"));
  }

  void theWheelNeedsTheFocus() {
    ChoiceControl control(ParameterSpec::choice("sampler", {"a", "b"}));
    QWheelEvent wheel(QPointF(5, 5), QPointF(5, 5), {}, QPoint(0, -120), Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&control, &wheel);
    QVERIFY(!wheel.isAccepted());
    QCOMPARE(control.id(), std::string("a"));
  }
};

QTEST_MAIN(ChoiceControlTest)
#include "choice_control_test.moc"
