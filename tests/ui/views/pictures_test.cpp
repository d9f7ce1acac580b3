#include "core/study/document.hpp"
#include "core/study/marginal.hpp"
#include "tests/ui/pixels.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/landscape_view.hpp"
#include "ui/views/marginal_view.hpp"
#include "ui/views/self_consistency_view.hpp"
#include "ui/views/spectrum_view.hpp"
#include "ui/views/trajectories_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;
using namespace separatrix::test;

namespace {

constexpr double kCriticalTheta = 0.6435942529055826;  // of the two deltas

QColor colourOf(ColourRole role) {
  return lightTheme().roles[static_cast<std::size_t>(role)];
}

template <class V>
struct Shown {
  Session session;
  V view{session};
  Plot* plot = nullptr;

  explicit Shown(const char* preset, double time) {
    view.setTheme(lightTheme());
    view.resize(600, 500);
    view.show();
    Json json = findDocument(presets(), preset)->json;
    json["ensemble"] = {{"particles", 200}, {"steps", 50}, {"save_every", 1}};
    json["views"]["time"] = time;
    QSignalSpy opened(&session, &Session::documentOpened);
    session.open(json, preset);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!session.busy());
    plot = view.template findChild<Plot*>(view.objectName());
  }
  QImage picture() {
    QTest::qWait(30);
    return plot->grab().toImage();
  }
  void drag(QPointF from, QPointF to) {
    QTest::mousePress(plot, Qt::LeftButton, {}, from.toPoint());
    for (int i = 1; i <= 5; ++i) QTest::mouseMove(plot, (from + (to - from) * i / 5).toPoint());
    QTest::mouseRelease(plot, Qt::LeftButton, {}, to.toPoint());
  }
};

}  // namespace

/// What must be true of the pictures of branches, trees and fates.
class PicturesTest : public QObject {
  Q_OBJECT

private slots:
  void theSpectrumCrossesZeroAtTheCriticalTime() {
    Shown<SpectrumView> shown("two-deltas", 0.5);
    const QPointF crossing = shown.plot->toPixel({kCriticalTheta, 0});
    QVERIFY(hasColourNear(shown.picture(), crossing, colourOf(ColourRole::critical), 2));
    // Not elsewhere on the axis.
    const QPointF other = shown.plot->toPixel({0.5, 0});
    QVERIFY(!hasColourNear(shown.picture(), other, colourOf(ColourRole::critical), 2));
    // Rising before, falling behind.
    QVERIFY(!shown.view.summary().isEmpty());
  }

  void theTimeLineOfTheSpectrumIsDragged() {
    Shown<SpectrumView> shown("two-deltas", 0.5);
    const ForwardProcess& process = shown.session.problem()->process();
    const double y = shown.plot->plotArea().center().y() - 60;
    const auto at = [&](double theta) { return QPointF(shown.plot->toPixel({theta, 0}).x(), y); };
    shown.drag(at(process.signal(0.5)), at(0.8));
    QVERIFY2(std::abs(process.signal(shown.session.time()) - 0.8) < 0.01,
             qPrintable(QString::number(shown.session.time())));
  }

  void anotherBranchMayBeChosen() {
    Shown<SpectrumView> shown("two-deltas", 0.5);
    auto* box = shown.view.options().template findChild<QComboBox*>("branch");
    QVERIFY(box->count() >= 2);
    shown.view.options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    const Json saved = documentToJson(shown.session.document());
    QVERIFY(saved["views"]["spectrum"]["options"].contains("branch"));
  }

  void bothSidesCrossAtTheFixedPoints() {
    Shown<SelfConsistencyView> shown("two-deltas", 0.2);
    QVERIFY(shown.view.summary().contains("cross 3 times"));
    const QImage image = shown.picture();
    const QPointF origin = shown.plot->toPixel({0, 0});
    QVERIFY(hasColourNear(image, origin, colourOf(ColourRole::unstable), 7));
    QVERIFY(
        !hasColourNear(image, shown.plot->toPixel({0.5, 0}), colourOf(ColourRole::unstable), 7));
    shown.session.setTime(0.5);
    QTRY_VERIFY(shown.view.summary().contains("cross 1 times"));
  }

  void theDensityIsWideInNoiseAndSplitsTowardsTheData() {
    Shown<MarginalView> shown("two-deltas", 0.2);
    const auto found = shown.session.result<Marginal>("marginal");
    QVERIFY(found && found->histogram.size() > 0);
    const QImage image = shown.picture();
    const auto brightness = [&](double s, double x) {
      return qGray(image.pixel(shown.plot->toPixel({s, x}).toPoint()));
    };
    QVERIFY(brightness(0.9, 0.05) > brightness(0.9, 2.5));
    QVERIFY(brightness(0.1, 1) > brightness(0.1, 0.05));
    QVERIFY(brightness(0.1, -1) > brightness(0.1, 0.05));
  }

  void aClickShowsWhereParticlesEnd() {
    Shown<LandscapeView> shown("four-deltas", 0.35);
    auto* plane = shown.view.template findChild<Plot*>("landscape-plane");
    QTest::mouseClick(plane, Qt::LeftButton, {}, plane->toPixel({0.5, 0.9}).toPoint());
    QVERIFY(shown.session.probe());
    QVERIFY((*shown.session.probe() - Vec{{0.5, 0.9}}).norm() < 0.05);
    QTRY_VERIFY(shown.session.resultOf("fate"));
    QTRY_VERIFY(!shown.session.busy());
    QVERIFY(plane->probe());
    // The probe is dragged on, and is in the document.
    const QPointF from = plane->toPixel(*plane->probe());
    const QPointF to = plane->toPixel({-0.8, 0.4});
    QTest::mousePress(plane, Qt::LeftButton, {}, from.toPoint());
    for (int i = 1; i <= 5; ++i) QTest::mouseMove(plane, (from + (to - from) * i / 5).toPoint());
    QTest::mouseRelease(plane, Qt::LeftButton, {}, to.toPoint());
    QVERIFY((*shown.session.probe() - Vec{{-0.8, 0.4}}).norm() < 0.05);
    QVERIFY(documentToJson(shown.session.document())["views"].contains("probe"));
    QTest::keyClick(plane, Qt::Key_Escape);
    QVERIFY(!shown.session.probe());
  }

  void aClickAmongTrajectoriesSetsTimeAndPlace() {
    Shown<TrajectoriesView> shown("two-deltas", 0.2);
    QTest::mouseClick(shown.plot, Qt::LeftButton, {}, shown.plot->toPixel({0.6, 1.1}).toPoint());
    QVERIFY(std::abs(shown.session.time() - 0.6) < 0.01);
    QVERIFY(shown.session.probe() && std::abs((*shown.session.probe())[0] - 1.1) < 0.05);
    QTRY_VERIFY(shown.session.resultOf("fate"));
  }

  void fatesColourThePlane() {
    Shown<LandscapeView> shown("four-deltas", 0.2);
    auto* plane = shown.view.template findChild<Plot*>("landscape-plane");
    auto* box = shown.view.options().template findChild<QComboBox*>("show");
    shown.view.options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_End);
    QCOMPARE(shown.view.options().choice("show"), QString("fates"));
    QTRY_VERIFY(shown.session.resultOf("basins"));
    QTRY_VERIFY(!shown.session.busy());
    QTest::qWait(30);
    const QImage image = plane->grab().toImage();
    // Opposite corners of the plane belong to different components.
    const auto colour = [&](double x, double y) {
      return image.pixelColor(plane->toPixel({x, y}).toPoint()).rgb();
    };
    QVERIFY(colour(1.55, 0.2) != colour(-1.55, 0.2));
    QVERIFY(colour(0.2, 1.55) != colour(0.2, -1.55));
  }
};

QTEST_MAIN(PicturesTest)
#include "pictures_test.moc"
