#include "core/study/document.hpp"
#include "core/study/hysteresis.hpp"
#include "core/study/order_parameter.hpp"
#include "core/study/participation.hpp"
#include "core/study/potential_map.hpp"
#include "core/study/random_energy.hpp"
#include "core/study/thermodynamics.hpp"
#include "tests/ui/plots/mouse.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"
#include "ui/views/exponents_view.hpp"
#include "ui/views/free_energies_view.hpp"
#include "ui/views/free_energy_maps_view.hpp"
#include "ui/views/hopfield_view.hpp"
#include "ui/views/hysteresis_view.hpp"
#include "ui/views/order_parameter_view.hpp"
#include "ui/views/participation_view.hpp"
#include "ui/views/susceptibility_view.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view_options.hpp"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace separatrix;

namespace {

bool near(QRgb a, QColor b) {
  return std::abs(qRed(a) - b.red()) + std::abs(qGreen(a) - b.green()) +
             std::abs(qBlue(a) - b.blue()) <
         90;
}

/// m > 0 of two deltas: m = tanh(m/t), by plain iteration.
double magnetisation(double t) {
  double m = 1;
  for (int i = 0; i < 10'000; ++i) m = std::tanh(m / t);
  return m;
}

}  // namespace

// Two deltas at ±1 in Brownian noise have t = s and everything in closed form.
class ThermodynamicsWorkspaceTest : public QObject {
  Q_OBJECT

private:
  std::unique_ptr<Session> m_session;
  std::unique_ptr<View> m_view;

  Plot* plot(const QString& page = {}) {
    return m_view->findChild<Plot*>(page.isEmpty() ? m_view->objectName()
                                                   : m_view->objectName() + "-" + page);
  }

  template <class V>
  void show(const char* preset) {
    m_view = std::make_unique<V>(*m_session);
    m_view->setTheme(lightTheme());
    m_view->resize(600, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    open(preset);
  }
  void open(const char* preset) {
    QSignalSpy opened(m_session.get(), &Session::documentOpened);
    m_session->open(findDocument(presets(), preset)->json, preset);
    QTRY_COMPARE(opened.size(), 1);
    settle();
  }
  void settle() {
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->busy(), 60'000);
    QTest::qWait(30);
  }
  void setTime(double s) {
    m_session->setTime(s);
    settle();
  }
  void choose(const char* option, const QString& value) {
    auto* box = m_view->options().findChild<QComboBox*>(option);
    QVERIFY(box);
    m_view->options().show();
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 1; m_view->options().choice(option) != value && i < box->count(); ++i)
      QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(m_view->options().choice(option), value);
    settle();
  }
  /// How many pixels of a square around a place have a colour.
  int count(QPointF place, ColourRole role, int reach = 4, const QString& page = {}) {
    const QImage image = plot(page)->grab().toImage();
    const QPoint at = plot(page)->toPixel(place).toPoint();
    int out = 0;
    for (int y = -reach; y <= reach; ++y)
      for (int x = -reach; x <= reach; ++x)
        if (image.valid(at + QPoint(x, y)) &&
            near(image.pixel(at + QPoint(x, y)), lightTheme().colour(role)))
          ++out;
    return out;
  }
  /// Of places spread over a stretch, how many show the colour.
  int shown(const std::function<QPointF(double)>& place, double from, double to, ColourRole role) {
    int out = 0;
    for (int i = 0; i < 60; ++i)
      if (count(place(from + (to - from) * i / 59.0), role, 1) > 0) ++out;
    return out;
  }

private slots:
  void init() { m_session = std::make_unique<Session>(); }
  void cleanup() {
    m_view.reset();
    m_session.reset();
  }

  void theOrderParameterSplitsAtItsCriticalTime() {
    show<OrderParameterView>("two-deltas-brownian");
    setTime(3);
    for (const double s : {0.3, 0.6, 0.9}) {
      for (const double sign : {1.0, -1.0})
        QVERIFY(count({s, sign * magnetisation(s)}, ColourRole::stable) > 8);
      QCOMPARE(count({s, 0}, ColourRole::stable, 2), 0);
    }
    for (const double s : {1.5, 2.5}) {
      QVERIFY(count({s, 0}, ColourRole::stable) > 8);
      QCOMPARE(count({s, 0.5}, ColourRole::stable), 0);
    }
    // Dashed: drawn and not drawn.
    const int dashes =
        shown([](double s) { return QPointF(s, 0); }, 0.05, 0.95, ColourRole::unstable);
    QVERIFY2(dashes > 15 && dashes < 55, qPrintable(QString::number(dashes)));
    // t_c, dash-dotted.
    const int marks =
        shown([](double m) { return QPointF(1, m); }, -1.4, -0.2, ColourRole::critical);
    QVERIFY2(marks > 15, qPrintable(QString::number(marks)));
    QVERIFY(m_view->summary().contains("critical at s = 1"));
  }

  void theOrderParameterAgainstTheInverseTemperature() {
    show<OrderParameterView>("two-deltas-brownian");
    choose("quantity", "norm");
    choose("against", "beta");
    QVERIFY(plot()->axis(PlotAxis::bottom).scale == AxisScale::logarithmic);
    QVERIFY(count({2, magnetisation(0.5)}, ColourRole::stable, 5) > 4);
    QVERIFY(count({2, magnetisation(0.5)}, ColourRole::series3, 5) > 4);  // lowest
    setTime(0.5);
    const int y = static_cast<int>(plot()->plotArea().center().y());
    const auto pixel = [&](double beta) {
      return QPoint(plot()->toPixel({beta, 0}).toPoint().x(), y);
    };
    PlotMouse(*plot()).drag(pixel(2), pixel(5));
    QVERIFY(std::abs(m_session->time() - 0.2) < 0.01);
    const Json saved = documentToJson(m_session->document());
    QVERIFY(saved["views"]["order-parameter"]["options"]["against"] == "beta");
  }

  void allSolutionsOfDataInThePlane() {
    show<OrderParameterView>("four-deltas");
    setTime(1.5);
    // Along an axis ⟨y₀⟩ = sinh(m/t)/(cosh(m/t) + 1) = tanh(m/2t): t = 0.3 as two deltas at 0.6.
    QVERIFY(count({0.3, magnetisation(0.6)}, ColourRole::stable, 5) > 4);
    // Saddles on the diagonals, m = √½ tanh(m/(√2 t))… in coordinates (c, c): 2c = tanh(c/t).
    QVERIFY(count({0.3, magnetisation(0.6) / std::sqrt(2)}, ColourRole::unstable, 6) > 3);
    QVERIFY(m_view->options().findChild<QComboBox*>("quantity")->isHidden());
  }

  void freeEnergiesAtTheProbe() {
    show<FreeEnergiesView>("two-deltas-brownian");
    setTime(3.5);
    // At the origin F = F̃ = ½ at all times; the lowest is −t log cosh(m/t) + m²/2 + ½.
    const auto level = [](double s) { return QPointF(s, 0.5); };
    for (const ColourRole each : {ColourRole::series1, ColourRole::series4})
      QVERIFY(shown(level, 1.2, 2.4, each) > 3);
    const double m = magnetisation(0.5);
    const double lowest = 0.5 - 0.5 * std::log(std::cosh(m / 0.5)) + 0.5 * m * m;
    QVERIFY(shown([&](double s) { return QPointF(s, lowest); }, 0.47, 0.53, ColourRole::series3) >
            0);
    m_session->setProbe(Vec::Constant(1, 0.8));
    settle();
    const auto found = m_session->result<Thermodynamics>("thermodynamics");
    QCOMPARE(found->xHat[0], 0.8);
    const auto free = [](double t) { return 0.5 - t * std::log(std::cosh(0.8 / t)); };
    for (const double s : {0.5, 1.5, 3.0}) QVERIFY(count({s, free(s)}, ColourRole::series1) > 8);
    QVERIFY(m_view->summary().contains("x/a = 0.8"));
    const int y = static_cast<int>(plot()->plotArea().center().y());
    const auto pixel = [&](double s) { return QPoint(plot()->toPixel({s, 0}).toPoint().x(), y); };
    PlotMouse(*plot()).drag(pixel(3.5), pixel(1.5));
    QVERIFY(std::abs(m_session->time() - 1.5) < 0.03);
  }

  void entropiesAndParticipation() {
    show<FreeEnergiesView>("two-deltas-brownian");
    setTime(3.5);
    choose("quantity", "entropy");
    QVERIFY(count({2.5, std::log(2)}, ColourRole::series1) > 8);  // both points as near
    choose("quantity", "participation");
    QVERIFY(count({2.5, 0.5}, ColourRole::series1) > 8);
    QCOMPARE(plot()->axis(PlotAxis::left).title, QString("Y"));
    open("hypersphere");  // no parts, no weights
    choose("quantity", "entropy");
    QVERIFY(m_view->summary().contains("nan"));
  }

  void susceptibilityDivergesAtTheCriticalTime() {
    show<SusceptibilityView>("two-deltas-brownian");
    setTime(3.8);
    // 1/(t − 1) above, (1 − m²)/(t − 1 + m²) below.
    for (const double s : {1.2, 2.0, 3.0})
      QVERIFY(count({s, 1 / (s - 1)}, ColourRole::series1) > 5);
    const double m = magnetisation(0.6);
    QVERIFY(count({0.6, (1 - m * m) / (0.6 - 1 + m * m)}, ColourRole::series1) > 5);
    QVERIFY(m_view->summary().contains("infinite at s = 1"));
    QVERIFY(plot("matrix")->isHidden());
  }

  void theSusceptibilityMatrix() {
    show<SusceptibilityView>("curie-weiss");
    setTime(3);
    QVERIFY(!plot("matrix")->isHidden());
    const auto found = m_session->result<OrderParameter>("order-parameter");
    QVERIFY(found && found->susceptibility);
    const QImage image = plot("matrix")->grab().toImage();
    const auto cell = [&](double i, double j) {
      return QColor(image.pixel(plot("matrix")->toPixel({j, i}).toPoint()));
    };
    // Coupled spins: the diagonal is larger, all are positive, the matrix is symmetric.
    QVERIFY(cell(0, 0) == cell(1, 1) && cell(0, 1) == cell(1, 0) && cell(0, 0) != cell(0, 1));
    for (const QColor& each : {cell(0, 0), cell(0, 1)}) QVERIFY(each.red() > each.blue());
    auto* flag = m_view->options().findChild<QToolButton*>("matrix");
    m_view->options().show();
    QTest::mouseClick(flag, Qt::LeftButton);
    QVERIFY(plot("matrix")->isHidden());
    QCOMPARE(m_view->plots().size(), std::size_t{1});
  }

  void hysteresisOfTwoDeltas() {
    show<HysteresisView>("two-deltas-brownian");
    setTime(0.5);
    const double turn = std::sqrt(0.5);
    const double most = turn - 0.5 * std::atanh(turn);
    QVERIFY(count({-most, turn}, ColourRole::critical) > 20);
    QVERIFY(count({most, -turn}, ColourRole::critical) > 20);
    const auto curve = [](double m) { return QPointF(0.5 * std::atanh(m) - m, m); };
    for (const double m : {0.8, 0.9, 0.97}) QVERIFY(count(curve(m), ColourRole::stable) > 8);
    const int dashes = shown(curve, -0.6, 0.6, ColourRole::unstable);
    QVERIFY2(dashes > 15 && dashes < 55, qPrintable(QString::number(dashes)));
    QCOMPARE(shown(curve, -0.6, -0.1, ColourRole::stable), 0);
    QVERIFY(m_view->summary().contains("spinodals at h = 0.2664, -0.2664"));
  }

  void theFieldIsDragged() {
    show<HysteresisView>("two-deltas-brownian");
    setTime(0.5);
    const int y = static_cast<int>(plot()->plotArea().top()) + 12;
    const auto pixel = [&](double h) { return QPoint(plot()->toPixel({h, 0}).toPoint().x(), y); };
    PlotMouse(*plot()).drag(pixel(0), pixel(0.15));
    settle();
    auto found = m_session->result<Hysteresis>("hysteresis");
    QCOMPARE(found->rows.size(), std::size_t{3});
    const double h = found->rows[0].solution.field;
    QVERIFY(std::abs(h - 0.15) < 0.01);
    QVERIFY(!found->rows[0].lowest && found->rows[2].lowest);
    QVERIFY(m_view->summary().contains("metastable"));
    const Json saved = documentToJson(m_session->document());
    QVERIFY(std::abs(saved["views"]["hysteresis"]["field"].get<double>() - h) < 1e-12);
    setTime(1.5);
    QVERIFY(m_view->summary().contains("no hysteresis"));
    QCOMPARE(m_session->result<Hysteresis>("hysteresis")->rows.size(), std::size_t{1});
    open("two-gaussians");  // of too many dimensions
    QVERIFY(m_session->problemOf("hysteresis").contains("at most 64"));
  }

  void exponentsOfMeanField() {
    show<ExponentsView>("two-deltas-brownian");
    QVERIFY2(m_view->summary().contains("β = 0.5000 ± "), qPrintable(m_view->summary()));
    // |m| = √(3τ) to leading order below t_c.
    QVERIFY(count({1e-4, std::sqrt(3e-4)}, ColourRole::series1) > 8);
    choose("quantity", "susceptibility");
    QVERIFY(m_view->summary().contains("γ = 1.0000"));
    QVERIFY(count({1e-4, 1e4}, ColourRole::series1) > 5);
    QVERIFY(count({1e-4, 0.5e4}, ColourRole::series3) > 5);
    choose("quantity", "isotherm");
    QVERIFY(m_view->summary().contains("δ = 3.0000"));
    open("asymmetric");
    QCOMPARE(m_view->summary(), QString("No critical point to show."));
  }

  void freeEnergyAtFourTimes() {
    show<FreeEnergyMapsView>("two-deltas-brownian");
    QCOMPARE(m_view->plots().size(), std::size_t{1});
    // F̃(x) − F̃(0) = x²/2 − t log cosh(x/t).
    const auto F = [](double x, double t) { return 0.5 * x * x - t * std::log(std::cosh(x / t)); };
    for (const double x : {-1.2, 0.4, 0.9}) {
      QVERIFY(count({x, F(x, 1.5)}, ColourRole::series1) > 6);
      QVERIFY(shown([&](double at) { return QPointF(at, F(at, 0.7)); }, x - 0.05, x + 0.05,
                    ColourRole::series3) > 20);
    }
    open("four-deltas");
    QCOMPARE(m_view->plots().size(), std::size_t{4});
    const std::vector<double> times = {0.75, 0.5, 0.35, 0.15};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto map = m_session->result<PotentialMap>("free-energy-map-" + std::to_string(i));
      QVERIFY(map && std::abs(map->s - times[i]) < 1e-6);
    }
    // Below t_c the wells are brighter than the middle, above it the middle is.
    const auto brightness = [&](const QString& page, QPointF at) {
      const QImage image = plot(page)->grab().toImage();
      return qGreen(image.pixel(plot(page)->toPixel(at).toPoint()));
    };
    QVERIFY(brightness("3", {0.9, 0.05}) > brightness("3", {0.03, 0.03}) + 20);
    QVERIFY(brightness({}, {0.03, 0.03}) > brightness({}, {0.95, 0.05}) + 5);
    choose("times", "horizon");
    QVERIFY(std::abs(m_session->result<PotentialMap>("free-energy-map-0")->s - 4) < 1e-9);
    // On the principal plane of 1024 dimensions the wells are at x/a = ±32 (Γ = 1 at all times).
    open("two-gaussians");
    choose("times", "around");
    QTRY_VERIFY(!m_session->busy());
    for (std::size_t i = 0; i < 4; ++i)
      QVERIFY(m_session->problemOf("free-energy-map-" + std::to_string(i)).isEmpty());
    QCOMPARE(plot("3")->axis(PlotAxis::bottom).title, QString("e_0·x/a"));
    QVERIFY(brightness("3", {32, 1}) > brightness("3", {2, 1}) + 20);
  }

  void placesWithoutRounding() {
    QCOMPARE(placeText(Vec::Zero(2)), QString("x/a = 0"));
    QCOMPARE(placeText(Vec{{-6.9e-17, 0.7071}}), QString("x/a = (0, 0.707)"));
    QCOMPARE(placeText(Vec{{1e-20}}), QString("x/a = 1e-20"));
    QCOMPARE(placeText(Vec{{-0.25, 1e-6}}), QString("x/a = (-0.25, 1e-06)"));
  }

  void participationBesideRandomEnergies() {
    show<ParticipationView>("ring");
    QTRY_VERIFY_WITH_TIMEOUT(m_session->result<RandomEnergy>("random-energy-18"), 60'000);
    settle();
    const auto found = m_session->result<Participation>("participation");
    QCOMPARE(found->levels, 3.0);
    for (const std::size_t i : {std::size_t{3}, std::size_t{12}, std::size_t{24}}) {
      QVERIFY(count({found->times[i], found->ratio[i]}, ColourRole::series1) > 8);
      const auto model = m_session->result<RandomEnergy>("random-energy-10");
      QVERIFY(std::abs(model->reducedBetas[3] * model->times[3] - found->scale) < 1e-12);
    }
    // Models of more points are nearer to the limit.
    const auto small = m_session->result<RandomEnergy>("random-energy-10");
    const auto large = m_session->result<RandomEnergy>("random-energy-18");
    QVERIFY(large->measured[10].mean < small->measured[10].mean);
    auto* flag = m_view->options().findChild<QToolButton*>("models");
    m_view->options().show();
    QTest::mouseClick(flag, Qt::LeftButton);
    QCOMPARE(m_view->demands().size(), std::size_t{1});
    open("hypersphere");
    QVERIFY(m_session->problemOf("participation").contains("components"));
  }

  /// File ▸ Export data looks for the analysis behind the result.
  void theDataOfEveryViewComeFromAnAnalysis() {
    show<FreeEnergyMapsView>("four-deltas");
    for (const ViewKind& kind : viewCatalog()) {
      const std::unique_ptr<View> view(kind.make(*m_session));
      const std::vector<Demand> demands = view->demands();
      const bool found = std::any_of(demands.begin(), demands.end(), [&](const Demand& each) {
        return each.key() == view->dataAnalysis() && !findAnalysis(each.analysis).source.empty();
      });
      QVERIFY2(found, qPrintable(kind.id));
    }
  }

  void hopfieldBesideTheFreeEnergy() {
    show<HopfieldView>("two-deltas-brownian");
    setTime(0.4);
    // E = −t log(2 cosh(x/t)) + x²/2, F̃ = E + ½ + t log 2.
    const auto E = [](double x) { return 0.5 * x * x - 0.4 * std::log(2 * std::cosh(x / 0.4)); };
    for (const double x : {-1.1, 0.0, 0.6}) {
      QVERIFY(shown([&](double at) { return QPointF(at, E(at)); }, x - 0.1, x + 0.1,
                    ColourRole::series4) > 20);
      QVERIFY(count({x, E(x) + 0.5 + 0.4 * std::log(2)}, ColourRole::potential) > 8);
    }
    QVERIFY2(m_view->summary().contains("by 0.7773 to 0.7773"), qPrintable(m_view->summary()));
    open("hypersphere");
    QVERIFY(m_session->problemOf("hopfield").contains("components"));
  }
};

QTEST_MAIN(ThermodynamicsWorkspaceTest)
#include "thermodynamics_workspace_test.moc"
