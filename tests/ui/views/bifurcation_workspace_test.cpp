#include "core/study/document.hpp"
#include "core/study/splitting_tree.hpp"
#include "tests/ui/plots/mouse.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"
#include "ui/views/bifurcation_view.hpp"
#include "ui/views/self_consistency_view.hpp"
#include "ui/views/spectrum_view.hpp"
#include "ui/views/splitting_tree_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace separatrix;

namespace {

constexpr double kCriticalTime = 0.29264165432814315;  // of two deltas

bool near(QRgb a, QColor b) {
  return std::abs(qRed(a) - b.red()) + std::abs(qGreen(a) - b.green()) +
             std::abs(qBlue(a) - b.blue()) <
         90;
}

}  // namespace

class BifurcationWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<View> m_view;

  Plot* plot() { return m_view->findChild<Plot*>(m_view->objectName()); }
  const Theme& theme() { return lightTheme(); }
  double theta(double s) { return m_session->problem()->process().signal(s); }

  template <class V>
  void show(const char* preset) {
    m_view = std::make_unique<V>(*m_session);
    m_view->setTheme(theme());
    m_view->resize(600, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), preset)->json, preset);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_VERIFY(!m_session->busy());
  }
  QImage picture() {
    QTest::qWait(30);
    return plot()->grab().toImage();
  }
  /// How many pixels of a square around a place have a colour.
  int count(const QImage& image, QPointF place, ColourRole role, int reach = 5) {
    const QPoint at = plot()->toPixel(place).toPoint();
    int out = 0;
    for (int y = -reach; y <= reach; ++y)
      for (int x = -reach; x <= reach; ++x)
        if (near(image.pixel(at + QPoint(x, y)), theme().colour(role))) ++out;
    return out;
  }

private slots:
  void init() { m_session = std::make_unique<Session>(); }
  void cleanup() {
    m_view.reset();
    m_session.reset();
  }

  void theSpectrumCrossesZeroAtTheCriticalTime() {
    show<SpectrumView>("two-deltas");
    m_session->setTime(0.8);
    const QImage image = picture();
    const double at = theta(kCriticalTime);
    // Filled there; beside it there is at most its label.
    QVERIFY(count(image, {at, 0}, ColourRole::critical, 2) > 22);
    for (const double beside : {-0.1, -0.03, 0.03, 0.1})
      QVERIFY(count(image, {at + beside, 0}, ColourRole::critical, 2) < 18);
    QVERIFY(m_view->summary().contains(QString("θ = %1").arg(at, 0, 'f', 4)));
    // With U'' = A/b^2 + B - A a^2/b^4 at the centre.
    int drawn = 0, gaps = 0;
    for (double s = kCriticalTime - 0.01; s > 0.15; s -= 0.0005) {
      const Potential U = m_session->problem()->potentialAt(s);
      const double b2 = m_session->problem()->process().noiseVariance(s);
      const double scale = U.scoreWeight / b2 + U.radialWeight;
      const QPointF place(theta(s), 1 - U.scoreWeight * theta(s) * theta(s) / (b2 * b2) / scale);
      if (place.y() < -1.3) break;
      (count(image, place, ColourRole::unstable, 1) > 0 ? drawn : gaps) += 1;
    }
    QVERIFY(drawn > 20);
    QVERIFY(gaps > 5);
  }

  void anotherBranchIsStableAllAlong() {
    show<SpectrumView>("two-deltas");
    QVERIFY(m_view->summary().contains("zero at"));
    auto* box = m_view->options().findChild<QComboBox*>("branch");
    QVERIFY(box && box->count() == 3);
    m_view->options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(m_view->options().choice("branch"), QString("1"));
    const QImage image = picture();
    QCOMPARE(count(image, {0.9, -0.05}, ColourRole::unstable, 8), 0);
    QVERIFY(count(image, {0.95, 1}, ColourRole::stable, 8) > 0);
    const Json saved = documentToJson(m_session->document());
    QVERIFY(saved["views"]["spectrum"]["options"]["branch"] == "1");
  }

  void theLineOfTheSpectrumSetsTheTime() {
    show<SpectrumView>("two-deltas");
    m_session->setTime(0.5);
    picture();
    const int y = plot()->plotArea().center().toPoint().y();
    const auto pixel = [&](double s) {
      return QPoint(plot()->toPixel({theta(s), 0}).toPoint().x(), y);
    };
    PlotMouse(*plot()).drag(pixel(0.5), pixel(0.2));
    QVERIFY(std::abs(m_session->time() - 0.2) < 0.01);
  }

  void theSidesCrossAtTheFixedPoints() {
    show<SelfConsistencyView>("two-deltas");
    m_session->setTime(0.4);
    QTRY_VERIFY(m_view->summary().contains("cross 1 times"));
    m_session->setTime(0.1);
    QTRY_VERIFY(m_view->summary().contains("cross 3 times"));
    const QImage image = picture();
    QVERIFY(count(image, {0, 0}, ColourRole::unstable) > 25);
    QCOMPARE(count(image, {0.5, 0.5}, ColourRole::critical), 0);
  }

  // m = tanh((m + h)/s) for ±1 under σ = 1 [A Eq 27]: three solutions at s = 0.7 without a field,
  // one in a strong one.
  void theFieldIsDraggedThroughTheSpinodal() {
    show<SelfConsistencyView>("two-deltas-brownian");
    m_session->setTime(0.7);
    auto* form = m_view->options().findChild<QComboBox*>("form");
    m_view->options().show();
    form->setFocus();
    QTest::keyClick(form, Qt::Key_Down);
    QTRY_VERIFY(m_view->summary().contains("cross 3 times, at m = "));
    double m = 0.9;
    for (int i = 0; i < 200; ++i) m = std::tanh(m / 0.7);
    QVERIFY2(m_view->summary().contains(QString::number(m, 'g', 3)), qPrintable(m_view->summary()));
    const QImage image = picture();
    QVERIFY(count(image, {m, m}, ColourRole::stable) > 10);
    const int y = plot()->toPixel({0, 1.2}).toPoint().y();
    const auto pixel = [&](double h) { return QPoint(plot()->toPixel({h, 0}).toPoint().x(), y); };
    PlotMouse(*plot()).drag(pixel(0), pixel(0.5));
    const double h = m_session->viewState("self-consistency").at("field").get<double>();
    QVERIFY2(std::abs(h - 0.5) < 0.02, qPrintable(QString::number(h)));
    m = 1;
    for (int i = 0; i < 200; ++i) m = std::tanh((m + h) / 0.7);
    QTRY_VERIFY2(m_view->summary().contains(QString("cross 1 times, at m = %1").arg(m, 0, 'g', 3)),
                 qPrintable(m_view->summary()));
  }

  void fourDeltasPartTogether() {
    show<SplittingTreeView>("four-deltas");
    m_session->setTime(0.8);
    QTRY_VERIFY(m_session->result<SplittingTree>("splitting-tree") != nullptr);
    const QImage image = picture();
    QVERIFY(count(image, {0.5, 1.5}, ColourRole::critical) > 10);
    // Four lines on the data's side, in their own colours, one on the noise' side.
    for (int leaf = 0; leaf < 4; ++leaf) {
      QVERIFY(count(image, {0.25, double(leaf)}, seriesRole(leaf), 3) > 4);
      QCOMPARE(count(image, {0.7, double(leaf)}, seriesRole(leaf), 3), 0);
    }
    QVERIFY(count(image, {0.7, 1.5}, ColourRole::timeLine, 3) > 4);
    const int y = plot()->plotArea().center().toPoint().y() + 30;
    const auto pixel = [&](double s) { return QPoint(plot()->toPixel({s, 0}).toPoint().x(), y); };
    PlotMouse(*plot()).drag(pixel(0.8), pixel(0.3));
    QVERIFY(std::abs(m_session->time() - 0.3) < 0.01);
  }

  void theDiagramIsDrawnAgainstWhatIsChosen() {
    show<BifurcationView>("two-deltas");
    m_session->setTime(0.8);
    const auto choose = [&](const char* option) {
      auto* box = m_view->options().findChild<QComboBox*>(option);
      m_view->options().show();
      box->setFocus();
      QTest::keyClick(box, Qt::Key_Down);
    };
    QVERIFY(count(picture(), {theta(kCriticalTime), 0}, ColourRole::critical) > 25);
    choose("against");
    QCOMPARE(m_view->options().choice("against"), QString("s"));
    QVERIFY(count(picture(), {kCriticalTime, 0}, ColourRole::critical) > 25);
    QVERIFY(plot()->axis(PlotAxis::bottom).reversed);
    choose("against");
    const auto logSnr = [&](double s) {
      return 2 * std::log(theta(s)) - std::log(m_session->problem()->process().noiseVariance(s));
    };
    QVERIFY(count(picture(), {logSnr(kCriticalTime), 0}, ColourRole::critical) > 25);
    const int y = static_cast<int>(plot()->plotArea().top()) + 12;
    const auto pixel = [&](double s) {
      return QPoint(plot()->toPixel({logSnr(s), 0}).toPoint().x(), y);
    };
    PlotMouse(*plot()).drag(pixel(0.8), pixel(0.2));
    QVERIFY(std::abs(m_session->time() - 0.2) < 0.02);
    const Json saved = documentToJson(m_session->document());
    QVERIFY(saved["views"]["bifurcation"]["options"]["against"] == "log-snr");
  }

  void theDiagramOfAnotherQuantity() {
    show<BifurcationView>("four-deltas");
    m_session->setTime(3);
    auto* box = m_view->options().findChild<QComboBox*>("quantity");
    m_view->options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_End);
    QCOMPARE(m_view->options().choice("quantity"), QString("norm"));
    const QImage image = picture();
    // All minima are at distance 1 from the centre near the data.
    QVERIFY(count(image, {0.1, 1}, ColourRole::stable, 8) > 4);
    QVERIFY(plot()->range(PlotAxis::left).lower > -0.5);
    QTest::keyClick(box, Qt::Key_Home);
    picture();
    QVERIFY(plot()->range(PlotAxis::left).lower < -0.9);
  }

  void noTreeWithoutComponents() {
    show<SplittingTreeView>("hypersphere");
    QTRY_VERIFY(!m_session->problemOf("splitting-tree").isEmpty());
    QCOMPARE(m_view->summary(), QString("No splitting tree to show."));
  }
};

QTEST_MAIN(BifurcationWorkspaceTest)
#include "bifurcation_workspace_test.moc"
