#include "core/study/document.hpp"
#include "core/study/hysteresis.hpp"
#include "core/study/thermodynamics.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/exponents_view.hpp"
#include "ui/views/free_energies_view.hpp"
#include "ui/views/free_energy_maps_view.hpp"
#include "ui/views/hopfield_view.hpp"
#include "ui/views/hysteresis_view.hpp"
#include "ui/views/order_parameter_view.hpp"
#include "ui/views/participation_view.hpp"
#include "ui/views/susceptibility_view.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>

using namespace separatrix;

namespace {

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

/// Ambrogioni's figures, live: two deltas under Brownian noise are the mean-field magnet
/// m = tanh(m/t) [A Eq 27], with t = s.
class ThermodynamicsWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;

  void open(const char* preset) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), preset)->json, preset);
    QTRY_COMPARE(opened.size(), 1);
  }
  void wait() { QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60000); }
  template <class V>
  std::unique_ptr<V> shown(double time = 0.5) {
    auto view = std::make_unique<V>(*m_session);
    view->resize(640, 480);
    view->show();
    [&] { QVERIFY(QTest::qWaitForWindowExposed(view.get())); }();
    wait();
    m_session->setTime(time);
    wait();
    QTest::qWait(30);
    return view;
  }
  static Plot* plotOf(View& view) { return view.findChild<Plot*>(); }

private slots:
  void init() {
    m_session = std::make_unique<Session>();
    open("two-deltas-brownian");
  }
  void cleanup() { m_session.reset(); }

  void theOrderParameterGrowsBelowTheCriticalTime() {
    const auto view = shown<OrderParameterView>(3);
    const QImage image = plotOf(*view)->grab().toImage();
    const Theme& theme = lightTheme();
    for (const double t : {0.3, 0.5, 0.8}) {
      double m = 1;
      for (int i = 0; i < 200; ++i) m = std::tanh(m / t);
      QVERIFY2(hasColour(image, plotOf(*view)->toPixel({t, m}), theme.colour(ColourRole::stable)),
               qPrintable(QString::number(t)));
    }
    QVERIFY(hasColour(image, plotOf(*view)->toPixel({2, 0}), theme.colour(ColourRole::stable)));
    int dashes = 0;
    for (int i = 0; i < 40; ++i)
      dashes += hasColour(image, plotOf(*view)->toPixel({0.2 + 0.015 * i, 0}),
                          theme.colour(ColourRole::unstable), 0)
                    ? 1
                    : 0;
    QVERIFY2(dashes > 8 && dashes < 38, qPrintable(QString::number(dashes)));
    QVERIFY(view->summary().contains("critical at s = 1"));
  }

  // dh/du = 0 with h = u − tanh(u/t): at t = ½, h = ∓0.2664 and m = ±√½.
  void hysteresisHasItsSpinodals() {
    const auto view = shown<HysteresisView>();
    const auto found = m_session->result<Hysteresis>("hysteresis");
    QVERIFY(found);
    const double u = 0.5 * std::acosh(std::sqrt(2.0));
    const double field = std::sqrt(0.5) - u;
    QCOMPARE(found->curve.limits.size(), std::size_t{2});
    for (const FieldLimit& limit : found->curve.limits) {
      QVERIFY(limit.spinodal);
      QVERIFY(std::abs(std::abs(limit.at.field) - field) < 1e-6);
      QVERIFY(std::abs(std::abs(limit.at.along) - std::sqrt(0.5)) < 1e-6);
      QVERIFY(limit.at.field * limit.at.along < 0);
      const QImage image = plotOf(*view)->grab().toImage();
      QVERIFY(hasColour(image, plotOf(*view)->toPixel({limit.at.field, limit.at.along}),
                        lightTheme().colour(ColourRole::critical)));
    }
    QCOMPARE(found->rows.size(), std::size_t{3});  // at h = 0: two stable, one not
  }

  void aFieldBeyondTheSpinodalLeavesOneSolution() {
    const auto view = shown<HysteresisView>();
    Plot* plot = plotOf(*view);
    const QPoint from = plot->toPixel({0, 0.4}).toPoint();
    const QPoint to = plot->toPixel({0.33, 0.4}).toPoint();
    QTest::mousePress(plot, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 6; ++i) QTest::mouseMove(plot, from + (to - from) * i / 6);
    QTest::mouseRelease(plot, Qt::LeftButton, {}, to);
    wait();
    const auto found = m_session->result<Hysteresis>("hysteresis");
    QCOMPARE(found->rows.size(), std::size_t{1});
    const double m = found->rows[0].solution.along;
    QVERIFY(std::abs(m - std::tanh((m + found->rows[0].solution.field) / 0.5)) < 1e-6);
    QVERIFY(found->rows[0].solution.field > 0.27);
  }

  void theSusceptibilityDivergesAtTheCriticalTime() {
    const auto view = shown<SusceptibilityView>(2);
    const auto found = m_session->result<Thermodynamics>("thermodynamics");
    QVERIFY(found && !found->states.empty());
    const Thermodynamics::State* most = &found->states.front();
    for (const auto& state : found->states)
      if (!(state.susceptibility <= most->susceptibility)) most = &state;
    QVERIFY2(std::abs(most->s - 1) < 0.06, qPrintable(QString::number(most->s)));
    // Above, χ = 1/(t − 1): at t = 3 one half.
    for (const auto& state : found->states)
      if (state.s > 2.5) QVERIFY(std::abs(state.susceptibility - 1 / (state.s - 1)) < 1e-6);
    QVERIFY(view->summary().contains("usceptibility"));
  }

  void exponentsAreThoseOfMeanField() {
    const auto view = shown<ExponentsView>();
    QVERIFY2(view->summary().contains("0.5"), qPrintable(view->summary()));
  }

  void otherViewsShowWhatTheyAreAbout() {
    const auto energies = shown<FreeEnergiesView>();
    QVERIFY(!energies->summary().startsWith("No "));
    const auto hopfield = shown<HopfieldView>();
    QVERIFY(!hopfield->summary().startsWith("No "));
    const auto participation = shown<ParticipationView>();
    QVERIFY(!participation->summary().isEmpty());
  }

  void fourTimesOfTheFreeEnergyInThePlane() {
    open("four-deltas");
    const auto view = shown<FreeEnergyMapsView>();
    const QList<Plot*> plots = view->findChildren<Plot*>();
    int seen = 0;
    for (const Plot* plot : plots) seen += plot->isVisible() ? 1 : 0;
    QCOMPARE(seen, 4);
    QVERIFY(!view->summary().startsWith("No "));
  }
};

QTEST_MAIN(ThermodynamicsWorkspaceTest)
#include "thermodynamics_workspace_test.moc"
