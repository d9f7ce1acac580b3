#include "ui/views/landscape_plane.hpp"

#include "core/study/basins.hpp"
#include "core/study/flow.hpp"
#include "core/study/trajectories.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/fate_probe.hpp"
#include "ui/views/plane_option.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <cmath>

namespace separatrix {
namespace {

constexpr int kContours = 14;
constexpr Index kFine = 192, kCoarse = 64, kArrows = 21;  // along the longer side
constexpr Index kQuickComponents = 200;                   // whose map is fine at once
constexpr Index kFewComponents = 50;  // in many dimensions, to find fixed points of at each time
const char* const kExtent = "plane-extent";
constexpr double kDirectionLength = 0.035;  // of the width of the map

MapGrid mapGrid(const std::vector<GridAxis>& axes) {
  return {{axes[0].from, axes[0].to},
          {axes[1].from, axes[1].to},
          static_cast<std::size_t>(axes[0].count),
          static_cast<std::size_t>(axes[1].count)};
}

/// The colours resolve where the particles are and what is between the wells; the walls outside
/// grow as 1/b² and would take all.
AxisRange coloursFor(const PotentialMap& map, const FixedPoints* found) {
  constexpr double kRareDensity = 0.02;
  const double rare = kRareDensity * map.density.maxCoeff();
  AxisRange out{map.potential.minCoeff(), map.potential.minCoeff()};
  for (Index p = 0; p < map.potential.size(); ++p)
    if (map.density[p] >= rare) out.upper = std::max(out.upper, map.potential[p]);
  for (std::size_t k = 0; found != nullptr && k < found->points.size(); ++k)
    if (found->points[k].index() == 1) out.upper = std::max(out.upper, found->potential[k]);
  if (!(out.upper > out.lower)) out.upper = out.lower + 1;
  return out;
}

std::span<const double> spanOf(const Vec& values) {
  return {values.data(), static_cast<std::size_t>(values.size())};
}

}  // namespace

LandscapePlane::LandscapePlane(Session& session, Plot* plot, ViewOptions& options)
    : QObject(plot), m_session(session), m_points(session), m_plot(plot), m_options(options) {
  options.addChoice(
      "show", {{"potential", tr("Potential")}, {"density", tr("Density")}, {"fates", tr("Fates")}},
      {tr("What the colours show"),
       tr("The potential U(x, s) − U(0, s), the density p(x, s) of the data after "
          "diffusion for the current time, or the fates: for each point the posterior "
          "weights of the components, which for points as data are the chances to end "
          "there.")});
  addPlaneOption(options);
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
  m_map = m_plot->addMap({});
  m_basins = m_plot->addMap({});
  ParticleStyle particles;
  particles.palette = destinationPalette();
  particles.size = 4;
  particles.grabbable = true;
  m_particles = m_plot->addParticles(particles);
  m_fatePaths = addFateCurves(*m_plot);
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
  m_probe = new FateProbe(
      m_session, *m_plot,
      {[this](QPointF at) { return placeAt(at); }, [this](const Vec& x) { return pointOf(x); }});
  connect(&m_session, &Session::probeChanged, this, &LandscapePlane::showFate);
  connect(m_plot, &Plot::rangeChanged, this, &LandscapePlane::lookAround);
  const auto place = [](QPointF at) -> Vec { return Vec{{at.x(), at.y()}}; };
  connect(m_plot, &Plot::cursorMoved, this,
          [this](QPointF at) { m_session.setCursor(placeAt(at)); });
  connect(m_plot, &Plot::cursorLeft, this, [this] { m_session.setCursor(std::nullopt); });
  connect(m_plot, &Plot::handlePressed, this, [this] { m_session.setEditing(true); });
  connect(m_plot, &Plot::handleDragged, this,
          [this, place](int index, QPointF at) { m_points.move(index, place(at)); });
  connect(m_plot, &Plot::handleReleased, this, [this, place](int index, QPointF at) {
    m_points.move(index, place(at));
    m_session.setEditing(false);
  });
  connect(m_plot, &Plot::handleSelected, &m_session, &Session::setSelectedPoint);
  connect(m_plot, &Plot::handleWheel, this,
          [this](int index, double steps) { m_points.scaleWeight(index, steps); });
  connect(m_plot, &Plot::deletePressed, this, [this](int index) { m_points.remove(index); });
  connect(m_plot, &Plot::pointPlaced, this, [this, place](QPointF at) {
    if (m_points.points().rows() == 2) m_points.add(place(at));
  });
}

/// The plane is all of the data's space.
bool LandscapePlane::isWhole() const {
  return m_session.problem()->target().dimension() == 2;
}

/// The point of the data's space that is shown there; none until it is known.
std::optional<Vec> LandscapePlane::placeAt(QPointF at) const {
  const Vec uv{{at.x(), at.y()}};
  if (m_session.problem() && isWhole()) return uv;
  const auto map = m_session.result<PotentialMap>("potential");
  if (!map || !map->grid.plane) return {};
  return map->grid.plane->lifted(uv, map->signal);
}

/// Where a point of the data's space is shown.
std::optional<QPointF> LandscapePlane::pointOf(const Vec& x) const {
  const auto map = m_session.result<PotentialMap>("potential");
  if (!map || !map->grid.plane || map->grid.plane->foot.size() != x.size()) return {};
  const Vec uv = map->grid.plane->coordinates(x);
  return QPointF(uv[0], uv[1]);
}

/// The grid to compute, with `count` points along its longer side.
Json LandscapePlane::request(Index count) const {
  Json out = isWhole() ? Json::object() : planeRequest(chosenPlane(m_options));
  if (count > 0) out["range"] = seenRange(count);
  return out;
}

Demand LandscapePlane::particles() const {
  return isWhole() ? Demand{"trajectories"} : planeTrajectories(chosenPlane(m_options));
}

std::vector<Demand> LandscapePlane::demands() const {
  Demand extent{"flow", Pace::frame};
  extent.name = kExtent;
  extent.request = request(0);
  Demand map{"potential", Pace::frame};
  map.request = request(kFine);
  map.request["precision"] = "single";
  const Components* components = m_session.problem()->target().components();
  if (components == nullptr || components->count() > kQuickComponents)
    map.whileMoving = {{"range", seenRange(kCoarse)}};
  std::vector<Demand> out = {extent, map};
  if (isWhole() || components == nullptr || components->count() <= kFewComponents)
    out.push_back({"fixed-points", Pace::frame});
  if (m_options.choice("show") == "fates") {
    Demand fates{"basins", Pace::frame};
    fates.request = request(kFine);
    fates.whileMoving = {{"range", seenRange(kCoarse)}};
    out.push_back(fates);
  }
  if (m_options.flag("arrows")) {
    out.push_back({"flow", Pace::frame});
    out.back().request = request(kArrows);
  }
  if (m_options.flag("particles")) out.push_back(particles());
  for (Demand& fate : FateProbe::demands(m_session)) out.push_back(std::move(fate));
  return out;
}

void LandscapePlane::showOptions() {
  const Index dimension = m_session.problem() ? m_session.problem()->target().dimension() : 1;
  offerPlanes(m_options, dimension);
  for (const char* key : {"show", "arrows", "particles"})
    m_options.setOptionVisible(key, dimension > 1);
}

/// Asks for another part of the plane when what is seen is no longer in it, or little of it. Small
/// changes ask for nothing: the labels of the colour bar change the room for the map, and with it
/// what is seen, and that would go on for ever.
void LandscapePlane::lookAround() {
  constexpr double kBeyond = 0.06, kLeast = 0.6;  // of what is seen
  const std::array<AxisRange, 2> seen = {m_plot->range(PlotAxis::bottom),
                                         m_plot->range(PlotAxis::left)};
  bool fits = true;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const AxisRange& asked = m_asked[i];
    fits = fits && asked.lower <= seen[i].lower && seen[i].upper <= asked.upper &&
           seen[i].upper - seen[i].lower > kLeast * (asked.upper - asked.lower);
  }
  if (fits) return;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double more = kBeyond * (seen[i].upper - seen[i].lower);
    m_asked[i] = {seen[i].lower - more, seen[i].upper + more};
  }
  emit demandsChanged();
}

/// The part of the plane to compute, with `count` points along the longer side; null until the
/// extent is known.
Json LandscapePlane::seenRange(Index count) const {
  if (m_extent.empty()) return Json();
  const auto& [x, y] = m_asked;
  const double longer = std::max(x.upper - x.lower, y.upper - y.lower);
  const auto axis = [&](const AxisRange& range) {
    const double share = (range.upper - range.lower) / longer;
    const auto points = static_cast<Index>(std::ceil(share * static_cast<double>(count)));
    return Json::array({range.lower, range.upper, std::max(Index{2}, points)});
  };
  return Json::array({axis(x), axis(y)});
}

/// The plot shows all of the landscape until the user zooms.
void LandscapePlane::showExtent() {
  const auto extent = m_session.result<Flow>(kExtent);
  if (!extent || extent->grid.axes.size() != 2 || m_session.isEditing()) return;
  const auto same = [](const GridAxis& a, const GridAxis& b) {
    return a.from == b.from && a.to == b.to;
  };
  if (std::equal(m_extent.begin(), m_extent.end(), extent->grid.axes.begin(),
                 extent->grid.axes.end(), same))
    return;
  m_extent = extent->grid.axes;
  m_plot->setRange(PlotAxis::bottom, {m_extent[0].from, m_extent[0].to});
  m_plot->setRange(PlotAxis::left, {m_extent[1].from, m_extent[1].to});
  lookAround();
  emit demandsChanged();
}

void LandscapePlane::showFrame() {
  showExtent();
  showMap();
  showArrows();
  showFixedPoints();
  showFate();
  showParticles();
}

void LandscapePlane::showMap() {
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = map && map->grid.axes.size() == 2;
  m_plot->setMessage(drawable ? QString() : m_session.problemOf("potential"));
  const bool fates = m_options.choice("show") == "fates";
  m_plot->setMapVisible(m_map, drawable && !fates);
  showBasins(drawable && fates);
  if (!drawable) return;
  const bool density = m_options.choice("show") == "density";
  MapStyle style;
  if (!density) {
    style.scale = MapScale::given;
    style.range = coloursFor(*map, m_session.result<FixedPoints>("fixed-points").get());
  }
  style.levels = density ? std::vector<double>() : levelsIn(style.range);
  style.contours = kContours;
  style.title = density ? (isWhole() ? "p(x, s)" : "p(x, s) / p_max") : "U(x, s) − U(0, s)";
  m_plot->setMapStyle(m_map, style);
  m_plot->setMap(m_map, mapGrid(map->grid.axes), spanOf(density ? map->density : map->potential));
  const auto& titles = map->grid.plane->symbols;
  m_plot->setAxis(PlotAxis::bottom, {.title = QString::fromStdString(titles[0])});
  m_plot->setAxis(PlotAxis::left, {.title = QString::fromStdString(titles[1])});
  m_plot->setNote(timeText(*m_session.problem(), map->s));
}

void LandscapePlane::showBasins(bool wanted) {
  const auto basins = m_session.result<Basins>("basins");
  const QString problem = wanted ? m_session.problemOf("basins") : QString();
  if (!problem.isEmpty()) m_plot->setMessage(problem);
  const bool drawable = wanted && basins && basins->grid.axes.size() == 2;
  m_plot->setMapVisible(m_basins, drawable);
  if (!drawable) return;
  const std::vector<ColourRole> palette = destinationPalette();
  m_plot->setBlend(m_basins, mapGrid(basins->grid.axes), basins->weights,
                   std::span(palette).first(static_cast<std::size_t>(basins->groups)));
}

/// Evenly spread levels, and those of the saddles: where wells meet.
std::vector<double> LandscapePlane::levelsIn(const AxisRange& range) const {
  std::vector<double> out;
  for (int i = 1; i < kContours; ++i)
    out.push_back(range.lower + (range.upper - range.lower) * i / kContours);
  const auto found = m_session.result<FixedPoints>("fixed-points");
  for (std::size_t k = 0; found && isWhole() && k < found->points.size(); ++k)
    if (found->points[k].index() == 1) out.push_back(found->potential[k]);
  return out;
}

void LandscapePlane::showArrows() {
  const auto flow = m_options.flag("arrows") ? m_session.result<Flow>("flow") : nullptr;
  std::vector<FieldArrow> arrows;
  if (flow && flow->grid.dimension() == 2)
    for (Index p = 0; p < flow->grid.points.cols(); ++p)
      arrows.push_back(
          {flow->grid.points(0, p), flow->grid.points(1, p), flow->drift(0, p), flow->drift(1, p)});
  m_plot->setField(arrows);
}

void LandscapePlane::showFixedPoints() {
  const auto found = m_session.result<FixedPoints>("fixed-points");
  const auto map = m_session.result<PotentialMap>("potential");
  std::vector<PlotMarker> stable, unstable;
  std::vector<CurvePiece> directions;
  const double length =
      map ? kDirectionLength * (map->grid.axes[0].to - map->grid.axes[0].from) : 0;
  for (std::size_t k = 0; found && k < found->points.size(); ++k) {
    const FixedPoint& point = found->points[k];
    const auto at = pointOf(point.x);
    if (!at) continue;
    (point.stability() == Stability::unstable ? unstable : stable).push_back({*at, {}});
    for (const auto& direction : found->unstableDirections[k].colwise()) {
      const QPointF e = *pointOf(direction) * length;
      directions.push_back(
          {{at->x() - e.x(), at->x() + e.x()}, {at->y() - e.y(), at->y() + e.y()}});
    }
  }
  m_plot->setMarkers(m_stable, stable);
  m_plot->setMarkers(m_unstable, unstable);
  m_plot->setCurves(m_directions, directions);
}

void LandscapePlane::showFate() {
  const auto fate = m_session.probe() ? m_session.result<Fate>("fate") : nullptr;
  if (!fate && !m_showsFate) return;
  m_showsFate = fate != nullptr;
  FatePaths paths;
  if (fate && pointOf(fate->at))
    paths = fatePaths(
        *fate, [this](double, const Eigen::VectorXf& x) { return *pointOf(x.cast<double>()); });
  for (std::size_t k = 0; k < kFateColours; ++k) m_plot->setCurves(m_fatePaths[k], paths[k]);
}

void LandscapePlane::showParticles() {
  const auto trajectories =
      m_session.problem() ? m_session.result<Trajectories>(particles().key()) : nullptr;
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = m_options.flag("particles") && trajectories && map &&
                        trajectories->ensemble.dimension() == 2 && map->grid.axes.size() == 2;
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
  m_plot->setHandles(positions,
                     {.horizontal = false,
                      .sizes = positions.empty() ? std::vector<double>() : m_points.weights()});
}

QString LandscapePlane::summary() const {
  const auto found = m_session.result<FixedPoints>("fixed-points");
  const auto map = m_session.result<PotentialMap>("potential");
  if (!map) return tr("No potential to show.");
  if (!found) return tr("Potential on the plane at s = %1.").arg(map->s, 0, 'g', 4);
  std::array<int, 3> counts{};
  for (const FixedPoint& point : found->points)
    ++counts[static_cast<std::size_t>(std::min<Index>(point.index(), 2))];
  return tr("Potential on the plane at s = %1: %2 minima, %3 saddles, %4 maxima.")
      .arg(map->s, 0, 'g', 4)
      .arg(counts[0])
      .arg(counts[1])
      .arg(counts[2]);
}

}  // namespace separatrix
