#include "core/study/potential_map.hpp"
#include "tests/models_ui/support.hpp"

#include <QSignalSpy>

#include <csignal>

using namespace separatrix;
using namespace separatrix::test;

/// reliability.md, figure 4: hosts that are killed and stopped while the window uses them. With
/// SEPARATRIX_TORTURE = 25 a hundred are killed and twenty-five stopped, on an idle machine.
class KilledHostsTest : public QObject {
  Q_OBJECT

private:
  static int torture() { return std::max(1, qEnvironmentVariableIntValue("SEPARATRIX_TORTURE")); }
  static bool isLong() { return torture() > 1; }

  double m_time = 0.25;

  /// Another time, for which the model is asked at once.
  void moveOn(ModelWindow& window) {
    m_time = m_time < 0.3 ? 0.35 : 0.25;
    window.session().setTime(m_time + 1e-4 * (++m_moves));
    QTest::qWait(60);
  }
  int m_moves = 0;

private slots:
  void killed() {
    ModelWindow window("deltas-slow", slowSettings());
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.problem() && window.process() > 0, 60000);
    const Scene first = session.scene();
    QSignalSpy failures(&session, &Session::modelFailed);
    QTest::qWait(2000);  // the spare is ready
    StallWatch stalls;
    qint64 slowestNews = 0, slowestReturn = 0;
    for (int i = 0; i < 4 * torture(); ++i) {
      moveOn(window);
      const int before = window.process();
      QVERIFY(before > 0);
      QElapsedTimer since;
      since.start();
      ::kill(before, SIGKILL);
      QTRY_COMPARE_WITH_TIMEOUT(failures.size(), i + 1, 20000);
      slowestNews = std::max(slowestNews, since.elapsed());
      QVERIFY(window.restart());
      QTest::mouseClick(window.restart(), Qt::LeftButton);
      QTRY_VERIFY_WITH_TIMEOUT(window.process() > 0 && window.process() != before, 20000);
      slowestReturn = std::max(slowestReturn, since.elapsed());
      QTest::qWait(900);  // the next spare
    }
    qInfo("told within %lld ms, process back within %lld ms, longest stall %lld ms", slowestNews,
          slowestReturn, stalls.longest());
    QVERIFY(slowestNews <= (isLong() ? 100 : 3000));
    QVERIFY(slowestReturn <= (isLong() ? 1500 : 10000));
    QVERIFY(stalls.longest() <= (isLong() ? 100 : 1000));
    QVERIFY(session.scene() == first);
    QCOMPARE(static_cast<int>(hostsAlive().size()), 2);  // one at work, one spare
  }

  // A stopped one answers nothing; another scene does not wait for it.
  void stopped() {
    ModelWindow window("deltas-slow", slowSettings());
    Session& session = window.session();
    QTRY_VERIFY_WITH_TIMEOUT(session.problem() && window.process() > 0, 60000);
    QTest::qWait(2000);
    StallWatch stalls;
    qint64 slowest = 0;
    for (int i = 0; i < torture(); ++i) {
      moveOn(window);
      const int before = window.process();
      QVERIFY(before > 0);
      ::kill(before, SIGSTOP);
      QTest::qWait(100);
      QElapsedTimer since;
      since.start();
      session.editEntries("process", {{"beta_max", 20.0 - 0.01 * (i + 1)}});
      QTRY_VERIFY_WITH_TIMEOUT(
          !session.problem() || (window.process() > 0 && window.process() != before), 20000);
      slowest = std::max(slowest, since.elapsed());
      QTest::qWait(900);
    }
    qInfo("process back within %lld ms, longest stall %lld ms", slowest, stalls.longest());
    QVERIFY(slowest <= (isLong() ? 1500 : 10000));
    QVERIFY(stalls.longest() <= (isLong() ? 100 : 1000));
  }
};

QTEST_MAIN(KilledHostsTest)
#include "killed_hosts_torture_test.moc"
