#include "ui/controls/timeline.hpp"

#include "core/runtime/errors.hpp"
#include "ui/controls/number_box.hpp"
#include "ui/controls/timeline_track.hpp"

#include <QAccessible>
#include <QComboBox>
#include <QHelpEvent>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>

#include <cmath>

using namespace separatrix;
using namespace std::chrono_literals;

namespace {

std::vector<TimeAxisView> axes() {
  return {{"s", "Diffusion time", "s", [](double s) { return s; }, [](double v) { return v; }},
          {"generative", "Generative time", "t_gen", [](double s) { return 1 - s; },
           [](double v) { return 1 - v; }},
          {"theta", "Signal", "θ", [](double s) { return std::exp(-5 * s * s); },
           [](double v) { return std::sqrt(-std::log(v) / 5); }}};
}

struct Stage {
  Stage() {
    timeline.setAxes(axes());
    timeline.setRange(0, 1);
    timeline.setTime(0.5);
    timeline.setClock([this] { return now; });
    timeline.resize(1200, timeline.sizeHint().height());
    timeline.show();
    timeline.activateWindow();
    ready = QTest::qWaitForWindowActive(&timeline);
    timeline.setFocus();
    // Only the test's clock moves playing.
    QObject::connect(&timeline, &Timeline::playingChanged, &timeline, [this] {
      for (QTimer* timer : timeline.findChildren<QTimer*>(Qt::FindDirectChildrenOnly))
        timer->stop();
    });
  }
  /// Frames of 20 ms.
  void run(std::chrono::milliseconds time) {
    for (auto elapsed = 0ms; elapsed < time; elapsed += 20ms) {
      now += 20ms;
      timeline.advance();
    }
  }
  TimelineTrack* track() const { return timeline.findChild<TimelineTrack*>(); }
  QPoint at(double s) const {
    return QPoint(static_cast<int>(std::lround(track()->xOf(s))),
                  static_cast<int>(track()->groove().center().y()));
  }
  QToolButton* button(const QString& name) const {
    for (auto* each : timeline.findChildren<QToolButton*>())
      if (each->accessibleName() == name) return each;
    return nullptr;
  }

  std::chrono::nanoseconds now{0};
  Timeline timeline;
  bool ready = false;
};

}  // namespace

class TimelineTest : public QObject {
  Q_OBJECT

private slots:
  void noiseIsOnTheLeft() {
    Stage stage;
    QVERIFY(stage.ready);
    QVERIFY(stage.track()->xOf(1) < stage.track()->xOf(0.5));
    QVERIFY(stage.track()->xOf(0.5) < stage.track()->xOf(0));
    stage.timeline.setAxis("generative");
    QVERIFY(stage.track()->xOf(1) < stage.track()->xOf(0));
  }

  void settersEmitNothing() {
    Stage stage;
    QSignalSpy edited(&stage.timeline, &Timeline::timeEdited);
    QSignalSpy committed(&stage.timeline, &Timeline::timeCommitted);
    QSignalSpy axis(&stage.timeline, &Timeline::axisChanged);
    QSignalSpy speed(&stage.timeline, &Timeline::speedChanged);
    QSignalSpy loop(&stage.timeline, &Timeline::loopingChanged);
    stage.timeline.setTime(0.25);
    stage.timeline.setAxis("theta");
    stage.timeline.setSpeed(3);
    stage.timeline.setLooping(true);
    stage.timeline.setRange(0.3, 2);
    QCOMPARE(stage.timeline.time(), 0.3);
    QCOMPARE(stage.timeline.axis(), QString("theta"));
    QCOMPARE(stage.timeline.speed(), 4.0);
    QCOMPARE(edited.count() + committed.count() + axis.count() + speed.count() + loop.count(), 0);
    QVERIFY_THROWS_EXCEPTION(InvalidInput, stage.timeline.setRange(1, 1));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, stage.timeline.setAxes({}));
  }

  void draggingEditsAndCommitsOnce() {
    Stage stage;
    QSignalSpy edited(&stage.timeline, &Timeline::timeEdited);
    QSignalSpy committed(&stage.timeline, &Timeline::timeCommitted);
    QTest::mousePress(stage.track(), Qt::LeftButton, {}, stage.at(0.5));
    QCOMPARE(edited.count(), 0);
    for (const double s : {0.45, 0.4, 0.35, 0.3}) QTest::mouseMove(stage.track(), stage.at(s));
    QVERIFY(stage.timeline.isDragging());
    stage.timeline.setTime(0.9);  // an echo while dragging does not disturb
    QCOMPARE(edited.count(), 4);
    QCOMPARE(committed.count(), 0);
    QTest::mouseRelease(stage.track(), Qt::LeftButton, {}, stage.at(0.3));
    QCOMPARE(committed.count(), 1);
    QVERIFY(std::abs(committed[0][0].toDouble() - 0.3) < 2e-3);
    QCOMPARE(stage.timeline.time(), committed[0][0].toDouble());
  }

  void draggingBeyondTheEndsReachesThemExactly() {
    Stage stage;
    QTest::mousePress(stage.track(), Qt::LeftButton, {}, stage.at(0.5));
    QTest::mouseMove(stage.track(), QPoint(-50, 10));
    QCOMPARE(stage.timeline.time(), 1.0);
    QTest::mouseMove(stage.track(), QPoint(5000, 10));
    QCOMPARE(stage.timeline.time(), 0.0);
    QTest::mouseRelease(stage.track(), Qt::LeftButton, {}, QPoint(5000, 10));
    QCOMPARE(stage.timeline.time(), 0.0);
  }

  void aClickNearAMarkLandsOnIt() {
    Stage stage;
    const double critical = 0.2934567891234;
    stage.timeline.setMarks({{critical, "θ_c", "Critical time"}, {0.9, "t_S", ""}});
    QTest::mouseClick(stage.track(), Qt::LeftButton, {}, stage.at(critical) + QPoint(4, 0));
    QCOMPARE(stage.timeline.time(), critical);
    QTest::mouseClick(stage.track(), Qt::LeftButton, {}, stage.at(critical) + QPoint(40, 0));
    QVERIFY(stage.timeline.time() < critical - 0.01);
    QTest::mouseClick(stage.track(), Qt::LeftButton, {}, QPoint(stage.at(critical).x(), 5));
    QCOMPARE(stage.timeline.time(), critical);
  }

  void marksAndBandsExplainThemselves() {
    Stage stage;
    stage.timeline.setMarks({{0.3, "θ_c", "Critical time"}});
    stage.timeline.setBands({{1, 0.5, "noise-like", Qt::blue}});
    const auto tip = [&](const QPoint& at) {
      QHelpEvent help(QEvent::ToolTip, at, stage.track()->mapToGlobal(at));
      QCoreApplication::sendEvent(stage.track(), &help);
      return QToolTip::text();
    };
    QVERIFY(tip(stage.at(0.3)).startsWith("Critical time<br>s = 0.3"));
    QCOMPARE(tip(stage.at(0.8)), QString("noise-like"));
  }

  void keysStepTowardsTheData() {
    Stage stage;
    stage.timeline.setStepCount(100);
    QSignalSpy edited(&stage.timeline, &Timeline::timeEdited);
    QSignalSpy committed(&stage.timeline, &Timeline::timeCommitted);
    QTest::keyClick(stage.track(), Qt::Key_Right);
    QCOMPARE(stage.timeline.time(), 0.49);
    QTest::keyClick(stage.track(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(stage.timeline.time(), 0.59);
    QCOMPARE(committed.count(), 2);
    QTest::keyPress(stage.track(), Qt::Key_Right);
    QTest::keyPress(stage.track(), Qt::Key_Right);
    QCOMPARE(committed.count(), 2);
    QTest::keyRelease(stage.track(), Qt::Key_Right);
    QCOMPARE(committed.count(), 3);
    QTest::keyClick(stage.track(), Qt::Key_Home);
    QCOMPARE(stage.timeline.time(), 1.0);
    QTest::keyClick(stage.track(), Qt::Key_Left);
    QCOMPARE(stage.timeline.time(), 1.0);
    QTest::keyClick(stage.track(), Qt::Key_End);
    QCOMPARE(stage.timeline.time(), 0.0);
    QCOMPARE(committed.count(), 5);
    QCOMPARE(edited.count(), 6);
  }

  void keysPlayAndChangeSpeed() {
    Stage stage;
    QTest::keyClick(stage.track(), Qt::Key_BracketRight);
    QCOMPARE(stage.timeline.speed(), 2.0);
    for (int i = 0; i < 9; ++i) QTest::keyClick(stage.track(), Qt::Key_BracketLeft);
    QCOMPARE(stage.timeline.speed(), 0.25);
    QTest::keyClick(stage.track(), Qt::Key_Space);
    QVERIFY(stage.timeline.isPlaying());
    QTest::keyClick(stage.track(), Qt::Key_Space);
    QVERIFY(!stage.timeline.isPlaying());
  }

  void playingRunsTowardsTheDataInEightSeconds() {
    Stage stage;
    stage.timeline.setTime(1);
    QSignalSpy edited(&stage.timeline, &Timeline::timeEdited);
    QSignalSpy committed(&stage.timeline, &Timeline::timeCommitted);
    QSignalSpy playing(&stage.timeline, &Timeline::playingChanged);
    stage.timeline.play();
    stage.run(2s);
    QVERIFY(std::abs(stage.timeline.time() - 0.75) < 1e-9);
    stage.timeline.setSpeed(2);
    stage.run(2s);
    QVERIFY(std::abs(stage.timeline.time() - 0.25) < 1e-9);
    QCOMPARE(committed.count(), 0);
    stage.run(2s);
    QCOMPARE(stage.timeline.time(), 0.0);
    QVERIFY(!stage.timeline.isPlaying());
    QCOMPARE(playing.count(), 2);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed[0][0].toDouble(), 0.0);
    for (int i = 1; i < edited.count(); ++i)
      QVERIFY(edited[i][0].toDouble() < edited[i - 1][0].toDouble());
    stage.timeline.play();
    QCOMPARE(stage.timeline.time(), 1.0);
  }

  void playingIsEvenInTheChosenAxis() {
    Stage stage;
    stage.timeline.setAxis("theta");
    stage.timeline.setTime(1);
    stage.timeline.play();
    stage.run(4s);
    const double noise = std::exp(-5.0);
    QVERIFY(std::abs(std::exp(-5 * std::pow(stage.timeline.time(), 2)) - (1 + noise) / 2) < 1e-9);
  }

  void loopingStartsAgain() {
    Stage stage;
    stage.timeline.setLooping(true);
    stage.timeline.setTime(0.01);
    stage.timeline.play();
    stage.run(100ms);
    QCOMPARE(stage.timeline.time(), 0.0);
    stage.run(20ms);
    QVERIFY(stage.timeline.isPlaying());
    QVERIFY(stage.timeline.time() > 0.99);
  }

  void aLateFrameDoesNotLeap() {
    Stage stage;
    stage.timeline.setTime(1);
    stage.timeline.play();
    stage.now += 60s;
    stage.timeline.advance();
    QVERIFY(stage.timeline.time() > 0.9);
  }

  void draggingHoldsPlaying() {
    Stage stage;
    stage.timeline.play();
    QTest::mousePress(stage.track(), Qt::LeftButton, {}, stage.at(0.8));
    stage.run(1s);
    QVERIFY(std::abs(stage.timeline.time() - 0.8) < 2e-3);
    QTest::mouseRelease(stage.track(), Qt::LeftButton, {}, stage.at(0.8));
    stage.run(1s);
    QVERIFY(std::abs(stage.timeline.time() - 0.675) < 2e-3);
  }

  void steppingPauses() {
    Stage stage;
    stage.timeline.play();
    stage.timeline.stepForward();
    QVERIFY(!stage.timeline.isPlaying());
    QCOMPARE(stage.timeline.time(), 0.495);
  }

  void theRealTimerPlays() {
    Timeline timeline;
    timeline.show();
    QVERIFY(QTest::qWaitForWindowExposed(&timeline));
    timeline.setTime(1);
    timeline.play();
    QTRY_VERIFY(timeline.time() < 0.99);
    timeline.pause();
    QVERIFY(timeline.time() > 0.1);
  }

  void buttonsDoWhatTheySay() {
    Stage stage;
    QTest::mouseClick(stage.button("To the noise"), Qt::LeftButton);
    QCOMPARE(stage.timeline.time(), 1.0);
    QTest::mouseClick(stage.button("Step towards the data"), Qt::LeftButton);
    QCOMPARE(stage.timeline.time(), 0.995);
    QTest::mouseClick(stage.button("Step towards the noise"), Qt::LeftButton);
    QCOMPARE(stage.timeline.time(), 1.0);
    QTest::mouseClick(stage.button("To the data"), Qt::LeftButton);
    QCOMPARE(stage.timeline.time(), 0.0);
    QSignalSpy loop(&stage.timeline, &Timeline::loopingChanged);
    QTest::mouseClick(stage.button("Play again from the noise"), Qt::LeftButton);
    QVERIFY(stage.timeline.isLooping());
    QCOMPARE(loop.count(), 1);
    QTest::mouseClick(stage.button("Play"), Qt::LeftButton);
    QVERIFY(stage.timeline.isPlaying());
    QVERIFY(stage.button("Pause") != nullptr);
  }

  void theAxisSwitchTranslates() {
    Stage stage;
    auto* box = stage.timeline.findChild<NumberBox*>();
    auto* line = box->findChild<QLineEdit*>();
    QSignalSpy axis(&stage.timeline, &Timeline::axisChanged);
    auto* combo = stage.timeline.findChild<QComboBox*>();
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    QCOMPARE(axis.count(), 1);
    QCOMPARE(axis[0][0].toString(), QString("generative"));
    QCOMPARE(stage.timeline.time(), 0.5);
    QSignalSpy committed(&stage.timeline, &Timeline::timeCommitted);
    line->selectAll();
    QTest::keyClicks(box, "0.875");
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(stage.timeline.time(), 0.125);
    QCOMPARE(committed.count(), 1);
    line->selectAll();
    QTest::keyClicks(box, "42");
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(stage.timeline.time(), 0.0);
    QCOMPARE(line->text(), QString("1"));
    QCOMPARE(stage.track()->valueText(), QString("tgen = 1"));
  }

  void narrowWindowsLoseTheLeastNeededFirst() {
    Stage stage;
    const auto combos = stage.timeline.findChildren<QComboBox*>();
    QCOMPARE(combos.size(), qsizetype{2});
    QComboBox* speed = combos[1];
    QVERIFY(speed->isVisible());
    bool speedWentFirst = false;
    for (int width = 1200; width >= stage.timeline.minimumSizeHint().width(); width -= 20) {
      stage.timeline.resize(width, stage.timeline.height());
      QCoreApplication::processEvents();
      speedWentFirst = speedWentFirst || (!speed->isVisible() && combos[0]->isVisible());
      for (const QWidget* child : stage.timeline.findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
        if (child->isVisible())
          QVERIFY2(child->geometry().right() < width, qPrintable(QString::number(width)));
    }
    QVERIFY(speedWentFirst);
    QVERIFY(stage.button("Play")->isVisible());
    QVERIFY(stage.track()->isVisible());
  }

  void isReadOut() {
    Stage stage;
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(stage.track());
    QVERIFY(interface != nullptr);
    QCOMPARE(interface->role(), QAccessible::Slider);
    QVERIFY(interface->text(QAccessible::Name).contains("time"));
    QCOMPARE(interface->text(QAccessible::Value), QString("s = 0.5"));
    QVERIFY(interface->valueInterface() != nullptr);
    QCOMPARE(interface->valueInterface()->currentValue().toDouble(), 0.5);
    interface->valueInterface()->setCurrentValue(0.25);
    QCOMPARE(stage.timeline.time(), 0.25);
  }

  void theLocaleChangesNothing() {
    for (const QLocale& locale :
         {QLocale(QLocale::German), QLocale(QLocale::Arabic, QLocale::Egypt)}) {
      QLocale::setDefault(locale);
      Stage stage;
      QCOMPARE(stage.timeline.findChild<NumberBox*>()->findChild<QLineEdit*>()->text(),
               QString("0.5"));
      QCOMPARE(stage.track()->valueText(), QString("s = 0.5"));
      QVERIFY(stage.track()->xOf(1) < stage.track()->xOf(0));
    }
    QLocale::setDefault(QLocale::c());
  }
};

QTEST_MAIN(TimelineTest)
#include "timeline_test.moc"
