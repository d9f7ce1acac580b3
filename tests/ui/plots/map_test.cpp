#include "core/runtime/errors.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/export/figure.hpp"
#include "ui/plots/plot.hpp"

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

namespace separatrix {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const QColor kDarkest(0x44, 0x01, 0x54), kBrightest(0xfd, 0xe7, 0x25);  // ends of viridis

/// Values on a grid whose order is the default one, y fastest.
std::vector<double> sampled(const MapGrid& grid,
                            const std::function<double(double, double)>& field) {
  std::vector<double> values;
  for (std::size_t ix = 0; ix < grid.nx; ++ix) {
    for (std::size_t iy = 0; iy < grid.ny; ++iy) {
      values.push_back(
          field(std::lerp(grid.x.lower, grid.x.upper, double(ix) / double(grid.nx - 1)),
                std::lerp(grid.y.lower, grid.y.upper, double(iy) / double(grid.ny - 1))));
    }
  }
  return values;
}

double luminance(const QColor& c) {
  return 0.21 * c.redF() + 0.72 * c.greenF() + 0.07 * c.blueF();
}

bool same(const QColor& a, const QColor& b, int tolerance = 4) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

}  // namespace

class MapTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(620, 420);
    m_plot->setAxis(PlotAxis::bottom, {"x_1"});
    m_plot->setAxis(PlotAxis::left, {"x_2"});
  }
  void cleanup() { m_plot.reset(); }

  void brightestIsWhereTheMaximumIs_data() {
    QTest::addColumn<bool>("smooth");
    QTest::addColumn<bool>("reversed");
    QTest::newRow("cells") << false << false;
    QTest::newRow("smooth") << true << false;
    QTest::newRow("reversed") << true << true;
  }
  void brightestIsWhereTheMaximumIs() {
    QFETCH(bool, smooth);
    QFETCH(bool, reversed);
    m_plot->setAxis(PlotAxis::bottom, {.title = "x_1", .reversed = reversed});
    const MapGrid grid{{-2, 2}, {-1, 3}, 41, 81};
    const MapId map = m_plot->addMap({.smooth = smooth});
    m_plot->setMap(map, grid, sampled(grid, [](double x, double y) {
                     return std::exp(-8 * (std::pow(x - 1, 2) + std::pow(y - 2.5, 2)));
                   }));
    const QPointF brightest = m_plot->toData(extreme());
    QVERIFY2(near(brightest.x(), 1, 0.06) && near(brightest.y(), 2.5, 0.06),
             qPrintable(QString("%1 %2").arg(brightest.x()).arg(brightest.y())));
    const QImage image = m_plot->grab().toImage();
    QVERIFY(same(image.pixelColor(m_plot->toPixel({1, 2.5}).toPoint()), kBrightest, 8));
    QVERIFY(same(image.pixelColor(m_plot->toPixel({-1, 0}).toPoint()), kDarkest));
  }

  void bothOrdersAndTypesShowTheSame() {
    MapGrid grid{{0, 1}, {0, 1}, 2, 3};
    const MapId map = m_plot->addMap({.smooth = false});
    m_plot->setMap(map, grid, std::vector<double>{0, 1, 2, 3, 4, 5});
    const QImage first = m_plot->grab().toImage();
    QVERIFY(same(first.pixelColor(m_plot->toPixel({1, 0.5}).toPoint()),
                 first.pixelColor(m_plot->toPixel({1, 0.4}).toPoint())));
    QVERIFY(!same(first.pixelColor(m_plot->toPixel({1, 0.5}).toPoint()),
                  first.pixelColor(m_plot->toPixel({0, 0.5}).toPoint())));
    grid.order = MapGrid::Order::xFastest;
    m_plot->setMap(map, grid, std::vector<float>{0, 3, 1, 4, 2, 5});
    QCOMPARE(m_plot->grab().toImage(), first);
  }

  void cellsReachHalfACellBeyondTheirCentres() {
    const MapGrid grid{{0, 3}, {0, 1}, 4, 2};
    m_plot->setMap(m_plot->addMap({.smooth = false}), grid, std::vector<double>(8, 1.0));
    // The fit is the map, without a margin.
    QCOMPARE(m_plot->range(PlotAxis::bottom).lower, -0.5);
    QCOMPARE(m_plot->range(PlotAxis::bottom).upper, 3.5);
    QCOMPARE(m_plot->range(PlotAxis::left).upper, 1.5);
    m_plot->setRange(PlotAxis::bottom, {-2, 5});
    m_plot->setRange(PlotAxis::left, {-2, 3});
    const QImage image = m_plot->grab().toImage();
    const QColor inside = image.pixelColor(m_plot->toPixel({1.3, 0.7}).toPoint());
    const QPointF edge = m_plot->toPixel({3.5, 1.5});
    QVERIFY(same(image.pixelColor((edge + QPointF(-2, 2)).toPoint()), inside));
    QVERIFY(!same(image.pixelColor((edge + QPointF(2, 2)).toPoint()), inside, 40));
    QVERIFY(!same(image.pixelColor((edge + QPointF(-2, -2)).toPoint()), inside, 40));
  }

  void whatIsNoNumberIsLeftOutAndInfinityIsTheTop() {
    const MapGrid grid{{0, 2}, {0, 2}, 3, 3};
    const double inf = std::numeric_limits<double>::infinity();
    const MapId map = m_plot->addMap({.smooth = false});
    m_plot->setMap(map, grid, std::vector<double>{0, 0, 0, 0, kNan, inf, 0, 0, 1});
    const QImage image = m_plot->grab().toImage();
    QVERIFY(!same(pixelAt(image, {1.2, 1.2}), kDarkest, 60));
    QVERIFY(same(pixelAt(image, {1.2, 2.2}), kBrightest));
    QVERIFY(same(pixelAt(image, {0.2, 0.2}), kDarkest));
    QCOMPARE(m_plot->mapRange(map).upper, 1.0);
  }

  void rangesOfColours() {
    const MapGrid grid{{0, 9}, {0, 9}, 10, 10};
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(i < 90 ? i : 1000 * i);
    MapStyle style;
    const MapId map = m_plot->addMap(style);
    m_plot->setMap(map, grid, values);
    QVERIFY(m_plot->mapRange(map) == (AxisRange{0, 99000}));
    style.clipAbove = 500;
    m_plot->setMapStyle(map, style);
    QVERIFY(m_plot->mapRange(map) == (AxisRange{0, 500}));
    style.scale = MapScale::robust;
    m_plot->setMapStyle(map, style);
    QVERIFY(m_plot->mapRange(map).upper >= 70 && m_plot->mapRange(map).upper <= 90);
    style.scale = MapScale::given;
    style.range = {-3, 8};
    m_plot->setMapStyle(map, style);
    QVERIFY(m_plot->mapRange(map) == (AxisRange{-3, 8}));
    m_plot->setMap(map, grid, std::vector<double>(100, kNan));
    QVERIFY(!m_plot->grab().isNull());
    style = {};
    m_plot->setMapStyle(map, style);
    m_plot->setMap(map, grid, std::vector<double>(100, 7.0));
    QVERIFY(m_plot->mapRange(map).lower < 7 && m_plot->mapRange(map).upper > 7);
  }

  void divergingHasZeroAtTheBackground() {
    const MapGrid grid{{-1, 1}, {-1, 1}, 21, 21};
    const MapId map = m_plot->addMap({.palette = MapPalette::diverging});
    for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
      m_plot->setTheme(*theme);
      m_plot->setMap(map, grid, sampled(grid, [](double x, double y) { return x + 0.2 * y; }));
      QCOMPARE(m_plot->mapRange(map).lower, -m_plot->mapRange(map).upper);
      const QImage image = m_plot->grab().toImage();
      QVERIFY(same(pixelAt(image, {0, 0}), theme->background, 12));
      QVERIFY(pixelAt(image, {-0.7, 0}).blue() > pixelAt(image, {-0.7, 0}).red());
      QVERIFY(pixelAt(image, {0.7, 0}).red() > pixelAt(image, {0.7, 0}).blue());
    }
  }

  void contoursAreDrawnAtTheirLevels() {
    const MapGrid grid{{-2, 2}, {-2, 2}, 101, 101};
    const auto bowl = [](double x, double y) { return x * x + y * y; };
    const MapId map = m_plot->addMap({.levels = {1.0}});
    m_plot->setMap(map, grid, sampled(grid, bowl));
    const QImage lined = m_plot->grab().toImage();
    m_plot->setMapStyle(map, {});
    const QImage plain = m_plot->grab().toImage();
    int on = 0, off = 0;
    for (int i = 0; i < 60; ++i) {
      const double angle = 2 * M_PI * i / 60;
      const QPointF unit(std::cos(angle), std::sin(angle));
      on += differsNear(lined, plain, unit) ? 1 : 0;
      off += differsNear(lined, plain, 1.15 * unit) || differsNear(lined, plain, 0.85 * unit);
    }
    QCOMPARE(on, 60);
    QCOMPARE(off, 0);
    m_plot->setMapStyle(map, {.contours = 8});
    const std::vector<double> levels = m_plot->mapLevels(map);
    QVERIFY(levels.size() >= 3 && levels.size() <= 8);
    QCOMPARE(levels[1] - levels[0], 1.0);
  }

  void contoursAreSeenOnBothEnds() {
    const MapGrid grid{{0, 1}, {0, 1}, 11, 11};
    const MapId map = m_plot->addMap({.levels = {0.05, 0.95}});
    m_plot->setMap(map, grid, sampled(grid, [](double x, double) { return x; }));
    const QImage lined = m_plot->grab().toImage();
    m_plot->setMapStyle(map, {});
    const QImage plain = m_plot->grab().toImage();
    for (const double level : {0.05, 0.95}) {
      double most = 1;
      for (int dx = -1; dx <= 1; ++dx) {
        const QPoint at = m_plot->toPixel({level, 0.5}).toPoint() + QPoint(dx, 0);
        most = std::max(most, contrastRatio(lined.pixelColor(at), plain.pixelColor(at)));
      }
      QVERIFY2(most > 1.6, qPrintable(QString::number(most)));
    }
  }

  void colourBarTakesItsRoomAndShowsTheScale() {
    const MapGrid grid{{0, 1}, {0, 1}, 5, 5};
    const MapId map = m_plot->addMap({.title = "U(x, s)"});
    const double wide = m_plot->plotArea().right();
    m_plot->setMap(map, grid, sampled(grid, [](double x, double y) { return x + y; }));
    const double narrow = m_plot->plotArea().right();
    QVERIFY(narrow < wide - 30);
    const QImage image = m_plot->grab().toImage();
    const int x = static_cast<int>(narrow) + 17;
    QVERIFY(
        same(image.pixelColor(x, static_cast<int>(m_plot->plotArea().top()) + 2), kBrightest, 20));
    QVERIFY(
        same(image.pixelColor(x, static_cast<int>(m_plot->plotArea().bottom()) - 3), kDarkest, 20));
    m_plot->setMapVisible(map, false);
    QCOMPARE(m_plot->plotArea().right(), wide);
    m_plot->setMapVisible(map, true);
    // Beyond a right axis, which keeps its place beside the area.
    m_plot->setAxis(PlotAxis::right, {"p(x, s)"});
    QVERIFY(m_plot->plotArea().right() < narrow - 30);
    m_plot->removeMap(map);
    QVERIFY(m_plot->plotArea().right() > narrow - 30);
  }

  void mapsLieBeneathEverythingElse() {
    const MapGrid grid{{0, 1}, {0, 1}, 5, 5};
    const CurveId curve = m_plot->addCurve({.colour = ColourRole::unstable, .width = 4});
    m_plot->setCurve(curve, std::vector{0.0, 1.0}, std::vector{0.5, 0.5});
    m_plot->setMap(m_plot->addMap({}), grid, std::vector<double>(25, 1.0));
    QVERIFY(inkAt(m_plot->grab().toImage(), m_plot->toPixel({0.5, 0.5}),
                  lightTheme().colour(ColourRole::unstable)));
  }

  void newDataAndThemesReachThePixels() {
    const MapGrid grid{{0, 1}, {0, 1}, 2, 2};
    const MapId map = m_plot->addMap({.palette = MapPalette::diverging});
    m_plot->setMap(map, grid, std::vector<double>{1, 1, -1, -1});
    const QImage first = m_plot->grab().toImage();
    m_plot->setMap(map, grid, std::vector<double>{-1, -1, 1, 1});
    const QImage second = m_plot->grab().toImage();
    QVERIFY(!same(pixelAt(first, {0, 0}), pixelAt(second, {0, 0}), 40));
    m_plot->setTheme(darkTheme());
    QVERIFY(!same(pixelAt(m_plot->grab().toImage(), {0, 0}), pixelAt(second, {0, 0}), 20));
    m_plot->clearMap(map);
    QVERIFY(same(pixelAt(m_plot->grab().toImage(), {0.31, 0.31}), darkTheme().background));
  }

  void basinsBlendInLinearLight() {
    const MapGrid grid{{0, 2}, {0, 1}, 3, 2};
    const MapId map = m_plot->addMap({.smooth = false});
    const std::vector<ColourRole> palette{ColourRole::series1, ColourRole::series2};
    // Columns: all of the first group, half of each, all of the second.
    const std::vector<float> weights{1, 1, 0.5f, 0.5f, 0, 0, 0, 0, 0.5f, 0.5f, 1, 1};
    m_plot->setBlend(map, grid, weights, palette);
    const QImage image = m_plot->grab().toImage();
    const auto over = [&](const QColor& colour) {
      const auto channel = [&](int c, int background) {
        return static_cast<int>(std::lround(0.55 * c + 0.45 * background));
      };
      const QColor b = lightTheme().background;
      return QColor(channel(colour.red(), b.red()), channel(colour.green(), b.green()),
                    channel(colour.blue(), b.blue()));
    };
    const QColor first = lightTheme().colour(ColourRole::series1);
    const QColor second = lightTheme().colour(ColourRole::series2);
    QVERIFY(same(pixelAt(image, {0.13, 0.3}), over(first)));
    QVERIFY(same(pixelAt(image, {1.87, 0.3}), over(second)));
    const auto mean = [](int a, int b) {
      const auto light = [](double v) { return std::pow((v / 255 + 0.055) / 1.055, 2.4); };
      return static_cast<int>(
          std::lround(255 * (1.055 * std::pow((light(a) + light(b)) / 2, 1 / 2.4) - 0.055)));
    };
    const QColor half(mean(first.red(), second.red()), mean(first.green(), second.green()),
                      mean(first.blue(), second.blue()));
    QVERIFY(same(pixelAt(image, {1.13, 0.3}), over(half), 6));
  }

  void figuresHaveAnImageAndTrueContours() {
    const MapGrid grid{{-2, 2}, {-2, 2}, 41, 41};
    const auto bowl = [](double x, double y) { return x * x + y * y; };
    const MapId map = m_plot->addMap({.levels = {1.0, 2.0}, .title = "U"});
    m_plot->setMap(map, grid, sampled(grid, bowl));
    const Plot* const plots[] = {m_plot.get()};
    const QByteArray svg = renderFigure(plots, {}, FigureFormat::svg).bytes;
    QCOMPARE(svg.count("<image"), 1);
    const qsizetype lined = svg.count("<polyline");
    m_plot->setMapStyle(map, {.title = "U"});
    const qsizetype plain = renderFigure(plots, {}, FigureFormat::svg).bytes.count("<polyline");
    QVERIFY2(lined - plain >= 2, qPrintable(QString("%1 %2").arg(lined).arg(plain)));
    QVERIFY(renderFigure(plots, {}, FigureFormat::pdf).bytes.contains("/Subtype /Image"));
    FigureOptions options;
    options.unit = FigureUnit::pixels;
    options.size = {400, 300};
    const QImage png =
        QImage::fromData(renderFigure(plots, options, FigureFormat::png).bytes, "PNG");
    int dark = 0;
    for (int y = 0; y < 300; ++y) {
      for (int x = 0; x < 400; ++x) dark += same(png.pixelColor(x, y), kDarkest, 30) ? 1 : 0;
    }
    QVERIFY(dark > 200);
  }

  void invalidMapsAreNamed() {
    const MapId map = m_plot->addMap({});
    const std::vector<double> four(4, 0.0);
    const std::vector<float> weights(4, 0.0f);
    const std::vector<ColourRole> two{ColourRole::series1, ColourRole::series2};
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setMap(map, MapGrid{{0, 1}, {0, 1}, 2, 3}, four));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setMap(map, MapGrid{{1, 1}, {0, 1}, 2, 2}, four));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setMap(map, MapGrid{{0, 1}, {0, kNan}, 2, 2}, four));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setMap(map, MapGrid{{0, 1}, {0, 1}, 4, 1}, four));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setBlend(map, MapGrid{{0, 1}, {0, 1}, 2, 2}, weights, two));
    QVERIFY_THROWS_EXCEPTION(InvalidInput,
                             m_plot->setMap(MapId{7}, MapGrid{{0, 1}, {0, 1}, 2, 2}, four));
  }

private:
  QColor pixelAt(const QImage& image, QPointF data) const {
    return image.pixelColor(m_plot->toPixel(data).toPoint());
  }

  /// The middle of the brightest pixels of the area that are not the background.
  QPointF extreme() {
    const QImage image = m_plot->grab().toImage();
    const QRect area = m_plot->plotArea().toRect().adjusted(2, 2, -2, -2);
    double most = 0;
    QPointF sum;
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
      for (int x = area.left(); x <= area.right(); ++x) {
        const double l = luminance(image.pixelColor(x, y));
        if (l > most + 1e-9) {
          most = l;
          sum = {};
          count = 0;
        }
        if (l > most - 1e-9) {
          sum += QPointF(x + 0.5, y + 0.5);
          ++count;
        }
      }
    }
    return sum / count;
  }

  bool differsNear(const QImage& a, const QImage& b, QPointF data) const {
    const QPoint at = m_plot->toPixel(data).toPoint();
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        if (!same(a.pixelColor(at + QPoint(dx, dy)), b.pixelColor(at + QPoint(dx, dy)), 10)) {
          return true;
        }
      }
    }
    return false;
  }

  std::unique_ptr<Plot> m_plot;
};

}  // namespace separatrix

QTEST_MAIN(separatrix::MapTest)
#include "map_test.moc"
