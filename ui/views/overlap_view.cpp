#include "ui/views/overlap_view.hpp"

#include "core/study/log_time.hpp"
#include "core/study/overlap.hpp"
#include "core/study/trajectories.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/plane_demands.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>

namespace separatrix {
namespace {

const Demand& pathsDemand() {
  static const Demand demand = planeTrajectories({});
  return demand;
}

}  // namespace

OverlapView::OverlapView(Session& session, QWidget* parent)
    : View(session, "overlap", parent),
      m_plot(addPlot(tr("Potential of the overlap with the mean, over time"))) {
  new RegimeAxis(session, *m_plot);
  m_plot->setAxis(PlotAxis::left, {.title = "q"});
  m_map = m_plot->addMap({});
  PathStyle paths;
  paths.palette = destinationPalette();
  m_paths = m_plot->addPaths(paths);
  CurveStyle wells;
  wells.colour = ColourRole::timeLine;
  wells.width = 2;
  wells.name = tr("least V");
  m_wells = m_plot->addCurve(wells);
  m_plot->setLegendVisible(true);
  options().addFlag("paths", tr("Trajectories"), true,
                    {tr("Trajectories"), tr("The overlaps of the particles over time.")});
  onResult("overlap", [this] { showMap(); });
  onResult(pathsDemand().key(), [this] { showPaths(); });
  connect(&options(), &ViewOptions::changed, this, &OverlapView::showPaths);
}

std::vector<Demand> OverlapView::demands() const {
  std::vector<Demand> out = {{"overlap"}};
  if (options().flag("paths") && session().problem()->target().dimension() > 1)
    out.push_back(pathsDemand());
  return out;
}

void OverlapView::showMap() {
  const auto overlap = session().result<Overlap>("overlap");
  m_plot->setMessage(overlap ? QString() : session().problemOf("overlap"));
  m_plot->setMapVisible(m_map, overlap != nullptr);
  if (!overlap) return;
  MapStyle style;
  style.scale = MapScale::given;
  // Where the wells are; the walls grow as q².
  const double deepest = overlap->potential.minCoeff();
  style.range = {deepest, std::max(1.0, -0.5 * deepest)};
  style.contours = 12;
  style.title = "V(q, t)";
  m_plot->setMapStyle(m_map, style);
  const std::vector<double>& t = overlap->times;
  const GridAxis& q = overlap->overlaps;
  m_plot->setMap(
      m_map, {{t.front(), t.back()}, {q.from, q.to}, t.size(), static_cast<std::size_t>(q.count)},
      std::span<const double>(overlap->potential.data(),
                              static_cast<std::size_t>(overlap->potential.size())));
  std::vector<double> lower;
  for (const double well : overlap->wells) lower.push_back(-well);
  m_plot->setCurves(m_wells, std::vector<CurvePiece>{{t, overlap->wells}, {t, lower}});
  m_plot->setRange(PlotAxis::bottom, {t.front(), t.back()});
  m_plot->setRange(PlotAxis::left, {q.from, q.to});
  showPaths();
  announceSummary();
}

void OverlapView::showPaths() {
  const auto overlap = session().result<Overlap>("overlap");
  const auto paths = session().result<Trajectories>(pathsDemand().key());
  const bool drawable = overlap && paths && options().flag("paths");
  m_plot->setPathsVisible(m_paths, drawable);
  if (!drawable) return;
  const Ensemble& ensemble = paths->ensemble;
  std::vector<double> times;
  std::vector<Index> kept;
  for (Index k = 0; k < ensemble.saved(); ++k) {
    const double s = ensemble.times()[static_cast<std::size_t>(k)];
    const double t = logTime(session().problem()->process(), s);
    if (!times.empty() && t >= times.back()) continue;  // too near for digits to tell apart
    times.push_back(t);
    kept.push_back(k);
  }
  if (times.size() < 2) return;
  BatchF values(static_cast<Index>(kept.size()), ensemble.particles());
  for (std::size_t i = 0; i < kept.size(); ++i)
    values.row(static_cast<Index>(i)) =
        static_cast<float>(overlap->muTilde) * ensemble.state(kept[i]).row(0);
  m_plot->setPaths(m_paths, times,
                   std::span<const float>(values.data(), static_cast<std::size_t>(values.size())),
                   PathOrder::stepMajor, paths->destinations);
}

QString OverlapView::summary() const {
  const auto overlap = session().result<Overlap>("overlap");
  if (!overlap) return tr("No overlap to show.");
  const auto parted =
      std::find_if(overlap->wells.rbegin(), overlap->wells.rend(), [](double q) { return q > 0; });
  if (parted == overlap->wells.rend())
    return tr("Potential of the overlap; one well at all times.");
  const auto at = static_cast<std::size_t>(overlap->wells.rend() - parted) - 1;
  return tr("Potential of the overlap; two wells below t = %1.").arg(overlap->times[at], 0, 'g', 3);
}

}  // namespace separatrix
