#include "ui/views/free_energy_maps_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/potential_map.hpp"
#include "ui/session/data_points.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view_options.hpp"

#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr int kLeastWidth = 7;  // of each of the four, in lines of text
constexpr Index kCellsAcross = 81, kPointsOnLine = 301;

/// Shares of a time: of the critical one, or of the horizon.
struct Shares {
  const char* id;
  const char* title;
  bool ofCritical;
  std::array<double, FreeEnergyMapsView::kTimes> values;
};

const std::array<Shares, 3>& allShares() {
  static const std::array<Shares, 3> all = {{
      {"around",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergyMapsView", "1.5, 1, 0.7, 0.3 t_c"),
       true,
       {1.5, 1, 0.7, 0.3}},
      {"below",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergyMapsView", "0.8, 0.6, 0.4, 0.2 t_c"),
       true,
       {0.8, 0.6, 0.4, 0.2}},
      {"horizon",
       QT_TRANSLATE_NOOP("separatrix::FreeEnergyMapsView", "1, 0.5, 0.25, 0.1 T"),
       false,
       {1, 0.5, 0.25, 0.1}},
  }};
  return all;
}

std::string keyOf(std::size_t i) {
  return "free-energy-map-" + std::to_string(i);
}

CurveStyle styleOf(std::size_t i, const QString& name) {
  constexpr std::array kColours = {ColourRole::series1, ColourRole::series4, ColourRole::series3,
                                   ColourRole::series5};
  constexpr std::array kDashes = {LineDash::solid, LineDash::dashed, LineDash::dashDotted,
                                  LineDash::dotted};
  CurveStyle out;
  out.colour = kColours[i];
  out.dash = kDashes[i];
  out.name = name;
  return out;
}

QString withoutMarks(QString title) {
  return title.remove('_');  // of math text, which lists do not set
}

}  // namespace

FreeEnergyMapsView::FreeEnergyMapsView(Session& session, QWidget* parent)
    : View(session, "free-energy-maps", parent) {
  std::vector<ViewOptions::Item> items;
  for (const Shares& each : allShares()) items.push_back({each.id, withoutMarks(tr(each.title))});
  options().addChoice("times", std::move(items),
                      {tr("Times"), tr("At which times the free energy is shown: shares of the "
                                       "critical time t_c, or of the horizon T, which they are "
                                       "also where there is no critical time.")});
  auto* grid = new QGridLayout();
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(0);
  for (std::size_t i = 0; i < kTimes; ++i) {
    const auto number = static_cast<int>(i);
    m_plots[i] = addPlot(tr("Free energy at time %1 of 4").arg(number + 1),
                         i == 0 ? QString() : QString::number(number));
    m_plots[i]->setMinimumWidth(kLeastWidth * fontMetrics().height());
    layout()->removeWidget(m_plots[i]);
    grid->addWidget(m_plots[i], number / 2, number % 2);
  }
  static_cast<QVBoxLayout*>(layout())->addLayout(grid);
  addItems();
  for (std::size_t i = 0; i < kTimes; ++i)
    onResult(keyOf(i), [this, i] {
      showTime(i);
      announceSummary();
    });
  onResult("critical-times", [this] { demandsChanged(); });
  connect(&session, &Session::problemChanged, this, &FreeEnergyMapsView::showPages);
}

void FreeEnergyMapsView::addItems() {
  for (std::size_t i = 0; i < kTimes; ++i) {
    MapStyle map;
    map.contours = 9;
    m_maps[i] = m_plots[i]->addMap(map);
    m_curves[i] = m_plots.front()->addCurve(styleOf(i, {}));
  }
}

bool FreeEnergyMapsView::isPlane() const {
  return session().problem()->target().dimension() > 1;
}

std::array<double, FreeEnergyMapsView::kTimes> FreeEnergyMapsView::times() const {
  const ForwardProcess& process = session().problem()->process();
  const double critical = criticalTime(session());
  const QString chosen = options().choice("times");
  const Shares* shares = &allShares().back();
  for (const Shares& each : allShares())
    if (chosen == each.id && (!each.ofCritical || critical > 0)) shares = &each;
  std::array<double, kTimes> out{};
  for (std::size_t i = 0; i < kTimes; ++i)
    out[i] = std::clamp(shares->values[i] * (shares->ofCritical ? critical : process.horizon()),
                        shortestTime(process), process.horizon());
  return out;
}

std::vector<Demand> FreeEnergyMapsView::demands() const {
  const Problem& problem = *session().problem();
  std::vector<Demand> out{criticalTimesDemand(session())};
  const std::array<double, kTimes> at = times();
  for (std::size_t i = 0; i < kTimes; ++i) {
    Demand map{"potential"};
    map.request = {{"time", at[i]}};
    // The same x/a at all times.
    const double end = reach(problem) * problem.process().signal(at[i]);
    const Json axis = {-end, end, isPlane() ? kCellsAcross : kPointsOnLine};
    if (end > 0) map.request["range"] = isPlane() ? Json{axis, axis} : Json{axis};
    map.overrides = {"potential=free-energy"};
    map.name = keyOf(i);
    out.push_back(map);
  }
  return out;
}

std::string FreeEnergyMapsView::dataAnalysis() const {
  return keyOf(kTimes - 1);
}

void FreeEnergyMapsView::showPages() {
  const bool plane = isPlane();
  for (std::size_t i = 0; i < kTimes; ++i) {
    m_plots[i]->setVisible(plane || i == 0);
    m_plots[i]->setMapVisible(m_maps[i], plane);
    m_plots.front()->setCurveVisible(m_curves[i], !plane);
    m_plots[i]->setEqualAspect(plane);
    if (!plane) m_plots[i]->setAxis(PlotAxis::bottom, {.title = "x/a"});
    if (!plane) m_plots[i]->setAxis(PlotAxis::left, {.title = "F̃(x/a) − F̃(0)"});
    m_plots[i]->clearRange(PlotAxis::bottom);
    m_plots[i]->clearRange(PlotAxis::left);
  }
  m_plots.front()->setLegendVisible(!plane);
  for (std::size_t i = 0; i < kTimes; ++i) showTime(i);
  announceSummary();
}

void FreeEnergyMapsView::showTime(std::size_t i) {
  if (isPlane())
    showMap(i);
  else
    showCurve(i);
}

void FreeEnergyMapsView::showCurve(std::size_t i) {
  const auto map = session().result<PotentialMap>(keyOf(i));
  const bool drawable = map && map->grid.axes.size() == 1;
  if (i == 0) {
    m_plots[0]->setMessage(drawable ? QString() : session().problemOf(keyOf(0)));
    m_plots[0]->setNote({});
  }
  std::vector<double> x, F;
  QString name;
  if (drawable) {
    const double a = session().problem()->process().signal(map->s);
    for (Index p = 0; p < map->grid.points.cols(); ++p) {
      x.push_back(map->grid.points(0, p) / a);
      F.push_back(map->potential[p] / (a * a));
    }
    name = QString("s = %1").arg(map->s, 0, 'g', 3);
  }
  m_plots[0]->setCurveStyle(m_curves[i], styleOf(i, name));
  m_plots[0]->setCurve(m_curves[i], x, F);
}

void FreeEnergyMapsView::showMap(std::size_t i) {
  const auto map = session().result<PotentialMap>(keyOf(i));
  const bool drawable = map && map->grid.axes.size() == 2;
  m_plots[i]->setMessage(drawable ? QString() : session().problemOf(keyOf(i)));
  m_plots[i]->setMapVisible(m_maps[i], drawable);
  m_plots[i]->setNote(drawable ? QString("−F̃ at s = %1").arg(map->s, 0, 'g', 3) : QString());
  if (!drawable) return;
  const auto& titles = map->grid.plane->symbols;
  m_plots[i]->setAxis(PlotAxis::bottom, {.title = QString::fromStdString(titles[0] + "/a")});
  m_plots[i]->setAxis(PlotAxis::left, {.title = QString::fromStdString(titles[1] + "/a")});
  const double a = session().problem()->process().signal(map->s);
  const auto side = [&](const GridAxis& axis) { return AxisRange{axis.from / a, axis.to / a}; };
  std::vector<double> values;
  for (const double U : map->potential) values.push_back(-U / (a * a));
  m_plots[i]->setMap(m_maps[i],
                     {side(map->grid.axes[0]), side(map->grid.axes[1]),
                      static_cast<std::size_t>(map->grid.axes[0].count),
                      static_cast<std::size_t>(map->grid.axes[1].count)},
                     values);
}

QString FreeEnergyMapsView::summary() const {
  QStringList at;
  for (std::size_t i = 0; i < kTimes; ++i)
    if (const auto map = session().result<PotentialMap>(keyOf(i)))
      at << QString::number(map->s, 'g', 3);
  if (at.isEmpty()) return tr("No free energy to show.");
  return tr("The regularised free energy at s = %1.").arg(at.join(", "));
}

}  // namespace separatrix
