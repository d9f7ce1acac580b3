#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace separatrix {
namespace {

bool sameRange(AxisRange a, AxisRange b) {
  const double width = b.upper - b.lower;
  return near(a.lower, b.lower, 1e-9 * width) && near(a.upper, b.upper, 1e-9 * width);
}

}  // namespace

class PlotInteractionTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(600, 400);
    m_plot->setAxis(PlotAxis::bottom, {"x_0"});
    m_plot->setAxis(PlotAxis::left, {"U(x, s_{c})"});
  }
  void cleanup() { m_plot.reset(); }

  void wheelKeepsThePointUnderTheCursor() {
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    const QSignalSpy zoomed(m_plot.get(), &Plot::zoomedChanged);
    const QPointF cursor(217, 133);
    const QPointF before = m_plot->toData(cursor);
    const AxisRange wide = m_plot->range(PlotAxis::bottom);
    wheel(cursor, 3);
    const QPointF after = m_plot->toData(cursor);
    QVERIFY(near(after.x(), before.x(), 1e-9) && near(after.y(), before.y(), 1e-9));
    const AxisRange zoomedIn = m_plot->range(PlotAxis::bottom);
    QVERIFY(zoomedIn.upper - zoomedIn.lower < 0.7 * (wide.upper - wide.lower));
    QVERIFY(m_plot->isZoomed());
    // New data leave the user's zoom alone; a double click ends it.
    m_plot->setCurve(id, std::vector{0.0, 9.0}, std::vector{0.0, 9.0});
    QVERIFY(sameRange(m_plot->range(PlotAxis::bottom), zoomedIn));
    QTest::mouseDClick(m_plot.get(), Qt::LeftButton, {}, {200, 150});
    QVERIFY(m_plot->range(PlotAxis::bottom).upper > 9);
    QVERIFY(!m_plot->isZoomed());
    QCOMPARE(zoomed.count(), 2);
  }

  void wheelOverAnAxisZoomsThatAxis() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    wheel({m_plot->plotArea().center().x(), m_plot->plotArea().bottom() + 12}, 2);
    QVERIFY(m_plot->range(PlotAxis::bottom).upper < 1);
    QVERIFY(sameRange(m_plot->range(PlotAxis::left), {0, 1}));
    wheel({m_plot->plotArea().left() - 12, m_plot->plotArea().center().y()}, 2);
    QVERIFY(m_plot->range(PlotAxis::left).upper < 1);
  }

  void endlessZoomStaysSensible() {
    m_plot->setRange(PlotAxis::left, {1, 2});
    for (int i = 0; i < 2000; ++i) wheel({300, 200}, i < 1000 ? 5 : -9);
    const AxisRange y = m_plot->range(PlotAxis::left);
    QVERIFY(std::isfinite(y.lower) && std::isfinite(y.upper) && y.lower < y.upper);
    QVERIFY(!m_plot->grab().isNull());
  }

  void dragPansTheEmptyArea() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    const QPoint from(300, 200), to(360, 170);
    const QPointF grabbed = m_plot->toData(from);
    drag(from, to);
    const QPointF there = m_plot->toData(to);
    QVERIFY(near(there.x(), grabbed.x(), 1e-9) && near(there.y(), grabbed.y(), 1e-9));
    m_plot->resetView();
    QVERIFY(sameRange(m_plot->range(PlotAxis::bottom), {0, 1}));
  }

  void handleIsDragged() {
    m_plot->setRange(PlotAxis::bottom, {-2, 2});
    m_plot->setRange(PlotAxis::left, {-1, 1});
    m_plot->setHandles(std::vector<QPointF>{{-1, 0}, {1, 0}}, {.horizontal = true});
    const QSignalSpy pressed(m_plot.get(), &Plot::handlePressed);
    const QSignalSpy dragged(m_plot.get(), &Plot::handleDragged);
    const QSignalSpy released(m_plot.get(), &Plot::handleReleased);
    // Grabbed beside its centre, it keeps its distance from the cursor.
    const QPoint from = m_plot->toPixel({1, 0}).toPoint() + QPoint(6, 4);
    const QPoint to = from + QPoint(50, 40);
    const double expected = m_plot->toData(m_plot->toPixel({1, 0}) + QPointF(50, 0)).x();
    drag(from, to);
    QCOMPARE(pressed.count(), 1);
    QCOMPARE(pressed[0][0].toInt(), 1);
    QVERIFY(dragged.count() >= 1);
    QCOMPARE(released.count(), 1);
    const QPointF end = released[0][1].toPointF();
    QVERIFY2(near(end.x(), expected, 0.02), qPrintable(QString::number(end.x())));
    QCOMPARE(end.y(), 0.0);
    QCOMPARE(m_plot->handles()[1], end);
    QCOMPARE(m_plot->selectedHandle(), 1);
    QVERIFY(!m_plot->isZoomed());
  }

  void handleStaysUnderTheCursorWhateverIsSet() {
    m_plot->setRange(PlotAxis::bottom, {-2, 2});
    m_plot->setHandles(std::vector<QPointF>{{0, 0}}, {.onAxis = true});
    connect(m_plot.get(), &Plot::handleDragged, this, [this] {
      m_plot->setHandles(std::vector<QPointF>{{-1.5, 0}}, {.onAxis = true});
    });
    const QPointF area = m_plot->plotArea().bottomLeft();
    const QPoint from(m_plot->toPixel({0, 0}).toPoint().x(), static_cast<int>(area.y()) - 10);
    drag(from, from + QPoint(40, 0));
    QVERIFY(m_plot->handles()[0].x() > 0.1);
  }

  void keysMoveAndDeleteTheSelectedHandle() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {-1, 1});
    m_plot->setHandles(std::vector<QPointF>{{0.5, 0}});
    const QSignalSpy released(m_plot.get(), &Plot::handleReleased);
    const QSignalSpy deleted(m_plot.get(), &Plot::deletePressed);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(released.count(), 0);
    m_plot->setSelectedHandle(0);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    const double one = m_plot->handles()[0].x() - 0.5;
    QVERIFY(near(one, 1 / m_plot->plotArea().width(), 1e-9));
    QTest::keyClick(m_plot.get(), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(near(m_plot->handles()[0].x(), 0.5 - 9 * one, 1e-9));
    QCOMPARE(released.count(), 2);
    QTest::keyClick(m_plot.get(), Qt::Key_Delete);
    QCOMPARE(deleted.count(), 1);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QCOMPARE(m_plot->selectedHandle(), -1);
  }

  void pointsArePlacedByClick() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    const QSignalSpy placed(m_plot.get(), &Plot::pointPlaced);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, {300, 200});
    QCOMPARE(placed.count(), 0);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::ControlModifier, {300, 200});
    QCOMPARE(placed.count(), 1);
    QCOMPARE(placed[0][0].toPointF(), m_plot->toData({300, 200}));
    m_plot->setPlacing(true);
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, {350, 220});
    QCOMPARE(placed.count(), 2);
    drag({300, 200}, {330, 220});
    QCOMPARE(placed.count(), 2);
  }

  void lineIsDraggedAndShown() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    const LineId fixed = m_plot->addVerticalLine({.colour = ColourRole::critical});
    const LineId time = m_plot->addVerticalLine({.draggable = true, .label = "s_c"});
    QVERIFY(std::isnan(m_plot->line(time)));
    m_plot->setLine(fixed, 0.3);
    m_plot->setLine(time, 0.25);
    const QSignalSpy dragged(m_plot.get(), &Plot::lineDragged);
    const QSignalSpy released(m_plot.get(), &Plot::lineReleased);
    const QPoint from(m_plot->toPixel({0.25, 0}).toPoint().x(), 200);
    drag(from, from + QPoint(100, -30));
    QVERIFY(dragged.count() >= 1);
    QCOMPARE(released.count(), 1);
    QCOMPARE(released[0][0].value<LineId>(), time);
    const double x = released[0][1].toDouble();
    QVERIFY(near(x, 0.25 + 100 / m_plot->plotArea().width(), 1e-9));
    QCOMPARE(m_plot->line(time), x);
    const QImage image = m_plot->grab().toImage();
    const double y = m_plot->plotArea().center().y();
    QVERIFY(inkAt(image, {m_plot->toPixel({x, 0}).x(), y}, lightTheme().text));
    QVERIFY(inkAt(image, {m_plot->toPixel({0.3, 0}).x(), y},
                  lightTheme().colour(ColourRole::critical)));
    drag(from + QPoint(100, 0), {5000, 200});
    QCOMPARE(m_plot->line(time), 1.0);
    QCOMPARE(m_plot->line(fixed), 0.3);
  }

  void cursorIsReported() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    const QSignalSpy moved(m_plot.get(), &Plot::cursorMoved);
    const QSignalSpy left(m_plot.get(), &Plot::cursorLeft);
    move({300, 200}, Qt::NoButton);
    QVERIFY(moved.count() >= 1);
    QCOMPARE(moved.last()[0].toPointF(), m_plot->toData({300, 200}));
    move({300, 395}, Qt::NoButton);
    QVERIFY(left.count() >= 1);
  }

private:
  void wheel(QPointF at, int notches) {
    QWheelEvent event(at, m_plot->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_plot.get(), &event);
  }

  void move(QPoint at, Qt::MouseButtons buttons) {
    QMouseEvent event(QEvent::MouseMove, at, m_plot->mapToGlobal(QPointF(at)), Qt::NoButton,
                      buttons, {});
    QCoreApplication::sendEvent(m_plot.get(), &event);
  }

  void drag(QPoint from, QPoint to) {
    QTest::mousePress(m_plot.get(), Qt::LeftButton, {}, from);
    for (const QPoint at : {from + (to - from) / 2, to}) {
      move(at, Qt::LeftButton);
    }
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, {}, to);
  }

  std::unique_ptr<Plot> m_plot;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::PlotInteractionTest)
#include "plot_interaction_test.moc"
