#include "core/study/critical_times.hpp"
#include "core/study/document.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/trajectories.hpp"
#include "ui/panels/readout_panel.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/data_points.hpp"
#include "ui/theme.hpp"
#include "ui/timeline_marks.hpp"
#include "ui/views/landscape_view.hpp"
#include "ui/views/trajectories_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

/// Two Gaussians in 1024 dimensions, of which a plane is seen.
class PlaneTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<LandscapeView> m_view;

  Plot* plot() { return m_view->findChild<Plot*>("landscape-plane"); }
  std::shared_ptr<const PotentialMap> map() { return m_session->result<PotentialMap>("potential"); }
  void wait() { QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 30000); }
  void choose(View& view, const char* option, int index) {
    auto* box = view.options().findChild<QComboBox*>(option);
    QVERIFY(box);
    box->setFocus();
    box->setCurrentIndex(index);
    emit box->activated(index);
    wait();
  }

private slots:
  void init() {
    m_session = std::make_unique<Session>();
    m_view = std::make_unique<LandscapeView>(*m_session);
    m_view->resize(600, 600);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), "two-gaussians")->json, "two-gaussians");
    QTRY_COMPARE(opened.size(), 1);
    wait();
  }
  void cleanup() {
    m_view.reset();
    m_session.reset();
  }

  void thePrincipalPlaneShowsBothClasses() {
    QVERIFY(plot()->isVisible());
    m_session->setTime(0.7);
    wait();
    QVERIFY(map());
    // Along the line through both means: a well on each side of the centre.
    const Index columns = map()->grid.axes[0].count, rows = map()->grid.axes[1].count;
    const auto along = [&](double u) {
      const GridAxis& axis = map()->grid.axes[0];
      const auto i = static_cast<Index>((u - axis.from) / (axis.to - axis.from) *
                                        static_cast<double>(columns - 1));
      return map()->potential[i * rows + rows / 2];
    };
    const double well = 32;  // |m| a 2: where 2 (x − a m) = x
    QVERIFY(along(well) < along(0) - 100 && along(-well) < along(0) - 100);
    QVERIFY(m_view->summary().contains("plane"));
  }

  void particlesAreProjectedOnIt() {
    const auto paths = m_session->result<Trajectories>("trajectories-principal-0-1");
    QVERIFY(paths);
    QCOMPARE(paths->ensemble.dimension(), Index{2});
    const auto end = paths->ensemble.state(paths->ensemble.dataEnd());
    // In the data the classes are at ±32, five of their deviations and more from the centre.
    QVERIFY(end.row(0).cwiseAbs().minCoeff() > 27);
  }

  void aClickStartsTrajectoriesOnThePlane() {
    m_session->setTime(1.5);
    wait();
    const QPointF uv(4, 2);
    QTest::mouseClick(plot(), Qt::LeftButton, {}, plot()->toPixel(uv).toPoint());
    QVERIFY(m_session->probe());
    QCOMPARE(m_session->probe()->size(), Index{1024});
    const Vec at = map()->grid.plane->coordinates(*m_session->probe());
    const QPointF pixel = plot()->toPixel({at[0], at[1]});
    QVERIFY((pixel - plot()->toPixel(uv)).manhattanLength() < 2.5);
    wait();
  }

  void coordinatesCanBeChosen() {
    choose(*m_view, "plane", 1);
    QCOMPARE(map()->grid.plane->names[0], std::string("x0"));
    choose(*m_view, "vertical", 3);
    QCOMPARE(map()->grid.plane->names[1], std::string("x3"));
    choose(*m_view, "horizontal", 3);
    QVERIFY(m_session->problemOf("potential").contains("choose another"));
  }

  void trajectoriesAreThoseAlongTheFirstDirection() {
    TrajectoriesView view(*m_session);
    view.resize(500, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    wait();
    QVERIFY(view.summary().contains("100 trajectories"));
    const AxisRange range = view.findChild<Plot*>()->range(PlotAxis::left);
    QVERIFY2(range.upper > 32 && range.lower < -32, qPrintable(QString::number(range.upper)));
    choose(view, "coordinate", 3);  // x0: a class is a hair beside the noise
    const AxisRange one = view.findChild<Plot*>()->range(PlotAxis::left);
    QVERIFY(one.upper < 10);
  }

  void theCollapseMakesAThirdRegime() {
    ReadoutPanel readout(*m_session);
    readout.show();
    wait();
    const auto third = [&](Index n) -> std::optional<double> {
      setDataPoints(*m_session, n);
      [&] { wait(); }();
      const auto found = m_session->result<CriticalTimes>("critical-times");
      const auto bands = regimeBands(*found, *m_session->problem(), lightTheme());
      if (bands.size() != 3 || bands[2].label != "III") return {};
      return bands[2].from;
    };
    // t_C = ½ log(1 + σ²/(n^{2/d} − 1)) [B Eq 10], β = 2.
    const auto expected = [](double n) {
      return 0.5 * std::log1p(1 / std::expm1(2 * std::log(n) / 1024));
    };
    for (const Index n : {20000, 1000000}) {
      const auto found = third(n);
      QVERIFY(found);
      QVERIFY(std::abs(*found - expected(static_cast<double>(n))) < 1e-9);
    }
    QCOMPARE(m_session->document().views.at("points").get<int>(), 1000000);
  }
};

QTEST_MAIN(PlaneTest)
#include "plane_test.moc"
