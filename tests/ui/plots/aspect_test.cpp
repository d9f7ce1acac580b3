#include "tests/ui/plots/mouse.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace separatrix {

class AspectTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(640, 400);
    m_plot->setAxis(PlotAxis::bottom, {"x_1"});
    m_plot->setAxis(PlotAxis::left, {"x_2"});
    m_plot->setEqualAspect(true);
  }
  void cleanup() { m_plot.reset(); }

  void unitsAreEquallyLongWhateverTheSize() {
    m_plot->setRange(PlotAxis::bottom, {-1, 1});
    m_plot->setRange(PlotAxis::left, {-3, 5});
    for (const QSize size : {QSize(640, 400), QSize(300, 700), QSize(1500, 300), QSize(500, 500)}) {
      m_plot->resize(size);
      QVERIFY(m_plot->isEqualAspect());
      requireEqual();
      requireShown({-1, 1}, {-3, 5});
      const AxisRange x = m_plot->range(PlotAxis::bottom), y = m_plot->range(PlotAxis::left);
      // Widened about the middle, and one of the two only.
      QVERIFY(near(x.lower + x.upper, 0, 1e-9) && near(y.lower + y.upper, 2, 1e-9));
      QVERIFY(near(x.upper, 1, 1e-9) || near(y.upper, 5, 1e-9));
    }
  }

  void fittedDataToo() {
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 10.0}, std::vector{0.0, 1e6});
    requireEqual();
    requireShown({0, 10}, {0, 1e6});
    m_plot->setCurve(id, std::vector{0.0, 1e6}, std::vector{0.0, 1.0});
    requireEqual();
    requireShown({0, 1e6}, {0, 1});
  }

  void wheelAndDragKeepIt() {
    m_plot->setRange(PlotAxis::bottom, {-2, 2});
    m_plot->setRange(PlotAxis::left, {-2, 2});
    PlotMouse mouse(*m_plot);
    const QPointF cursor(300, 140), before = m_plot->toData(cursor);
    mouse.wheel(cursor, 4);
    requireEqual();
    QVERIFY(near(m_plot->toData(cursor).x(), before.x(), 1e-9));
    QVERIFY(near(m_plot->toData(cursor).y(), before.y(), 1e-9));
    // Over one axis both zoom.
    const double width = m_plot->range(PlotAxis::left).upper - m_plot->range(PlotAxis::left).lower;
    mouse.wheel({300, m_plot->plotArea().bottom() + 10}, 2);
    requireEqual();
    const AxisRange y = m_plot->range(PlotAxis::left);
    QVERIFY(near((y.upper - y.lower) / width, std::pow(0.85, 2), 1e-6));
    const QPointF grabbed = m_plot->toData({300, 200});
    mouse.drag({300, 200}, {350, 170});
    requireEqual();
    QVERIFY(near(m_plot->toData({350, 170}).x(), grabbed.x(), 1e-9));
    QVERIFY(near(m_plot->toData({350, 170}).y(), grabbed.y(), 1e-9));
    m_plot->resize(400, 600);
    requireEqual();
    m_plot->resetView();
    requireEqual();
    requireShown({-2, 2}, {-2, 2});
    QVERIFY(!m_plot->isZoomed());
  }

  void reversedAxesToo() {
    m_plot->setAxis(PlotAxis::left, {.title = "x_2", .reversed = true});
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    requireEqual();
    QVERIFY(m_plot->toPixel({0, 1}).y() > m_plot->toPixel({0, 0}).y());
  }

  void resizingIsAnnounced() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    m_plot->grab();
    QCoreApplication::processEvents();
    const QSignalSpy changed(m_plot.get(), &Plot::rangeChanged);
    m_plot->resize(900, 400);
    m_plot->grab();
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), 1);
    m_plot->grab();
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), 1);
  }

  void logarithmicAxesAndOffLeaveTheRanges() {
    m_plot->setRange(PlotAxis::bottom, {1, 2});
    m_plot->setRange(PlotAxis::left, {1, 500});
    m_plot->setAxis(PlotAxis::left, {.scale = AxisScale::logarithmic});
    QVERIFY(m_plot->range(PlotAxis::left) == (AxisRange{1, 500}));
    m_plot->setAxis(PlotAxis::left, {});
    requireEqual();
    m_plot->setEqualAspect(false);
    QVERIFY(m_plot->range(PlotAxis::bottom) == (AxisRange{1, 2}));
  }

private:
  void requireEqual() {
    const QPointF a = m_plot->toPixel({0, 0}), b = m_plot->toPixel({1, 1});
    const double x = std::abs(b.x() - a.x()), y = std::abs(b.y() - a.y());
    QVERIFY2(near(x / y, 1, 1e-6), qPrintable(QString("%1 %2").arg(x).arg(y)));
  }
  void requireShown(AxisRange x, AxisRange y) {
    const AxisRange shownX = m_plot->range(PlotAxis::bottom);
    const AxisRange shownY = m_plot->range(PlotAxis::left);
    QVERIFY(shownX.lower <= x.lower && shownX.upper >= x.upper);
    QVERIFY(shownY.lower <= y.lower && shownY.upper >= y.upper);
  }

  std::unique_ptr<Plot> m_plot;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::AspectTest)
#include "aspect_test.moc"
