#include "tests/ui/plots/mouse.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

namespace separatrix {

class ProbeTest : public QObject {
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

  void isDrawnAndDragged() {
    m_plot->setProbe(QPointF(0.5, 0.25));
    const QColor ink = lightTheme().colour(ColourRole::critical);
    const QPoint from = m_plot->toPixel({0.5, 0.25}).toPoint();
    QVERIFY(ringAt(from, ink));
    const QSignalSpy moved(m_plot.get(), &Plot::probeMoved);
    const QSignalSpy released(m_plot.get(), &Plot::probeReleased);
    const QSignalSpy clicked(m_plot.get(), &Plot::clicked);
    const QPointF expected = m_plot->toData(m_plot->toPixel({0.5, 0.25}) + QPointF(60, 40));
    m_mouse->drag(from + QPoint(3, -2), from + QPoint(63, 38));
    QVERIFY(moved.count() >= 1);
    QCOMPARE(released.count(), 1);
    const QPointF end = released[0][0].toPointF();
    QVERIFY(near(end.x(), expected.x(), 1e-9) && near(end.y(), expected.y(), 1e-9));
    QCOMPARE(*m_plot->probe(), end);
    QVERIFY(ringAt(from + QPoint(60, 40), ink));
    QVERIFY(!ringAt(from, ink));
    QVERIFY(m_plot->isProbeSelected());
    QCOMPARE(clicked.count(), 0);
    QVERIFY(!m_plot->isZoomed());
    // It stays inside the axes.
    m_mouse->drag(from + QPoint(60, 40), {5000, 5000});
    QCOMPARE(*m_plot->probe(), QPointF(2, -1));
  }

  void staysUnderTheCursorWhateverIsSet() {
    m_plot->setProbe(QPointF(0, 0));
    connect(m_plot.get(), &Plot::probeMoved, this,
            [this] { m_plot->setProbe(QPointF(-1.9, -0.9), {.text = "fate"}); });
    const QPoint from = m_plot->toPixel({0, 0}).toPoint();
    m_mouse->drag(from, from + QPoint(80, -20));
    QVERIFY(m_plot->probe()->x() > 0.3 && m_plot->probe()->y() > 0);
  }

  void ridesOnACurveWhenHorizontal() {
    const auto height = [](double x) { return 0.5 * x * x - 0.5; };
    const ProbeOptions options{.horizontal = true};
    m_plot->setProbe(QPointF(0, height(0)), options);
    connect(m_plot.get(), &Plot::probeMoved, this,
            [&](QPointF data) { m_plot->setProbe(QPointF(data.x(), height(data.x())), options); });
    const QPoint from = m_plot->toPixel({0, height(0)}).toPoint();
    m_mouse->drag(from, from + QPoint(100, -90));
    QVERIFY(m_plot->probe()->x() > 0.5);
    QVERIFY(near(m_plot->probe()->y(), height(m_plot->probe()->x()), 1e-12));
  }

  void keysMoveAndRemoveTheSelectedOne() {
    m_plot->setProbe(QPointF(0, 0));
    const QSignalSpy released(m_plot.get(), &Plot::probeReleased);
    const QSignalSpy cleared(m_plot.get(), &Plot::probeCleared);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    QCOMPARE(released.count(), 0);
    m_plot->setProbeSelected(true);
    QTest::keyClick(m_plot.get(), Qt::Key_Right);
    const double one = 4 / m_plot->plotArea().width();
    QVERIFY(near(m_plot->probe()->x(), one, 1e-9));
    QTest::keyClick(m_plot.get(), Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(near(m_plot->probe()->y(), 10 * 2 / m_plot->plotArea().height(), 1e-9));
    QCOMPARE(released.count(), 2);
    QTest::keyClick(m_plot.get(), Qt::Key_Escape);
    QCOMPARE(cleared.count(), 1);
    QVERIFY(!m_plot->probe());
    m_plot->setProbe(QPointF(1, 0));
    m_plot->setProbeSelected(true);
    QTest::keyClick(m_plot.get(), Qt::Key_Delete);
    QCOMPARE(cleared.count(), 2);
    QTest::keyClick(m_plot.get(), Qt::Key_Delete);
    QCOMPARE(cleared.count(), 2);
  }

  void probeAndHandlesAreSelectedInTurn() {
    m_plot->setHandles(std::vector<QPointF>{{-1, 0}}, {.horizontal = false});
    m_plot->setProbe(QPointF(1, 0));
    m_mouse->click(m_plot->toPixel({-1, 0}).toPoint());
    QCOMPARE(m_plot->selectedHandle(), 0);
    m_mouse->click(m_plot->toPixel({1, 0}).toPoint());
    QVERIFY(m_plot->isProbeSelected());
    QCOMPARE(m_plot->selectedHandle(), -1);
    m_plot->setSelectedHandle(0);
    QVERIFY(!m_plot->isProbeSelected());
  }

  void positionsThatAreNoneHideIt() {
    m_plot->setProbe(QPointF(0, 0));
    m_plot->setProbe(QPointF(std::numeric_limits<double>::quiet_NaN(), 0));
    QVERIFY(!m_plot->probe());
    m_plot->setProbe(QPointF(50, 50));  // outside: kept, neither drawn nor grabbed
    QVERIFY(m_plot->probe().has_value());
    QVERIFY(!m_plot->grab().isNull());
  }

  void textStaysInsideTheAxes_data() {
    QTest::addColumn<QPointF>("at");
    QTest::newRow("middle") << QPointF(0, 0);
    QTest::newRow("upper right") << QPointF(2, 1);
    QTest::newRow("upper left") << QPointF(-2, 1);
    QTest::newRow("lower right") << QPointF(2, -1);
  }
  void textStaysInsideTheAxes() {
    QFETCH(QPointF, at);
    m_plot->setProbe(at);
    const QImage bare = m_plot->grab().toImage();
    m_plot->setProbe(at, {.text = "x_0 = 0.31\nfate: left 72 %\nsampled: right"});
    const QImage labelled = m_plot->grab().toImage();
    const QRect area = m_plot->plotArea().toAlignedRect().adjusted(-1, -1, 1, 1);
    int inside = 0, outside = 0;
    for (int y = 0; y < bare.height(); ++y) {
      for (int x = 0; x < bare.width(); ++x) {
        if (bare.pixel(x, y) == labelled.pixel(x, y)) continue;
        (area.contains(x, y) ? inside : outside) += 1;
      }
    }
    QVERIFY(inside > 300);
    QCOMPARE(outside, 0);
  }

  void clicksOnEmptyPlacesAreReported() {
    m_plot->setHandles(std::vector<QPointF>{{-1, 0}}, {.horizontal = false});
    m_plot->setProbe(QPointF(1, 0));
    const QSignalSpy clicked(m_plot.get(), &Plot::clicked);
    m_mouse->click({330, 120});
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked[0][0].toPointF(), m_plot->toData({330, 120}));
    QCOMPARE(clicked[0][1].value<Qt::MouseButton>(), Qt::LeftButton);
    m_mouse->click({330, 120}, Qt::RightButton);
    QCOMPARE(clicked.count(), 2);
    QCOMPARE(clicked[1][1].value<Qt::MouseButton>(), Qt::RightButton);
    // Not on things, not outside, not after a drag, not while placing.
    m_mouse->click(m_plot->toPixel({-1, 0}).toPoint());
    m_mouse->click(m_plot->toPixel({1, 0}).toPoint());
    m_mouse->click(m_plot->toPixel({1, 0}).toPoint(), Qt::RightButton);
    m_mouse->click({330, 395});
    m_mouse->drag({330, 120}, {360, 130});
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, Qt::ControlModifier, {330, 120});
    m_plot->setPlacing(true);
    m_mouse->click({330, 120});
    QCOMPARE(clicked.count(), 2);
  }

  void particlesAreGrabbed() {
    const ParticlesId set = m_plot->addParticles({.size = 6, .grabbable = true});
    m_plot->setParticles(set, std::vector{-1.0f, 0.9f, 1.0f}, std::vector{0.5f, 0.5f, 0.5f});
    const QSignalSpy pressed(m_plot.get(), &Plot::particlePressed);
    const QSignalSpy clicked(m_plot.get(), &Plot::clicked);
    const QPoint at = m_plot->toPixel({1, 0.5}).toPoint();
    m_mouse->move(at + QPoint(1, 2), Qt::NoButton);
    QCOMPARE(m_plot->cursor().shape(), Qt::PointingHandCursor);
    m_mouse->move(at + QPoint(20, 20), Qt::NoButton);
    QCOMPARE(m_plot->cursor().shape(), Qt::ArrowCursor);
    m_mouse->drag(at + QPoint(1, 2), at + QPoint(40, 30));
    QCOMPARE(pressed.count(), 1);
    QCOMPARE(pressed[0][0].value<ParticlesId>(), set);
    QCOMPARE(pressed[0][1].toInt(), 2);
    QVERIFY(near(pressed[0][2].toPointF().x(), 1, 1e-4));
    QVERIFY(near(pressed[0][2].toPointF().y(), 0.5, 1e-4));
    QVERIFY(m_plot->isZoomed());  // nobody took it: it panned
    m_plot->resetView();
    // A receiver that shows the probe there has it dragged on.
    connect(m_plot.get(), &Plot::particlePressed, this,
            [this](ParticlesId, int, QPointF data) { m_plot->setProbe(data); });
    m_mouse->drag(at, at + QPoint(40, 30));
    QCOMPARE(pressed.count(), 2);
    QVERIFY(!m_plot->isZoomed());
    QVERIFY(near(m_plot->probe()->x(), 1 + 40 * 4 / m_plot->plotArea().width(), 1e-4));
    // A click is none of it, and elsewhere it pans.
    m_plot->setProbe(std::nullopt);
    m_mouse->click(m_plot->toPixel({-1, 0.5}).toPoint());
    QCOMPARE(clicked.count(), 1);
    m_mouse->drag({200, 300}, {240, 300});
    QCOMPARE(pressed.count(), 2);
    QVERIFY(m_plot->isZoomed());
  }

  void particlesOnACurveAreGrabbedWhereTheyAreSeen() {
    const CurveId curve = m_plot->addCurve({});
    m_plot->setCurve(curve, std::vector{-2.0, 2.0}, std::vector{0.0, 0.0});
    const ParticlesId set = m_plot->addParticles({.size = 6, .spread = 0, .grabbable = true});
    m_plot->setParticlesOnCurve(set, std::vector{0.7f}, curve);
    const QSignalSpy pressed(m_plot.get(), &Plot::particlePressed);
    const QPoint at = m_plot->toPixel({0.7, 0}).toPoint() - QPoint(0, 5);
    m_mouse->drag(at, at + QPoint(30, -30));
    QCOMPARE(pressed.count(), 1);
    m_plot->resetView();
    m_plot->setParticleStyle(set, {.size = 6, .spread = 0});
    m_mouse->drag(at, at + QPoint(30, -30));
    QCOMPARE(pressed.count(), 1);
  }

private:
  /// Ink around a centre, and none in it.
  bool ringAt(QPoint centre, const QColor& ink) {
    const QImage image = m_plot->grab().toImage();
    int hits = 0;
    for (int i = 0; i < 8; ++i) {
      const double angle = M_PI * (i + 0.5) / 4;
      const double r = 6.5 * QFontInfo(m_plot->font()).pixelSize() / 12.0;
      hits += inkAt(image, centre + QPointF(r * std::cos(angle), r * std::sin(angle)), ink) ? 1 : 0;
    }
    return hits >= 7;
  }

  std::unique_ptr<Plot> m_plot;
  std::unique_ptr<PlotMouse> m_mouse;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::ProbeTest)
#include "probe_test.moc"
