#include "core/study/cloning.hpp"
#include "core/study/collapse.hpp"
#include "core/study/condensation.hpp"
#include "core/study/excess_entropy.hpp"
#include "core/study/log_time.hpp"
#include "core/study/overlap.hpp"
#include "core/study/phase_diagram.hpp"
#include "core/study/published.hpp"
#include "ui/panels/readout_panel.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/data_points.hpp"
#include "ui/views/cloning_view.hpp"
#include "ui/views/collapse_view.hpp"
#include "ui/views/condensation_view.hpp"
#include "ui/views/excess_entropy_view.hpp"
#include "ui/views/overlap_view.hpp"
#include "ui/views/phase_diagram_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace separatrix;

namespace {

/// Whether a pixel within `reach` of the place has the colour, or nearly.
bool hasColour(const QImage& image, QPointF at, const QColor& colour, int reach = 2) {
  for (int dx = -reach; dx <= reach; ++dx)
    for (int dy = -reach; dy <= reach; ++dy) {
      const QColor pixel = image.pixelColor(at.toPoint() + QPoint(dx, dy));
      if (std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
              std::abs(pixel.blue() - colour.blue()) <
          60)
        return true;
    }
  return false;
}

}  // namespace

/// The figures of Biroli et al., live.
class RegimesWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;

  void open(const Json& json) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(json, "test");
    QTRY_COMPARE(opened.size(), 1);
  }
  void openTwoGaussians(int d) {
    open({{"separatrix", 1},
          {"target", {{"kind", "two-gaussians"}, {"dimension", d}, {"mu_tilde", 1}, {"sigma2", 1}}},
          {"process", {{"kind", "vp-constant"}, {"beta", 2}, {"horizon", 10}}},
          {"ensemble", {{"particles", 100}, {"steps", 200}}}});
  }
  void wait() { QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60000); }
  template <class V>
  std::unique_ptr<V> shown() {
    auto view = std::make_unique<V>(*m_session);
    view->resize(640, 480);
    view->show();
    [&] { QVERIFY(QTest::qWaitForWindowExposed(view.get())); }();
    wait();
    QTest::qWait(30);
    return view;
  }
  static Plot* plotOf(View& view) { return view.findChild<Plot*>(); }

private slots:
  void init() { m_session = std::make_unique<Session>(); }
  void cleanup() { m_session.reset(); }

  void theCloningCurveGoesThroughThePublishedPoints() {
    openTwoGaussians(256);
    const auto view = shown<CloningView>();
    const auto published = publishedCloning(*m_session->problem());
    QVERIFY(published);
    QCOMPARE(published->t.size(), std::size_t{19});
    const auto curve = m_session->result<Cloning>("cloning-curve");
    QVERIFY(curve);
    QCOMPARE(curve->times.size(), std::size_t{100});
    const QImage image = plotOf(*view)->grab().toImage();
    int seen = 0;
    for (std::size_t i = 0; i < published->t.size(); ++i) {
      if (published->t[i] > 4.9) continue;
      // The exact curve at that time, in pixels: a cross lies on it within 4 standard errors.
      const auto next = static_cast<std::size_t>(published->t[i] * 10);
      QVERIFY(std::abs(curve->exact[next - 1] - published->values[i]) <
              4 * published->standardErrors[i] + 0.04);
      const QPointF at = plotOf(*view)->toPixel({published->t[i], published->values[i]});
      seen += hasColour(image, at, lightTheme().colour(ColourRole::timeLine)) ? 1 : 0;
    }
    QCOMPARE(seen, 8);
    QVERIFY(view->summary().contains("same class"));
  }

  void curvesOfAllDimensionsMeetInUnitsOfSpeciation() {
    openTwoGaussians(1024);
    const auto view = shown<CloningView>();
    auto* box = view->options().findChild<QComboBox*>("against");
    view->options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), 1);
    wait();
    for (const int d : kShownDimensions) {
      const auto other = m_session->result<Cloning>(inDimension({"cloning"}, d).key());
      QVERIFY(other);
      // φ = 0.775 at ½ log d, which is t_S but for σ².
      const std::vector<double> relative = other->relativeTimes();
      const auto above = std::lower_bound(relative.begin(), relative.end(), 1.0);
      const auto at = static_cast<std::size_t>(above - relative.begin());
      QVERIFY2(std::abs(other->exact[at] - 0.775) < 0.09,
               qPrintable(QString::number(other->exact[at])));
    }
    auto* flag = view->options().findChild<QToolButton*>("others");
    QTest::mouseClick(flag, Qt::LeftButton);
    wait();
    QVERIFY(!view->options().flag("others"));
  }

  void theExcessEntropyOfMorePointsVanishesLater() {
    openTwoGaussians(64);
    setDataPoints(*m_session, 500);
    const auto view = shown<ExcessEntropyView>();
    const auto few = m_session->result<ExcessEntropy>("excess-entropy");
    QCOMPARE(few->points, Index{500});
    setDataPoints(*m_session, 5000);
    wait();
    const auto many = m_session->result<ExcessEntropy>("excess-entropy");
    QCOMPARE(many->points, Index{5000});
    QVERIFY(many->alpha > few->alpha);
    QVERIFY(*many->collapseTime(0.05) <= *few->collapseTime(0.05));
    QVERIFY(view->summary().contains("5000 data points"));
  }

  void theOverlapPartsAtItsTime() {
    openTwoGaussians(256);
    const auto view = shown<OverlapView>();
    QVERIFY2(view->summary().contains("two wells below t = 3"), qPrintable(view->summary()));
    // Wells are darker than the ridge between them, near the data.
    const auto overlap = m_session->result<Overlap>("overlap");
    auto* flag = view->options().findChild<QToolButton*>("paths");
    view->options().show();
    QTest::mouseClick(flag, Qt::LeftButton);
    QTest::qWait(30);
    const QImage image = plotOf(*view)->grab().toImage();
    const double t = overlap->times[10], q = overlap->wells[10];
    const auto shade = [&](double at) {
      return qGray(image.pixel(plotOf(*view)->toPixel({t, at}).toPoint() + QPoint(0, 4)));
    };
    QVERIFY(shade(0.93 * q) < shade(0.25 * q));
  }

  void condensationFreezesAtTheMark() {
    openTwoGaussians(256);
    ReadoutPanel readout(*m_session);  // asks for the marks
    readout.show();
    const auto view = shown<CondensationView>();
    const auto curve = m_session->result<CondensationCurve>("condensation");
    QVERIFY(std::abs(curve->collapse - 1.298789686755865) < 1e-9);  // theory.json
    // ψ₊ is drawn solid above t_C and dashed below: all of 30 pixels, and not all.
    const QImage image = plotOf(*view)->grab().toImage();
    const auto covered = [&](double from, double to) {
      int seen = 0;
      for (int i = 0; i < 30; ++i) {
        const double t = from + (to - from) * i / 30;
        const auto at = std::lower_bound(curve->times.begin(), curve->times.end(), t);
        const auto k = static_cast<std::size_t>(at - curve->times.begin());
        const QPointF pixel = plotOf(*view)->toPixel({curve->times[k], curve->values[k].own.value});
        seen += hasColour(image, pixel, lightTheme().colour(ColourRole::series1), 1) ? 1 : 0;
      }
      return seen;
    };
    QVERIFY(covered(1.5, 1.8) >= 27);
    const int dashed = covered(0.6, 1.2);
    QVERIFY2(dashed > 5 && dashed < 28, qPrintable(QString::number(dashed)));
  }

  void theTimeLineIsDraggedThere() {
    openTwoGaussians(64);
    const auto view = shown<CondensationView>();
    m_session->setTime(1);
    wait();
    Plot* plot = plotOf(*view);
    const QPoint from = plot->toPixel({1, -0.8}).toPoint();
    const QPoint to = plot->toPixel({2, -0.8}).toPoint();
    QTest::mousePress(plot, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 5; ++i) QTest::mouseMove(plot, from + (to - from) * i / 5);
    QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
    QVERIFY2(std::abs(m_session->time() - 2) < 0.05,
             qPrintable(QString::number(m_session->time())));
  }

  void thePhaseDiagramShowsTheScene() {
    openTwoGaussians(256);
    const auto view = shown<PhaseDiagramView>();
    const QImage image = plotOf(*view)->grab().toImage();
    const QPointF star = plotOf(*view)->toPixel({std::log10(256), std::log10(std::log(2e4) / 256)});
    QVERIFY(hasColour(image, star, lightTheme().colour(ColourRole::critical), 1));
    QVERIFY(view->summary().contains("t_S = 2.775 and t_C = 1.299"));
  }

  void realDigitsPartAndCollapse() {
    open(findDocument(presets(), "digits")->json);
    const auto view = shown<CollapseView>();
    QVERIFY(m_session->problem()->remarks().empty());
    const auto collapse = m_session->result<Collapse>("collapse");
    QCOMPARE(collapse->points, Index{200});
    QCOMPARE(collapse->classes, 2);
    QCOMPARE(collapse->labels, (std::vector<int>{1, 8}));
    QVERIFY(collapse->averages.front().participationRatio.value > 0.8);
    QVERIFY(collapse->averages.back().sameClass.value < 0.6);
    QVERIFY(view->summary().contains("Classes 1 and 8 part first"));
    // Its data come with the program, and a document names them.
    const Json saved = documentToJson(m_session->document());
    QVERIFY(!saved.contains("files"));
    QCOMPARE(saved.at("target").at("path"), Json("builtin:digits.npy"));
  }

  void otherDataSayWhatIsNeeded() {
    open(findDocument(presets(), "four-deltas")->json);
    const auto view = shown<CondensationView>();
    QVERIFY(m_session->problemOf("condensation").contains("preserves variance"));
    QVERIFY(view->summary().contains("No free energies"));
  }
};

QTEST_MAIN(RegimesWorkspaceTest)
#include "regimes_workspace_test.moc"
