#include "ui/controls/real_control.hpp"

#include "ui/controls/jump_slider.hpp"
#include "ui/controls/number_box.hpp"

#include <QLineEdit>
#include <QSignalSpy>
#include <QStyleOptionSlider>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>

using namespace separatrix;

namespace {

ParameterSpec linear() {
  return ParameterSpec::real("x", 0)
      .labelled("Place", "x", "Where")
      .within(-100, 100)
      .slider(-1, 1);
}
ParameterSpec logarithmic() {
  return ParameterSpec::real("rate", 1).above(0).slider(0.01, 100, true);
}

void show(QWidget& widget) {
  widget.resize(400, 40);
  widget.show();
  QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

QPoint middleOf(const QWidget* widget, double part) {
  return {static_cast<int>(part * (widget->width() - 1)), widget->height() / 2};
}

}  // namespace

class RealControlTest : public QObject {
  Q_OBJECT

private slots:
  void draggingEditsOftenAndCommitsOnce() {
    RealControl control(linear());
    show(control);
    QSignalSpy edited(&control, &RealControl::edited);
    QSignalSpy committed(&control, &RealControl::committed);
    JumpSlider* slider = control.slider();
    QTest::mousePress(slider, Qt::LeftButton, {}, middleOf(slider, 0.5));
    for (const double part : {0.55, 0.6, 0.7, 0.8, 0.9}) {
      QTest::mouseMove(slider, middleOf(slider, part));
      QVERIFY(control.isActive());
    }
    QVERIFY(edited.count() >= 5);
    QCOMPARE(committed.count(), 0);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, middleOf(slider, 0.9));
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed[0][0].toDouble(), control.value());
    QCOMPARE(edited.back()[0].toDouble(), control.value());
    QVERIFY(!control.isActive());
    QVERIFY(control.value() > 0.7 && control.value() < 1);
  }

  void aClickJumpsToThePointer() {
    RealControl control(linear());
    show(control);
    QSignalSpy committed(&control, &RealControl::committed);
    QTest::mouseClick(control.slider(), Qt::LeftButton, {}, middleOf(control.slider(), 0.25));
    QCOMPARE(committed.count(), 1);
    QVERIFY2(std::abs(control.value() + 0.5) < 0.1, qPrintable(QString::number(control.value())));
  }

  void setValueEmitsNothingAndLeavesADragAlone() {
    RealControl control(linear());
    show(control);
    QSignalSpy edited(&control, &RealControl::edited);
    QSignalSpy committed(&control, &RealControl::committed);
    control.setValue(0.25);
    control.setValue(50);  // beyond the slider
    control.setValue(0.25);
    QCOMPARE(edited.count() + committed.count(), 0);
    QTest::mousePress(control.slider(), Qt::LeftButton, {}, middleOf(control.slider(), 0.9));
    const double dragged = control.value();
    const int position = control.slider()->sliderPosition();
    control.setValue(-1);
    QCOMPARE(control.value(), dragged);
    QCOMPARE(control.slider()->sliderPosition(), position);
    QTest::mouseRelease(control.slider(), Qt::LeftButton, {}, middleOf(control.slider(), 0.9));
    QCOMPARE(committed.count(), 1);
    control.setValue(-1);
    QCOMPARE(control.value(), -1.0);
  }

  void theMiddleOfALogarithmicSliderIsTheGeometricMean() {
    RealControl control(logarithmic());
    show(control);
    JumpSlider* slider = control.slider();
    slider->setValue(slider->minimum());
    QCOMPARE(control.value(), 0.01);
    slider->setValue((slider->minimum() + slider->maximum()) / 2);
    QCOMPARE(control.value(), 1.0);
    slider->setValue(slider->maximum());
    QCOMPARE(control.value(), 100.0);
    control.setValue(10);
    QCOMPARE(slider->value(), 750);
  }

  void theBoxGoesBeyondTheSlider() {
    RealControl control(linear());
    show(control);
    QSignalSpy committed(&control, &RealControl::committed);
    auto* line = control.box()->findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(control.box(), "50");
    QTest::keyClick(control.box(), Qt::Key_Return);
    QCOMPARE(control.value(), 50.0);
    QCOMPARE(control.slider()->value(), control.slider()->maximum());
    line->selectAll();
    QTest::keyClicks(control.box(), "101");
    QTest::keyClick(control.box(), Qt::Key_Return);
    QCOMPARE(control.value(), 50.0);
    QCOMPARE(committed.count(), 1);
  }

  void keysOnTheSliderStepTheValue() {
    RealControl control(linear());
    show(control);
    QSignalSpy edited(&control, &RealControl::edited);
    QSignalSpy committed(&control, &RealControl::committed);
    QTest::keyClick(control.slider(), Qt::Key_Right);
    QCOMPARE(control.value(), 0.02);
    QTest::keyClick(control.slider(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(control.value(), 0.22);
    QTest::keyClick(control.slider(), Qt::Key_Home);
    QCOMPARE(control.value(), -1.0);
    QCOMPARE(committed.count(), 3);
    QCOMPARE(edited.count(), 3);
  }

  void anExcludedMinimumIsNotReached() {
    RealControl control(ParameterSpec::real("r", 0.5).above(0, 1).slider(0, 1));
    show(control);
    control.slider()->setValue(0);
    QVERIFY(control.value() > 0);
    QVERIFY(control.box()->problemOf(control.value()).isEmpty());
  }

  void wholeNumbersStayWhole() {
    RealControl few(ParameterSpec::integer("n", 3).within(1, 1e6).slider(1, 11));
    show(few);
    QCOMPARE(few.slider()->maximum(), 10);
    few.slider()->setValue(4);
    QCOMPARE(few.value(), 5.0);
    RealControl many(ParameterSpec::integer("n", 1000).within(1, 1e7).slider(10, 100000, true));
    show(many);
    for (int position = 0; position <= 1000; position += 7) {
      many.slider()->setValue(position);
      QCOMPARE(many.value(), std::round(many.value()));
    }
    RealControl seed(ParameterSpec::integer("seed", 1).within(0, 9007199254740992.0));
    show(seed);
    QVERIFY2(!seed.slider()->isVisible(), "nothing to slide between 0 and 1");
    QTest::keyClick(seed.box(), Qt::Key_Up);
    QCOMPARE(seed.value(), 2.0);
  }

  void theWheelNeedsTheFocus() {
    QWidget window;
    auto* control = new RealControl(linear());
    auto* other = new QLineEdit;
    auto* column = new QVBoxLayout(&window);
    column->addWidget(other);
    column->addWidget(control);
    show(window);
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    QWheelEvent wheel(QPointF(5, 5), control->slider()->mapToGlobal(QPointF(5, 5)), {},
                      QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(control->slider(), &wheel);
    QCOMPARE(control->value(), 0.0);
    control->slider()->setFocus();
    QCoreApplication::sendEvent(control->slider(), &wheel);
    QCOMPARE(control->value(), 0.02);
  }

  void hasAccessibleNames() {
    RealControl control(linear());
    QCOMPARE(control.box()->accessibleName(), QString("Place"));
    QVERIFY(control.slider()->accessibleName().startsWith("Place"));
  }
};

QTEST_MAIN(RealControlTest)
#include "real_control_test.moc"
