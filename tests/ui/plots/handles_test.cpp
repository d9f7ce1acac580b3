#include "core/runtime/errors.hpp"
#include "tests/ui/plots/mouse.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace separatrix {

class HandlesTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(600, 400);
    m_plot->setRange(PlotAxis::bottom, {-2, 2});
    m_plot->setRange(PlotAxis::left, {-1, 1});
    m_mouse = std::make_unique<PlotMouse>(*m_plot);
  }
  void cleanup() { m_plot.reset(); }

  void wheelOverAHandleDoesNotZoom() {
    m_plot->setHandles(std::vector<QPointF>{{-1, 0}, {1, 0}}, {.horizontal = false});
    const QSignalSpy wheeled(m_plot.get(), &Plot::handleWheel);
    m_mouse->wheel(m_plot->toPixel({1, 0}) + QPointF(3, 3), 2);
    QCOMPARE(wheeled.count(), 1);
    QCOMPARE(wheeled[0][0].toInt(), 1);
    QCOMPARE(wheeled[0][1].toDouble(), 2.0);
    QVERIFY(!m_plot->isZoomed());
    m_mouse->wheel(m_plot->toPixel({0, 0}), 2);
    QCOMPARE(wheeled.count(), 1);
    QVERIFY(m_plot->isZoomed());
    m_plot->resetView();
    m_plot->setHandles(std::vector<QPointF>{{-1, 0}, {1, 0}}, {.wheel = false});
    m_mouse->wheel(m_plot->toPixel({1, 0}), -1);
    QCOMPARE(wheeled.count(), 1);
    QVERIFY(m_plot->isZoomed());
  }

  // At this size the ticks are at multiples of 0.5 or finer in x and have minor ones between.
  void draggedHandlesSnapToTheTicks_data() {
    QTest::addColumn<bool>("snapping");
    QTest::addColumn<bool>("alt");
    QTest::newRow("off") << false << false;
    QTest::newRow("alt") << false << true;
    QTest::newRow("on") << true << false;
    QTest::newRow("on, alt") << true << true;
  }
  void draggedHandlesSnapToTheTicks() {
    QFETCH(bool, snapping);
    QFETCH(bool, alt);
    m_plot->setSnapping(snapping);
    m_plot->setHandles(std::vector<QPointF>{{0, 0}}, {.horizontal = false});
    const QPoint from = m_plot->toPixel({0, 0}).toPoint();
    const QPoint to = m_plot->toPixel({1.013, 0.507}).toPoint();
    m_mouse->drag(from, to, alt ? Qt::AltModifier : Qt::NoModifier);
    const QPointF end = m_plot->handles()[0];
    if (snapping != alt) {
      QCOMPARE(end, QPointF(1, 0.5));
    } else {
      QVERIFY(std::abs(end.x() - 1) > 1e-4);
      QVERIFY(near(end.x(), 1.013, 0.01) && near(end.y(), 0.507, 0.01));
    }
  }

  void minorTicksCountAndKeysGoFromOneToTheNext() {
    m_plot->setSnapping(true);
    m_plot->setHandles(std::vector<QPointF>{{0.03, 0}}, {.horizontal = false});
    m_plot->setSelectedHandle(0);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    const double first = m_plot->handles()[0].x();
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    const double step = m_plot->handles()[0].x() - first;
    QVERIFY(first > 0.03 && step > 0.01 && step <= 0.2);
    QVERIFY(near(first / step, std::round(first / step), 1e-6));
    QTest::keyClick(m_plot.get(), Qt::Key_Left);
    QVERIFY(near(m_plot->handles()[0].x(), first, 1e-12));
    QTest::keyClick(m_plot.get(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(near(m_plot->handles()[0].x(), first + 10 * step, 1e-9));
    for (int i = 0; i < 9; ++i) {
      QTest::keyClick(m_plot.get(), Qt::Key_Right, Qt::ShiftModifier);
    }
    QCOMPARE(m_plot->handles()[0].x(), 2.0);
    m_plot->setAxis(PlotAxis::bottom, {.reversed = true});
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QVERIFY(m_plot->handles()[0].x() < 2);
  }

  void areasFollowTheSizes() {
    const std::vector<QPointF> places{{-1, 0}, {0, 0}, {1, 0}};
    m_plot->setHandles(places, {.horizontal = false, .sizes = {1, 4, 0}});
    const double small = areaAt(places[0]), large = areaAt(places[1]), none = areaAt(places[2]);
    QVERIFY2(near(large / small, 4, 0.8), qPrintable(QString("%1 %2").arg(small).arg(large)));
    QVERIFY(none > 5 && none < small);
    m_plot->setHandles(places, {.horizontal = false});
    QVERIFY(near(areaAt(places[0]), areaAt(places[1]), 12));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setHandles(places, {.sizes = {1, 2}}));
  }

  void horizontalLineIsDraggedAndShown() {
    const LineId line = m_plot->addHorizontalLine(
        {.colour = ColourRole::critical, .draggable = true, .label = "U_c"});
    m_plot->setLine(line, 0.5);
    const QColor ink = lightTheme().colour(ColourRole::critical);
    QVERIFY(inkAt(m_plot->grab().toImage(), m_plot->toPixel({-1.2, 0.5}), ink));
    const QSignalSpy released(m_plot.get(), &Plot::lineReleased);
    const QPoint from(200, m_plot->toPixel({0, 0.5}).toPoint().y());
    m_mouse->drag(from, from + QPoint(70, 60));
    QCOMPARE(released.count(), 1);
    QVERIFY(near(m_plot->line(line), 0.5 - 60 * 2 / m_plot->plotArea().height(), 1e-9));
    QVERIFY(inkAt(m_plot->grab().toImage(), m_plot->toPixel({-1.2, m_plot->line(line)}), ink));
    QVERIFY(!m_plot->isZoomed());
  }

private:
  /// How much of the colour of handles, which has no blue, is near a place, in pixels.
  double areaAt(QPointF data) {
    const QImage image = m_plot->grab().toImage();
    const QPoint centre = m_plot->toPixel(data).toPoint();
    double area = 0;
    for (int dy = -20; dy <= 20; ++dy) {
      for (int dx = -20; dx <= 20; ++dx) {
        const double share = 1 - image.pixelColor(centre + QPoint(dx, dy)).blueF();
        if (share > 0.2) area += share;  // more than the grid has
      }
    }
    return area;
  }

  std::unique_ptr<Plot> m_plot;
  std::unique_ptr<PlotMouse> m_mouse;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::HandlesTest)
#include "handles_test.moc"
