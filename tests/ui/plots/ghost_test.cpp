#include "core/runtime/errors.hpp"
#include "tests/ui/plots/support.hpp"
#include "ui/plots/plot.hpp"

#include <QTest>

#include <cmath>

namespace separatrix {

class GhostTest : public QObject {
  Q_OBJECT

private slots:
  void init() {
    m_plot = std::make_unique<Plot>();
    m_plot->resize(600, 400);
    m_curve = m_plot->addCurve({.colour = ColourRole::unstable, .width = 3, .name = "U"});
    m_hidden = m_plot->addCurve({.colour = ColourRole::density});
    m_plot->setCurve(m_curve, std::vector{0.0, 1.0}, std::vector{5.0, 5.0});
    m_plot->setCurve(m_hidden, std::vector{0.0, 1.0}, std::vector{8.0, 8.0});
    m_plot->setCurveVisible(m_hidden, false);
  }
  void cleanup() { m_plot.reset(); }

  void staysWhenTheCurveChangesAndMovesNoFit() {
    m_plot->pinGhost("before");
    m_plot->setCurve(m_curve, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    // The fit is as if there were none.
    QVERIFY(m_plot->range(PlotAxis::left).upper < 1.2);
    m_plot->setGhostsFitted(true);
    QVERIFY(m_plot->range(PlotAxis::left).upper > 5);
    const QColor ink = lightTheme().colour(ColourRole::unstable);
    const QImage image = m_plot->grab().toImage();
    const QPointF at = m_plot->toPixel({0.3, 5});
    QVERIFY(drawnAt(image, at));
    QVERIFY(!inkAt(image, at, ink));  // paler than the curve
    QVERIFY(inkAt(image, m_plot->toPixel({0.3, 0.3}), ink));
    m_plot->clearGhosts();
    m_plot->setRange(PlotAxis::left, {0, 6});
    QVERIFY(!drawnAt(m_plot->grab().toImage(), m_plot->toPixel({0.3, 5.3})));
    QVERIFY(!m_plot->hasGhosts());
  }

  void onlyVisibleCurvesArePinned() {
    m_plot->pinGhost("before");
    const std::vector<PlotGhost> ghosts = m_plot->ghosts();
    QCOMPARE(ghosts.size(), std::size_t{1});
    QCOMPARE(ghosts[0].curve, static_cast<int>(m_curve));
    QCOMPARE(ghosts[0].pieces[0].y, (std::vector{5.0, 5.0}));
  }

  void namesAreOnceAndReplaceThemselves() {
    m_plot->setCurveVisible(m_hidden, true);
    m_plot->pinGhost("a");
    m_plot->pinGhost("b");
    m_plot->setCurve(m_curve, std::vector{0.0, 1.0}, std::vector{6.0, 6.0});
    m_plot->pinGhost("a");
    QCOMPARE(m_plot->ghostNames(), (QStringList{"b", "a"}));
    QCOMPARE(m_plot->ghosts().size(), std::size_t{4});
    QCOMPARE(m_plot->ghosts()[2].pieces[0].y[0], 6.0);
    m_plot->removeGhost("b");
    QCOMPARE(m_plot->ghostNames(), QStringList{"a"});
  }

  void documentsKeepThem() {
    m_plot->pinGhost("before");
    const std::vector<PlotGhost> kept = m_plot->ghosts();
    m_plot->setRange(PlotAxis::left, {0, 10});
    m_plot->setCurve(m_curve, std::vector{0.0, 1.0}, std::vector{1.0, 1.0});
    const QImage before = m_plot->grab().toImage();
    m_plot->clearGhosts();
    QVERIFY(m_plot->grab().toImage() != before);
    m_plot->setGhosts(kept);
    QCOMPARE(m_plot->grab().toImage(), before);
    // Of a curve that this plot does not have: kept, not shown.
    std::vector<PlotGhost> more = kept;
    more.push_back({"other", 17, kept[0].pieces});
    more.push_back({"other", -1, kept[0].pieces});
    m_plot->setGhosts(more);
    QCOMPARE(m_plot->ghosts().size(), std::size_t{3});
    QCOMPARE(m_plot->grab().toImage(), before);
    more[0].pieces[0].y.pop_back();
    QVERIFY_THROWS_EXCEPTION(InvalidInput, m_plot->setGhosts(more));
  }

  void hiddenWithTheirCurve() {
    m_plot->pinGhost("before");
    m_plot->setRange(PlotAxis::left, {0, 10});
    m_plot->setCurve(m_curve, std::vector{0.0, 1.0}, std::vector{1.0, 1.0});
    QVERIFY(drawnAt(m_plot->grab().toImage(), m_plot->toPixel({0.3, 5})));
    m_plot->setCurveVisible(m_curve, false);
    QVERIFY(!drawnAt(m_plot->grab().toImage(), m_plot->toPixel({0.3, 5.3})));
    QVERIFY(m_plot->hasGhosts());
  }

  void pinsHaveOneEntryInTheLegend() {
    m_plot->setCurveVisible(m_hidden, true);
    m_plot->setAxis(PlotAxis::left, {"U"});
    const QString name = QString("a long name ").repeated(7);  // needs a row of its own
    const double top = m_plot->plotArea().top();
    m_plot->pinGhost(name);
    QVERIFY(m_plot->plotArea().top() > top);
    const double second = m_plot->plotArea().top();
    m_plot->pinGhost(name);
    QCOMPARE(m_plot->plotArea().top(), second);
  }

  void ghostsByStyle() {
    const CurveId reference = m_plot->addCurve({.colour = ColourRole::series1, .ghost = true});
    const MarkersId marks = m_plot->addMarkers({.ghost = true});
    m_plot->setCurve(reference, std::vector{-9.0, 9.0}, std::vector{50.0, 50.0});
    m_plot->setMarkers(marks, std::vector<PlotMarker>{{{30, 90}, {}}});
    QVERIFY(m_plot->range(PlotAxis::left).upper < 10);
    QVERIFY(m_plot->range(PlotAxis::bottom).upper < 2);
    m_plot->pinGhost("before");
    QCOMPARE(m_plot->ghosts().size(), std::size_t{1});
    m_plot->setCurveStyle(reference,
                          {.colour = ColourRole::series1, .ghost = true, .ghostFits = true});
    QVERIFY(m_plot->range(PlotAxis::left).upper > 50);
    QVERIFY(drawnAt(m_plot->grab().toImage(), m_plot->toPixel({-4, 50})));
  }

  void histogramsAreSteps() {
    const CurveId bars =
        m_plot->addCurve({.colour = ColourRole::series3, .fill = true, .step = true});
    m_plot->setCurveVisible(m_curve, false);
    m_plot->setCurve(bars, std::vector{1.0, 2.0, 3.0}, std::vector{2.0, 6.0, 4.0});
    // All of the outer cells is shown.
    QVERIFY(m_plot->range(PlotAxis::bottom).lower < 0.5);
    QVERIFY(m_plot->range(PlotAxis::bottom).upper > 3.5);
    QVERIFY(m_plot->range(PlotAxis::left).lower < 0);
    const QColor ink = lightTheme().colour(ColourRole::series3);
    const QImage image = m_plot->grab().toImage();
    for (const double x : {1.6, 2.0, 2.4}) QVERIFY(inkAt(image, m_plot->toPixel({x, 6}), ink));
    for (const double x : {0.6, 1.4}) QVERIFY(inkAt(image, m_plot->toPixel({x, 2}), ink));
    QVERIFY(inkAt(image, m_plot->toPixel({1.5, 4}), ink));  // the side between two cells
    QVERIFY(inkAt(image, m_plot->toPixel({0.5, 1}), ink));  // and the outer ones
    QVERIFY(inkAt(image, m_plot->toPixel({3.5, 2}), ink));
    QVERIFY(!inkAt(image, m_plot->toPixel({2.5, 2}), ink));  // shade only
    const QColor shade = image.pixelColor(m_plot->toPixel({2, 3.1}).toPoint());
    QVERIFY(shade != lightTheme().background);
    QVERIFY(image.pixelColor(m_plot->toPixel({1, 3.1}).toPoint()) != shade);
  }

private:
  /// Whether there is anything but the background and the grid.
  static bool drawnAt(const QImage& image, QPointF at) {
    for (int dy = -1; dy <= 1; ++dy) {
      const QColor c = image.pixelColor(at.toPoint() + QPoint(0, dy));
      const QColor& b = lightTheme().background;
      if (std::abs(c.red() - b.red()) + std::abs(c.green() - b.green()) +
              std::abs(c.blue() - b.blue()) >
          90) {
        return true;
      }
    }
    return false;
  }

  std::unique_ptr<Plot> m_plot;
  CurveId m_curve{}, m_hidden{};
};

}  // namespace separatrix

QTEST_MAIN(separatrix::GhostTest)
#include "ghost_test.moc"
