#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "tests/models_ui/support.hpp"
#include "ui/controls/timeline.hpp"

#include <QSignalSpy>

#include <csignal>

using namespace separatrix;
using namespace separatrix::test;

/// A trained model in the window: its potential is shown, and what it does wrong costs a message.
class ModelWindowTest : public QObject {
  Q_OBJECT

private slots:
  void itsPotentialIsShown() {
    ModelWindow window("deltas-score");
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.result<FixedPoints>("fixed-points"), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 60000);
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{3});
    const auto map = session.result<PotentialMap>("potential");
    QVERIFY(map && window.messages().text().isEmpty());
    session.setTime(0.4);  // above the critical time
    QTRY_VERIFY_WITH_TIMEOUT(session.result<FixedPoints>("fixed-points")->points.size() == 1,
                             30000);
  }

  // One message for all views, which names the cause; Restart tries again.
  void aCrashIsOneMessage() {
    ModelWindow window("segfault", slowSettings());
    Session& session = window.session();
    QSignalSpy failures(&session, &Session::modelFailed);
    QTRY_VERIFY_WITH_TIMEOUT(window.restart(), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 60000);
    QVERIFY2(window.messages().text().contains("the model crashed", Qt::CaseInsensitive),
             qPrintable(window.messages().text()));
    QCOMPARE(failures.size(), 1);
    QTest::mouseClick(window.restart(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(failures.size(), 2, 60000);
    QVERIFY(window.restart());
    // Without the model all is well.
    session.editEntries("model", {{"path", ""}});
    QTRY_VERIFY_WITH_TIMEOUT(session.problem()->model() == nullptr && !session.busy(), 60000);
    QCOMPARE(session.result<FixedPoints>("fixed-points")->points.size(), std::size_t{3});
    QVERIFY(session.problemOf("potential").isEmpty());
  }

  void aKilledHostIsStartedAnew() {
    ModelWindow window("deltas-slow", slowSettings());
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.problem() && window.process() > 0, 60000);
    QTest::qWait(300);
    ::kill(window.process(), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(window.restart(), 5000);
    QVERIFY2(window.messages().text().contains("was killed"), qPrintable(window.messages().text()));
    QTest::mouseClick(window.restart(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session.result<PotentialMap>("potential"), 200000);
    QVERIFY2(window.messages().text().isEmpty(), qPrintable(window.messages().text()));
  }

  // A model that hangs: the window goes on, and another scene need not wait for the deadline.
  void aHangDoesNotHoldTheWindow() {
    ModelWindow window("loop", slowSettings());
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.problem() && window.process() > 0, 60000);
    QTest::qWait(500);
    StallWatch stalls;
    for (int i = 0; i < 20; ++i) {
      QTest::keyClick(&window.window().timeline(), Qt::Key_Right);
      QTest::qWait(20);
    }
    session.editEntries("model", {{"path", modelPath("deltas-score")}});
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY_WITH_TIMEOUT(
        session.result<PotentialMap>("potential") &&
            session.problem()->scene().model.text("path") == modelPath("deltas-score"),
        15000);
    QVERIFY2(since.elapsed() < 10000, qPrintable(QString::number(since.elapsed())));
    QVERIFY2(stalls.longest() < 1000, qPrintable(QString::number(stalls.longest())));
  }

  // The form names the entry that is wrong, and the scene stays.
  void aWrongSettingIsRefused() {
    ModelWindow window("deltas-score");
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.problem() && !session.busy(), 60000);
    session.editEntries("model", {{"shape", {1, 28, 28}}});
    QTRY_VERIFY_WITH_TIMEOUT(window.messages().text().contains("784"), 10000);
    QVERIFY(session.scene().model.isNull("shape"));
    session.history().undo();
  }
};

QTEST_MAIN(ModelWindowTest)
#include "model_window_test.moc"
