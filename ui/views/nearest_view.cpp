#include "ui/views/nearest_view.hpp"

#include "core/study/neighbours.hpp"

#include <algorithm>

namespace separatrix {

NearestView::NearestView(Session& session, QWidget* parent)
    : View(session, "nearest", parent),
      m_plot(addPlot(tr("The data point nearest to some trajectories, against time"))),
      m_axis(new RegimeAxis(session, *m_plot)) {
  m_plot->setAxis(PlotAxis::left, {.title = tr("nearest data point")});
  for (std::size_t i = 0; i < kMostPaths; ++i) {
    CurveStyle path;
    path.colour = seriesRole(static_cast<int>(i));
    path.width = 1.5;
    m_paths[i] = m_plot->addCurve(path);
  }
  MarkerStyle end;
  end.colour = ColourRole::timeLine;
  end.size = 6;
  end.name = tr("where they end");
  m_ends = m_plot->addMarkers(end);
  m_plot->setLegendVisible(true);
  onResult("neighbours", [this] { showPaths(); });
}

std::vector<Demand> NearestView::demands() const {
  return {{"neighbours"}};
}

void NearestView::showPaths() {
  const auto found = session().result<Neighbours>("neighbours");
  m_plot->setMessage(found ? QString() : session().problemOf("neighbours"));
  const Index paths = found ? std::min<Index>(found->particles, kMostPaths) : 0;
  std::vector<PlotMarker> ends;
  double latest = 0;  // of the paths' last changes
  for (std::size_t i = 0; i < kMostPaths; ++i) {
    std::vector<double> t, point;
    double change = 0;
    const auto p = static_cast<Index>(i);
    for (std::size_t k = 0; p < paths && k < found->times.size(); ++k) {
      const auto now = static_cast<double>(found->at(p, k, 0).point);
      const double place = m_axis->at(found->times[k]);
      // It stays what it was until the next saved time.
      if (k > 0) {
        if (now != point.back()) change = t.back();
        t.push_back(place);
        point.push_back(point.back());
      }
      t.push_back(place);
      point.push_back(now);
    }
    m_plot->setCurve(m_paths[i], t, point);
    latest = std::max(latest, change);
    if (!t.empty()) ends.push_back({{t.back(), point.back()}, {}});
  }
  m_plot->setMarkers(m_ends, ends);
  if (paths > 0 && latest > 0) {
    constexpr double kShown = 3;  // times the last change: before, all is noise
    m_plot->setRange(PlotAxis::bottom,
                     {0, std::min(m_axis->at(found->times.front()), kShown * latest)});
  }
  announceSummary();
}

QString NearestView::summary() const {
  const auto found = session().result<Neighbours>("neighbours");
  if (!found || found->times.empty()) return tr("No data points to show.");
  QStringList ends;
  for (Index p = 0; p < found->particles; ++p)
    ends << QString::number(found->at(p, found->times.size() - 1, 0).point);
  return tr("Trajectories that end on the data points %1.").arg(ends.join(", "));
}

}  // namespace separatrix
