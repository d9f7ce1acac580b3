#include "ui/plots/plot.hpp"

#include "core/runtime/errors.hpp"
#include "tests/ui/plots/support.hpp"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

class PlotTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(600, 400);
    m_plot->setAxis(PlotAxis::bottom, {"x_0"});
    m_plot->setAxis(PlotAxis::left, {"U(x, s_{c})"});
  }
  void cleanup() { m_plot.reset(); }

  void mapsThereAndBack() {
    m_plot->setRange(PlotAxis::bottom, {-2, 2});
    m_plot->setRange(PlotAxis::left, {-1, 3});
    const QRectF area = m_plot->plotArea();
    QCOMPARE(m_plot->toPixel({-2, -1}), area.bottomLeft());
    QCOMPARE(m_plot->toPixel({2, 3}), area.topRight());
    const QPointF back = m_plot->toData(m_plot->toPixel({0.3, 1.7}));
    QVERIFY(near(back.x(), 0.3, 1e-12) && near(back.y(), 1.7, 1e-12));
  }

  void reversedAndLogarithmicAxes() {
    m_plot->setAxis(PlotAxis::bottom, {.title = "s", .reversed = true});
    m_plot->setAxis(PlotAxis::left, {.scale = AxisScale::logarithmic});
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {1, 100});
    const QRectF area = m_plot->plotArea();
    QCOMPARE(m_plot->toPixel({1, 1}), area.bottomLeft());
    QVERIFY(near(m_plot->toPixel({0.5, 10}).y(), area.center().y(), 1e-6));
    QVERIFY(near(m_plot->toData(area.center()).y(), 10, 1e-9));
  }

  void curveIsDrawnWhereItShouldBe() {
    m_plot->setRange(PlotAxis::bottom, {0, 4});
    m_plot->setRange(PlotAxis::left, {0, 2});
    const CurveId id = m_plot->addCurve({.colour = ColourRole::unstable, .width = 3});
    const double inf = std::numeric_limits<double>::infinity();
    m_plot->setCurve(id, std::vector{0.0, 1.0, 2.0, 3.0, 4.0},
                     std::vector{1.0, 1.0, inf, 1.5, 1.5});
    const QImage image = m_plot->grab().toImage();
    const QColor ink = lightTheme().colour(ColourRole::unstable);
    QVERIFY(inkAt(image, m_plot->toPixel({0.5, 1}), ink));
    QVERIFY(!inkAt(image, m_plot->toPixel({1.6, 1.1}), ink));
    QVERIFY(!inkAt(image, m_plot->toPixel({2.5, 1.3}), ink));
    QVERIFY(inkAt(image, m_plot->toPixel({3.5, 1.5}), ink));
    QCOMPARE(image.pixelColor(2, 2), lightTheme().background);
  }

  void rightAxisHasItsOwnScale() {
    const CurveId u = m_plot->addCurve({});
    const double narrow = m_plot->plotArea().right();
    const CurveId p = m_plot->addCurve({.yAxis = PlotAxis::right});
    QVERIFY(m_plot->plotArea().right() < narrow);
    m_plot->setCurve(u, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    m_plot->setCurve(p, std::vector{0.0, 1.0}, std::vector{0.0, 500.0});
    QVERIFY(m_plot->range(PlotAxis::left).upper < 2);
    QVERIFY(m_plot->range(PlotAxis::right).upper > 500);
    m_plot->setCurveVisible(p, false);
    QCOMPARE(m_plot->plotArea().right(), narrow);
  }

  void fitsFoldedCurvesAndIncludesZero() {
    m_plot->setAxis(PlotAxis::left, {.includeZero = true});
    const CurveId id = m_plot->addCurve({});
    const std::vector<CurvePiece> pieces{{{1, 3, 1}, {2, 4, 6}}, {{-1, 0}, {5, kNan}}};
    m_plot->setCurves(id, pieces);
    const AxisRange x = m_plot->range(PlotAxis::bottom), y = m_plot->range(PlotAxis::left);
    QVERIFY(x.lower < -1 && x.lower > -1.2 && x.upper > 3 && x.upper < 3.2);
    QVERIFY(y.lower == 0 && y.upper > 6 && y.upper < 7);
  }

  void constantAndEmptyDataHaveARange() {
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{1.0, 2.0}, std::vector{7.0, 7.0});
    const AxisRange y = m_plot->range(PlotAxis::left);
    QVERIFY(y.lower < 7 && y.upper > 7);
    m_plot->setCurve(id, {}, {});
    m_plot->setCurve(id, std::vector{kNan}, std::vector{1e308});
    QVERIFY(m_plot->range(PlotAxis::left).lower < m_plot->range(PlotAxis::left).upper);
    QVERIFY(!m_plot->grab().isNull());
  }

  void holdKeepsTheVerticalRangeUntilReleased() {
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    const AxisRange before = m_plot->range(PlotAxis::left);
    m_plot->holdRange(true);
    m_plot->setCurve(id, std::vector{0.0, 2.0}, std::vector{0.0, 50.0});
    QVERIFY(m_plot->range(PlotAxis::left) == before);
    QVERIFY(m_plot->range(PlotAxis::bottom).upper > 2);
    m_plot->holdRange(false);
    QVERIFY(m_plot->range(PlotAxis::left).upper > 50);
  }

  void lockOutlivesAHold() {
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    const AxisRange before = m_plot->range(PlotAxis::left);
    m_plot->setRangeLocked(true);
    m_plot->holdRange(true);
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 50.0});
    m_plot->holdRange(false);
    QVERIFY(m_plot->range(PlotAxis::left) == before);
    m_plot->setRangeLocked(false);
    QVERIFY(m_plot->range(PlotAxis::left).upper > 50);
  }

  void firstDataAreFittedEvenWhileHeld() {
    m_plot->holdRange(true);
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{100.0, 200.0});
    QVERIFY(m_plot->range(PlotAxis::left).lower > 50);
  }

  void particlesRideOnTheCurve() {
    m_plot->setRange(PlotAxis::bottom, {-1, 1});
    m_plot->setRange(PlotAxis::left, {0, 4});
    const CurveId curve = m_plot->addCurve({});
    const ParticlesId id = m_plot->addParticles({.size = 8, .opacity = 1, .spread = 0});
    m_plot->setParticlesOnCurve(id, std::vector<float>{-0.5f, 7.0f}, curve);
    const QColor ink = lightTheme().colour(ColourRole::particle);
    for (const double height : {1.0, 3.0}) {
      m_plot->setCurve(curve, std::vector{-1.0, 1.0}, std::vector{height, height});
      const QImage image = m_plot->grab().toImage();
      QVERIFY(inkAt(image, m_plot->toPixel({-0.5, height}) - QPointF(0, 6), ink));
      QVERIFY(!inkAt(image, m_plot->toPixel({0.5, height}) - QPointF(0, 6), ink));
    }
  }

  void particlesAndPathsTakeTheirGroupsColours() {
    m_plot->setRange(PlotAxis::bottom, {0, 1});
    m_plot->setRange(PlotAxis::left, {0, 1});
    const std::vector<ColourRole> palette{ColourRole::series1, ColourRole::series2};
    const ParticlesId dots = m_plot->addParticles({.palette = palette, .size = 8, .opacity = 1});
    m_plot->setParticles(dots, std::vector{0.2f, 0.8f}, std::vector{0.9f, 0.9f},
                         std::vector<std::uint8_t>{0, 1});
    const PathsId paths = m_plot->addPaths({.palette = palette, .width = 4, .opacity = 1});
    m_plot->setPaths(paths, std::vector{1.0, 0.5, 0.0},
                     std::vector{0.2f, 0.6f, 0.2f, 0.6f, 0.2f, 0.6f}, PathOrder::stepMajor,
                     std::vector<std::uint8_t>{0, 1});
    const QImage image = m_plot->grab().toImage();
    const QColor first = lightTheme().colour(ColourRole::series1);
    const QColor second = lightTheme().colour(ColourRole::series2);
    QVERIFY(inkAt(image, m_plot->toPixel({0.2, 0.9}), first));
    QVERIFY(inkAt(image, m_plot->toPixel({0.8, 0.9}), second));
    QVERIFY(inkAt(image, m_plot->toPixel({0.3, 0.2}), first));
    QVERIFY(inkAt(image, m_plot->toPixel({0.3, 0.6}), second));
  }

  void invalidSizesAreNamed() {
    const CurveId curve = m_plot->addCurve({});
    const PathsId paths = m_plot->addPaths({});
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setCurve(curve, std::vector{1.0}, {}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setCurve(CurveId{9}, {}, {}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setPaths(paths, std::vector{0.0, 1.0},
                                                            std::vector{1.0f, 1.0f, 1.0f}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setPaths(paths, std::vector{0.0, 1.0, 0.5},
                                                            std::vector{1.0f, 1.0f, 1.0f}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setRange(PlotAxis::left, {1, 1}));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setRange(PlotAxis::left, {0, HUGE_VAL}));
  }

  void everythingIsSafeWhenTiny() {
    const CurveId curve = m_plot->addCurve({.fill = true, .name = "a long name in the legend"});
    m_plot->setCurve(curve, std::vector{0.0, 1.0}, std::vector{-1.0, 1.0});
    m_plot->setBands(std::vector<PlotBand>{{-HUGE_VAL, 0.5, ColourRole::muted, "band"}});
    m_plot->setField(std::vector<FieldArrow>{{0.5, 0.5, 1, 1}, {0.2, 0.1, 0, 0}});
    m_plot->setMessage("computing…");
    m_plot->setNote("s = 0.31");
    for (const QSize size : {QSize(1, 1), QSize(30, 20), QSize(200, 10), QSize(60, 300)}) {
      m_plot->resize(size);
      QCOMPARE(m_plot->grab().size(), size);
    }
  }

  void darkThemeReachesThePixels() {
    m_plot->setTheme(darkTheme());
    QCOMPARE(m_plot->grab().toImage().pixelColor(3, 3), darkTheme().background);
    m_plot->setTheme(lightTheme());
    QCOMPARE(m_plot->grab().toImage().pixelColor(3, 3), lightTheme().background);
  }

  void rangeChangesAreAnnounced() {
    const QSignalSpy changed(m_plot.get(), &Plot::rangeChanged);
    const CurveId id = m_plot->addCurve({});
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 5.0});
    QVERIFY(m_plot->range(PlotAxis::left).upper > 5);
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), 1);
    m_plot->setCurve(id, std::vector{0.0, 1.0}, std::vector{0.0, 5.0});
    QVERIFY(m_plot->range(PlotAxis::left).upper > 5);
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), 1);
  }

private:
  std::unique_ptr<Plot> m_plot;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::PlotTest)
#include "plot_test.moc"
