#include "ui/views/marginal_view.hpp"

#include "core/study/marginal.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

/// The row whose time is nearest.
Index nearest(const std::vector<double>& times, double s) {
  const auto at = std::min_element(times.begin(), times.end(), [s](double a, double b) {
    return std::abs(a - s) < std::abs(b - s);
  });
  return at - times.begin();
}

}  // namespace

MarginalView::MarginalView(Session& session, QWidget* parent)
    : View(session, "marginal", parent),
      m_map(addPlot(tr("Density against diffusion time"))),
      m_moment(addPlot(tr("Density and histogram at the current time"), "moment")) {
  options().addChoice("coordinate", {{"0", "x0"}},
                      {tr("Coordinate"), tr("Which coordinate of the data is shown.")});
  addItems();
  connect(&session, &Session::problemChanged, this, &MarginalView::offerCoordinates);
  connect(&session, &Session::timeChanged, this, &MarginalView::showMoment);
  connect(m_map, &Plot::lineDragged, this,
          [this](LineId, double s) { this->session().setTime(s); });
  onResult("marginal", [this] {
    showMap();
    showMoment();
  });
}

void MarginalView::addItems() {
  m_map->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_map->setAxis(PlotAxis::left, {.title = "x"});
  MapStyle density;
  density.scale = MapScale::robust;
  density.robustShare = 0.97;  // near the data the density is a few spikes
  density.title = "p(x, s)";
  m_density = m_map->addMap(density);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_map->addVerticalLine(time);
  m_map->setLegendVisible(false);

  m_moment->setAxis(PlotAxis::bottom, {.title = "x"});
  m_moment->setAxis(PlotAxis::left, {.title = "p(x, s)", .includeZero = true});
  CurveStyle histogram;
  histogram.colour = ColourRole::particle;
  histogram.step = true;
  histogram.fill = true;
  histogram.width = 1;
  histogram.name = tr("particles");
  m_histogram = m_moment->addCurve(histogram);
  CurveStyle exact;
  exact.colour = ColourRole::density;
  exact.width = 2;
  exact.name = tr("exact");
  m_exact = m_moment->addCurve(exact);
  m_moment->setLegendVisible(true);
}

void MarginalView::offerCoordinates() {
  const Index dimension = session().problem()->target().dimension();
  options().setItems("coordinate", coordinateItems(dimension));
}

std::vector<Demand> MarginalView::demands() const {
  Demand out{"marginal"};
  out.request = {{"axis", options().choice("coordinate").toInt()}};
  return {out};
}

void MarginalView::showMap() {
  const auto found = session().result<Marginal>("marginal");
  const QString problem = session().problemOf("marginal");
  m_map->setMessage(problem);
  m_moment->setMessage(problem);
  m_map->setMapVisible(m_density, found != nullptr);
  if (!found || found->times.size() < 2) return;
  const QString symbol = session().problem()->target().dimension() == 1
                             ? QString("x")
                             : QString("x_{%1}").arg(found->coordinate);
  m_map->setAxis(PlotAxis::left, {.title = symbol});
  m_moment->setAxis(PlotAxis::bottom, {.title = symbol});
  // Rows run from noise to data: as a map, from small times to large.
  const Index rows = found->density.rows();
  const Index cells = found->density.cols();
  const bool falling = found->times.front() > found->times.back();
  std::vector<double> values;
  for (Index row = 0; row < rows; ++row)
    for (Index cell = 0; cell < cells; ++cell)
      values.push_back(found->density(falling ? rows - 1 - row : row, cell));
  const auto [least, greatest] = std::minmax(found->times.front(), found->times.back());
  m_map->setMap(m_density,
                {{least, greatest},
                 {found->positions.front(), found->positions.back()},
                 static_cast<std::size_t>(rows),
                 static_cast<std::size_t>(cells)},
                values);
  m_map->setRange(PlotAxis::bottom, {0, session().problem()->process().horizon()});
  announceSummary();
}

void MarginalView::showMoment() {
  const double s = session().time();
  m_map->setLine(m_time, s);
  const auto found = session().result<Marginal>("marginal");
  if (!found || found->times.empty()) return;
  const Index row = nearest(found->times, s);
  const Vec exact = found->density.row(row);
  m_moment->setCurve(m_exact, found->positions,
                     {exact.data(), static_cast<std::size_t>(exact.size())});
  std::vector<double> histogram;
  if (found->histogram.size() > 0) {
    const Index saved = nearest(found->savedTimes, found->times[static_cast<std::size_t>(row)]);
    for (const float share : found->histogram.row(saved))
      histogram.push_back(static_cast<double>(share));
  } else {
    histogram.assign(found->positions.size(), std::nan(""));
  }
  m_moment->setCurve(m_histogram, found->positions, histogram);
  m_moment->setNote(QString("s = %1").arg(found->times[static_cast<std::size_t>(row)], 0, 'f', 4));
}

QString MarginalView::summary() const {
  const auto found = session().result<Marginal>("marginal");
  if (!found) return tr("No density to show.");
  return tr("Density of coordinate %1 at %2 times, beside the histogram of %3 particles.")
      .arg(found->coordinate)
      .arg(found->times.size())
      .arg(found->particles);
}

}  // namespace separatrix
