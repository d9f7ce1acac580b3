#include "core/study/twins.hpp"

#include "core/study/document.hpp"
#include "core/study/trajectories.hpp"
#include "ui/views/trajectories_view.hpp"
#include "ui/views/twins_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

namespace {

void open(Session& session, Json json) {
  json["ensemble"] = {{"particles", 100}, {"steps", 50}, {"save_every", 1}};
  QSignalSpy opened(&session, &Session::documentOpened);
  session.open(json, "test");
  QTRY_COMPARE(opened.size(), 1);
  QTRY_VERIFY(!session.busy());
}

Json presetJson(const char* name) {
  return findDocument(presets(), name)->json;
}

void choose(View& view, const char* option, const QString& title) {
  auto* box = view.options().findChild<QComboBox*>(option);
  QVERIFY(box);
  view.options().show();
  const int wanted = box->findText(title);
  QVERIFY2(wanted >= 0, qPrintable(title));
  box->setFocus();
  while (box->currentIndex() < wanted) QTest::keyClick(box, Qt::Key_Down);
  while (box->currentIndex() > wanted) QTest::keyClick(box, Qt::Key_Up);
}

}  // namespace

class TwinsTest : public QObject {
  Q_OBJECT

private slots:
  void pairsBeginTogetherAndFollowTheirSamplers() {
    Session session;
    TwinsView view(session);
    view.resize(500, 700);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    open(session, presetJson("two-deltas"));
    const auto own = session.result<Trajectories>("twins-own");
    const auto other = session.result<Trajectories>("twins-other");
    QVERIFY(own && other);
    // Heun on the same path: the same start, and ends that agree but for the step's error.
    QVERIFY(own->ensemble.state(0) == other->ensemble.state(0));
    QVERIFY(own->ensemble.state(25) != other->ensemble.state(25));
    const float apart = (own->ensemble.state(25) - other->ensemble.state(25)).cwiseAbs().maxCoeff();
    QVERIFY2(apart < 0.3F, qPrintable(QString::number(apart)));
    const auto twins = session.result<Twins>("twins");
    QVERIFY(twins->rows.front().rootMeanSquare > 2 * twins->rows.back().rootMeanSquare);
    QVERIFY(view.summary().contains("with 16 steps"));
    QCOMPARE(view.plots().size(), std::size_t{2});
  }

  void theOdeBesideTheSde() {
    Session session;
    TwinsView view(session);
    view.resize(500, 700);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    open(session, presetJson("two-deltas"));
    choose(view, "other", "Probability flow, Runge–Kutta");
    QTRY_VERIFY(!session.busy());
    const auto flow = session.result<Trajectories>("twins-other");
    // No noise: between the wells' split and the data a path of the flow changes sign never.
    for (Index particle = 0; particle < flow->ensemble.particles(); ++particle)
      for (Index k = 1; k < flow->ensemble.saved(); ++k)
        QVERIFY(flow->ensemble.state(k)(0, particle) * flow->ensemble.state(0)(0, particle) > 0);
    const Json saved = documentToJson(session.document());
    QVERIFY(saved["views"]["twins"]["options"]["other"] == "probability-flow-rk4");
  }

  void trajectoriesForwardAndOfAnotherCoordinate() {
    Session session;
    TrajectoriesView view(session);
    view.resize(500, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    open(session, presetJson("four-deltas"));
    auto* plot = view.findChild<Plot*>();
    QCOMPARE(plot->axis(PlotAxis::left).title, QString("x_{0}"));
    choose(view, "coordinate", "x1");
    QCOMPARE(plot->axis(PlotAxis::left).title, QString("x_{1}"));
    choose(view, "direction", "Forward");
    QTRY_VERIFY(session.resultOf("trajectories-forward"));
    const auto forward = session.result<Trajectories>("trajectories-forward");
    // From the data to the noise.
    QVERIFY(forward->ensemble.times().front() < forward->ensemble.times().back());
    QTRY_VERIFY(!session.busy());
    // A scene of one dimension has but one coordinate.
    open(session, presetJson("two-deltas"));
    QCOMPARE(plot->axis(PlotAxis::left).title, QString("x"));
    QVERIFY(view.options().findChild<QComboBox*>("coordinate")->isHidden());
  }
};

QTEST_MAIN(TwinsTest)
#include "twins_test.moc"
