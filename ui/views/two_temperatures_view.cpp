#include "ui/views/two_temperatures_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/two_temperatures.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "ui/views/texts.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

double temperatureOf(const Scene& scene) {
  return scene.target.values.real("temperature");
}

/// Around a temperature, the same for neighbouring ones, so that the map does not follow each step
/// of a drag.
Json temperaturesAround(double own) {
  const double base = std::pow(4, std::floor(std::log2(own) / 2));
  return Json::array({Json::array({base / 4, 5 * base, 39})});
}

}  // namespace

TwoTemperaturesView::TwoTemperaturesView(Session& session, QWidget* parent)
    : View(session, "two-temperatures", parent),
      m_plot(addPlot(tr("Order of the spins over their own temperature and that of the noise"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("temperature of the spins, T")});
  m_plot->setAxis(PlotAxis::left, {.title = tr("of the noise, b^2/a^2")});
  MapStyle map;
  map.scale = MapScale::given;
  map.range = {0, 1};
  map.title = "|m|/√d";
  m_map = m_plot->addMap(map);
  CurveStyle line;
  line.colour = ColourRole::critical;
  line.width = 2;
  line.name = tr("m = 0 loses stability");
  m_line = m_plot->addCurve(line);
  m_plot->setLegendVisible(true);
  onResult("two-temperatures", [this] { showMap(); });
  connect(&session, &Session::timeChanged, this, &TwoTemperaturesView::showPlace);
  connect(&session, &Session::problemChanged, this, &TwoTemperaturesView::showPlace);
  connect(m_plot, &Plot::handlePressed, &session, [&session] { session.setEditing(true); });
  connect(m_plot, &Plot::handleDragged, this, [this](int, QPointF place) { moveTo(place); });
  connect(m_plot, &Plot::handleReleased, this, [this](int, QPointF place) {
    moveTo(place);
    this->session().setEditing(false);
  });
}

std::vector<Demand> TwoTemperaturesView::demands() const {
  Demand out{"two-temperatures"};
  const Scene& scene = session().scene();
  if (scene.target.kind == "ising") {
    const double own = temperatureOf(scene);
    out.request = {{"temperatures", temperaturesAround(own)}};
    // The map is of all temperatures, so that it does not depend on the scene's.
    out.overrides = {"target.temperature=1"};
  }
  return {out};
}

void TwoTemperaturesView::showMap() {
  const auto found = session().result<TwoTemperatures>("two-temperatures");
  m_plot->setMessage(found ? QString() : session().problemOf("two-temperatures"));
  const bool searched = found && !std::isnan(found->order(0, 0));
  m_plot->setMapVisible(m_map, searched);
  const auto values = [&](const std::vector<double>& of) {
    return found ? of : std::vector<double>();
  };
  static const std::vector<double> none;
  m_plot->setCurve(m_line, found ? found->temperatures : none,
                   values(found ? found->critical : none));
  if (searched)
    m_plot->setMap(m_map,
                   {{found->temperatures.front(), found->temperatures.back()},
                    {found->noises.front(), found->noises.back()},
                    found->temperatures.size(),
                    found->noises.size()},
                   std::span<const double>(found->order.data(),
                                           static_cast<std::size_t>(found->order.size())));
  if (found) m_plot->setRange(PlotAxis::left, {0, found->noises.back()});
  showPlace();
}

void TwoTemperaturesView::showPlace() {
  const ProblemPtr& problem = session().problem();
  if (!problem || problem->scene().target.kind != "ising") {
    m_plot->setHandles({});
    announceSummary();
    return;
  }
  const double beta = inverseTemperature(problem->process().channel(session().time()));
  const QPointF place(temperatureOf(problem->scene()), 1 / beta);
  HandleOptions options;
  options.horizontal = false;
  options.wheel = false;
  m_plot->setHandles(std::vector<QPointF>{place}, options);
  m_plot->setNote(timeText(*problem, session().time()));
  announceSummary();
}

void TwoTemperaturesView::moveTo(QPointF place) {
  const ForwardProcess& process = session().problem()->process();
  const auto noise = [&](double s) { return 1 / inverseTemperature(process.channel(s)); };
  session().setTime(timeWhere(noise, place.y(), shortestTime(process), process.horizon()));
  constexpr double kColdest = 1e-3;
  session().editEntries("target", {{"temperature", std::max(place.x(), kColdest)}});
}

QString TwoTemperaturesView::summary() const {
  const auto found = session().result<TwoTemperatures>("two-temperatures");
  if (!found || found->critical.empty()) return tr("No spins to show.");
  return tr("The symmetric state loses stability at a noise of %1 for T = %2, and of %3 for T = "
            "%4.")
      .arg(found->critical.front(), 0, 'g', 4)
      .arg(found->temperatures.front(), 0, 'g', 3)
      .arg(found->critical.back(), 0, 'g', 4)
      .arg(found->temperatures.back(), 0, 'g', 3);
}

}  // namespace separatrix
