#include "ui/views/landscape_plane.hpp"

#include "core/study/flow.hpp"
#include "core/study/trajectories.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr int kContours = 14;
constexpr double kDirectionLength = 0.035;  // of the width of the map

MapGrid gridOf(const std::vector<GridAxis>& axes) {
  return {{axes[0].from, axes[0].to},
          {axes[1].from, axes[1].to},
          static_cast<std::size_t>(axes[0].count),
          static_cast<std::size_t>(axes[1].count)};
}

std::span<const double> spanOf(const Vec& values) {
  return {values.data(), static_cast<std::size_t>(values.size())};
}

}  // namespace

LandscapePlane::LandscapePlane(Session& session, Plot* plot, ViewOptions& options)
    : QObject(plot), m_session(session), m_points(session), m_plot(plot), m_options(options) {
  options.addChoice("show", {{"potential", tr("Potential")}, {"density", tr("Density")}},
                    {tr("What the colours show"),
                     tr("The potential U(x, s) − U(0, s), or the density p(x, s) of the data after "
                        "diffusion for the current time.")});
  options.addFlag("arrows", tr("Drift"), true,
                  {tr("Show the drift"), tr("Arrows along −∇U at the current time.")});
  options.addFlag("particles", tr("Particles"), true,
                  {tr("Show the particles"),
                   tr("The particles of the ensemble at the current time, in the colour of the "
                      "component where each will end.")});
  addItems();
  connectPlot();
}

void LandscapePlane::addItems() {
  m_plot->setEqualAspect(true);
  m_plot->setAxis(PlotAxis::bottom, {.title = "x_0"});
  m_plot->setAxis(PlotAxis::left, {.title = "x_1"});
  m_map = m_plot->addMap({});
  ParticleStyle particles;
  particles.palette = destinationPalette();
  particles.size = 4;
  m_particles = m_plot->addParticles(particles);
  CurveStyle directions;
  directions.colour = ColourRole::unstable;
  directions.width = 2;
  m_directions = m_plot->addCurve(directions);
  MarkerStyle stable;
  stable.size = 11;
  stable.name = tr("stable");
  m_stable = m_plot->addMarkers(stable);
  MarkerStyle unstable = stable;
  unstable.shape = MarkerShape::circle;
  unstable.colour = ColourRole::unstable;
  unstable.name = tr("unstable");
  m_unstable = m_plot->addMarkers(unstable);
  m_plot->setLegendVisible(true);
}

void LandscapePlane::connectPlot() {
  const auto place = [](QPointF at) -> Vec { return Vec{{at.x(), at.y()}}; };
  connect(m_plot, &Plot::cursorMoved, this,
          [this, place](QPointF at) { m_session.setCursor(place(at)); });
  connect(m_plot, &Plot::cursorLeft, this, [this] { m_session.setCursor(std::nullopt); });
  connect(m_plot, &Plot::handlePressed, this, [this] { m_session.setEditing(true); });
  connect(m_plot, &Plot::handleDragged, this,
          [this, place](int index, QPointF at) { m_points.move(index, place(at)); });
  connect(m_plot, &Plot::handleReleased, this, [this, place](int index, QPointF at) {
    m_points.move(index, place(at));
    m_session.setEditing(false);
  });
  connect(m_plot, &Plot::handleSelected, &m_session, &Session::setSelectedPoint);
  connect(m_plot, &Plot::deletePressed, this, [this](int index) { m_points.remove(index); });
  connect(m_plot, &Plot::pointPlaced, this, [this, place](QPointF at) {
    if (m_points.points().rows() == 2) m_points.add(place(at));
  });
}

std::vector<Demand> LandscapePlane::demands() const {
  std::vector<Demand> out = {{"potential", Pace::frame}, {"fixed-points", Pace::frame}};
  out.front().request = {{"precision", "single"}};
  if (m_options.flag("arrows")) out.push_back({"flow", Pace::frame});
  if (m_options.flag("particles")) out.push_back({"trajectories"});
  return out;
}

void LandscapePlane::showOptions(bool visible) {
  for (const char* key : {"show", "arrows", "particles"}) m_options.setOptionVisible(key, visible);
}

void LandscapePlane::showFrame() {
  showMap();
  showArrows();
  showFixedPoints();
  showParticles();
}

void LandscapePlane::showMap() {
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = map && map->axes.size() == 2;
  m_plot->setMessage(drawable ? QString() : m_session.problemOf("potential"));
  m_plot->setMapVisible(m_map, drawable);
  if (!drawable) return;
  const bool density = m_options.choice("show") == "density";
  MapStyle style;
  style.scale = density ? MapScale::automatic : MapScale::robust;
  style.contours = kContours;
  style.title = density ? "p(x, s)" : "U(x, s) − U(0, s)";
  m_plot->setMapStyle(m_map, style);
  m_plot->setMap(m_map, gridOf(map->axes), spanOf(density ? map->density : map->potential));
  if (!m_session.isEditing()) {
    m_plot->setRange(PlotAxis::bottom, {map->axes[0].from, map->axes[0].to});
    m_plot->setRange(PlotAxis::left, {map->axes[1].from, map->axes[1].to});
  }
  m_plot->setNote(timeText(*m_session.problem(), map->s));
}

void LandscapePlane::showArrows() {
  const auto flow = m_options.flag("arrows") ? m_session.result<Flow>("flow") : nullptr;
  std::vector<FieldArrow> arrows;
  if (flow && flow->points.rows() == 2)
    for (Index p = 0; p < flow->points.cols(); ++p)
      arrows.push_back(
          {flow->points(0, p), flow->points(1, p), flow->drift(0, p), flow->drift(1, p)});
  m_plot->setField(arrows);
}

void LandscapePlane::showFixedPoints() {
  const auto found = m_session.result<FixedPoints>("fixed-points");
  const auto map = m_session.result<PotentialMap>("potential");
  std::vector<PlotMarker> stable, unstable;
  std::vector<CurvePiece> directions;
  const double length = map ? kDirectionLength * (map->axes[0].to - map->axes[0].from) : 0;
  for (std::size_t k = 0; found && found->dimension == 2 && k < found->points.size(); ++k) {
    const FixedPoint& point = found->points[k];
    const QPointF at(point.x[0], point.x[1]);
    (point.stability() == Stability::unstable ? unstable : stable).push_back({at, {}});
    for (const auto& e : found->unstableDirections[k].colwise())
      directions.push_back({{at.x() - length * e[0], at.x() + length * e[0]},
                            {at.y() - length * e[1], at.y() + length * e[1]}});
  }
  m_plot->setMarkers(m_stable, stable);
  m_plot->setMarkers(m_unstable, unstable);
  m_plot->setCurves(m_directions, directions);
}

void LandscapePlane::showParticles() {
  const auto trajectories = m_session.result<Trajectories>("trajectories");
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = m_options.flag("particles") && trajectories && map &&
                        trajectories->ensemble.dimension() == 2 && map->axes.size() == 2;
  m_plot->setParticlesVisible(m_particles, drawable);
  if (!drawable) return;
  m_plot->setParticles(m_particles, trajectories->ensemble.coordinateAt(0, map->s),
                       trajectories->ensemble.coordinateAt(1, map->s), trajectories->destinations);
}

void LandscapePlane::showHandles() {
  const Mat points = m_points.points();
  std::vector<QPointF> positions;
  for (Index k = 0; points.rows() == 2 && k < points.cols(); ++k)
    positions.emplace_back(points(0, k), points(1, k));
  m_plot->setHandles(positions, {.horizontal = false});
}

QString LandscapePlane::summary() const {
  const auto found = m_session.result<FixedPoints>("fixed-points");
  const auto map = m_session.result<PotentialMap>("potential");
  if (!map) return tr("No potential to show.");
  if (!found) return tr("Potential in the plane at s = %1.").arg(map->s, 0, 'g', 4);
  std::array<int, 3> counts{};
  for (const FixedPoint& point : found->points)
    ++counts[static_cast<std::size_t>(std::min<Index>(point.index(), 2))];
  return tr("Potential in the plane at s = %1: %2 minima, %3 saddles, %4 maxima.")
      .arg(map->s, 0, 'g', 4)
      .arg(counts[0])
      .arg(counts[1])
      .arg(counts[2]);
}

}  // namespace separatrix
