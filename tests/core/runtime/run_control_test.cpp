#include "core/runtime/run_control.hpp"

#include "core/study/samples.hpp"

#include <QTest>

using namespace separatrix;

class RunControlTest : public QObject {
  Q_OBJECT

private slots:
  void aDefaultOneNeverStopsAndReportsToNobody() {
    const RunControl control;
    QVERIFY(!control.stopRequested());
    control.checkpoint();
    control.progress(0.5);
    control.publish(std::make_shared<Samples>(Ensemble(1, 1, {0}, {0.0}), 1));
  }

  void stopsWhenAsked() {
    std::stop_source source;
    const RunControl control(source.get_token());
    control.checkpoint();
    source.request_stop();
    QVERIFY(control.stopRequested());
    QVERIFY_EXCEPTION_THROWN(control.checkpoint(), Cancelled);
  }

  void reportsProgressAndPartialResults() {
    double fraction = 0;
    std::shared_ptr<const Result> partial;
    const RunControl control(
        {}, [&](double f) { fraction = f; },
        [&](std::shared_ptr<const Result> result) { partial = result; });
    control.progress(0.25);
    QCOMPARE(fraction, 0.25);
    const auto sent = std::make_shared<const Samples>(Ensemble(1, 1, {0}, {0.0}), 1);
    control.publish(sent);
    QVERIFY(partial == sent);
  }
};

QTEST_APPLESS_MAIN(RunControlTest)
#include "run_control_test.moc"
