#include "core/study/document.hpp"
#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/landscape_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace separatrix;

namespace {

int brightness(const QImage& image, QPointF at) {
  return qGray(image.pixel(at.toPoint()));
}

}  // namespace

/// Four deltas that lose noise, and what a hand can do with them.
class LandscapeTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<LandscapeView> m_view;

  Plot* plot() { return m_view->findChild<Plot*>("landscape-plane"); }
  void open(const char* preset) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), preset)->json, preset);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!m_session->busy());
  }
  void setTime(double s) {
    m_session->setTime(s);
    QTRY_VERIFY(!m_session->busy());
    QTRY_COMPARE(m_session->result<FixedPoints>("fixed-points")->s, s);
  }
  std::size_t fixedPoints() {
    return m_session->result<FixedPoints>("fixed-points")->points.size();
  }
  QImage picture() {
    QTest::qWait(30);
    return plot()->grab().toImage();
  }
  void toggle(const char* option) {
    auto* button = m_view->options().findChild<QToolButton*>(option);
    QVERIFY(button);
    m_view->options().show();
    QTest::mouseClick(button, Qt::LeftButton);
  }

private slots:
  void init() {
    m_session = std::make_unique<Session>();
    m_view = std::make_unique<LandscapeView>(*m_session);
    m_view->resize(600, 600);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    open("four-deltas");
    QVERIFY(plot()->isVisible());
  }
  void cleanup() {
    m_view.reset();
    m_session.reset();
  }

  void theMapSplitsAtTheCriticalTime() {
    setTime(0.51);
    QCOMPARE(fixedPoints(), std::size_t{1});
    QVERIFY(m_view->summary().contains("1 minima, 0 saddles, 0 maxima"));
    setTime(0.49);
    QCOMPARE(fixedPoints(), std::size_t{9});
    QVERIFY(m_view->summary().contains("4 minima, 4 saddles, 1 maxima"));
  }

  void theMapIsWhatTheResultSays() {
    toggle("particles");
    toggle("arrows");
    setTime(0.2);
    const QImage image = picture();
    // Between the centre and a data point there is a well: darker than the centre and the wall.
    const double well = 0.93;
    const auto shade = [&](double x, double y) {
      // Beside the marks that lie there.
      return brightness(image, plot()->toPixel({x + 0.1, y + 0.14}));
    };
    for (const QPointF direction : {QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1)}) {
      const int there = shade(well * direction.x(), well * direction.y());
      QVERIFY(there < shade(0, 0));
      QVERIFY(there < shade(1.6 * direction.x(), 1.6 * direction.y()));
    }
  }

  void anUnequalPointTurnsTheCrossingIntoFolds() {
    setTime(0.45);
    QCOMPARE(fixedPoints(), std::size_t{9});
    const QPoint from = plot()->toPixel({1, 0}).toPoint();
    const QPoint to = plot()->toPixel({1.5, 0.5}).toPoint();
    QTest::mousePress(plot(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= 8; ++i) QTest::mouseMove(plot(), from + (to - from) * i / 8);
    QVERIFY(m_session->isEditing());
    QTest::mouseRelease(plot(), Qt::LeftButton, {}, to);
    QVERIFY(!m_session->isEditing());
    QTRY_VERIFY(!m_session->busy());
    const Mat means = m_session->scene().target.values.points("means");
    QVERIFY(std::abs(means(0, 0) - 1.5) < 0.02 && std::abs(means(1, 0) - 0.5) < 0.02);
    QCOMPARE(m_session->history().count(), 1);
    // Nothing joins the branches now: the centre is no longer a fixed point, and fewer are left.
    QVERIFY(fixedPoints() < 9);
    for (const FixedPoint& point : m_session->result<FixedPoints>("fixed-points")->points)
      QVERIFY(point.x.norm() > 1e-3);
  }

  void whatIsSeenIsComputed() {
    const QPointF centre = plot()->plotArea().center();
    const AxisRange before = plot()->range(PlotAxis::bottom);
    QWheelEvent wheel(centre, plot()->mapToGlobal(centre.toPoint()), {}, {0, 480}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot(), &wheel);
    QTRY_VERIFY(plot()->range(PlotAxis::bottom).upper < 0.8 * before.upper);
    const AxisRange seen = plot()->range(PlotAxis::bottom);
    const auto axis = [&] { return m_session->result<PotentialMap>("potential")->grid.axes[0]; };
    const double width = seen.upper - seen.lower;
    QTRY_VERIFY(axis().from <= seen.lower && axis().from > seen.lower - 0.2 * width);
    QVERIFY(axis().to >= seen.upper && axis().to < seen.upper + 0.2 * width);
    const auto map = m_session->result<PotentialMap>("potential");
    QVERIFY(map->grid.axes[0].count > 100 || map->grid.axes[1].count > 100);
  }

  void theWheelChangesAWeight() {
    const QPointF handle = plot()->toPixel({0, 1});
    QWheelEvent wheel(handle, plot()->mapToGlobal(handle.toPoint()), {}, {0, 120}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    for (int i = 0; i < 3; ++i) QApplication::sendEvent(plot(), &wheel);
    const Json weights = m_session->scene().target.values.json().at("weights");
    QVERIFY(std::abs(weights[1].get<double>() - std::pow(1.1, 3)) < 1e-9);
    QCOMPARE(weights[0].get<double>(), 1.0);
    QTRY_VERIFY(!m_session->isEditing());
    QCOMPARE(m_session->history().count(), 1);
  }

  void aClickWithControlPlacesAPoint() {
    QTest::mouseClick(plot(), Qt::LeftButton, Qt::ControlModifier,
                      plot()->toPixel({0.5, 1.2}).toPoint());
    const Mat means = m_session->scene().target.values.points("means");
    QCOMPARE(means.cols(), Index{5});
    QVERIFY(std::abs(means(0, 4) - 0.5) < 0.02 && std::abs(means(1, 4) - 1.2) < 0.02);
  }

  void densityInstead() {
    setTime(0.2);
    toggle("particles");
    toggle("arrows");
    auto* box = m_view->options().findChild<QComboBox*>("show");
    m_view->options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(m_view->options().choice("show"), QString("density"));
    const QImage image = picture();
    // Bright where the data are, dark in the centre and outside.
    const auto shade = [&](double x, double y) {
      return brightness(image, plot()->toPixel({x + 0.1, y + 0.14}));
    };
    QVERIFY(shade(0.93, 0) > shade(0, 0));
    QVERIFY(shade(0, 0.93) > shade(0, 1.6));
    const Json saved = documentToJson(m_session->document());
    QVERIFY(saved["views"]["landscape"]["options"]["show"] == "density");
  }

  void aPinStaysWhenTimeGoesOn() {
    open("two-deltas");
    auto* line = m_view->findChild<Plot*>("landscape");
    QVERIFY(line->isVisible() && m_view->canPin());
    setTime(0.4);
    m_view->pin();
    QVERIFY(m_view->hasPins());
    const std::vector<PlotGhost> pinned = line->ghosts();
    setTime(0.1);
    QCOMPARE(line->ghosts().size(), pinned.size());
    const Json saved = documentToJson(m_session->document());
    m_view->clearPins();
    QVERIFY(!m_view->hasPins());
    m_session->open(saved, "saved");
    QTRY_VERIFY(m_view->hasPins());
    const std::vector<PlotGhost> again = line->ghosts();
    QCOMPARE(again.size(), pinned.size());
    QCOMPARE(again[1].pieces[0].y, pinned[1].pieces[0].y);
    QVERIFY(again[1].name.contains("0.4000"));
  }
};

QTEST_MAIN(LandscapeTest)
#include "landscape_test.moc"
