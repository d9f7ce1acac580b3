#include "ui/views/landscape_line.hpp"

#include "core/study/trajectories.hpp"
#include "ui/views/compare_option.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/fate_probe.hpp"
#include "ui/views/texts.hpp"

#include <algorithm>

namespace separatrix {
namespace {

CurveStyle comparedStyle(const QString& name) {
  CurveStyle out;
  out.colour = ColourRole::reference;
  out.dash = LineDash::dashDotted;
  out.width = 1.8;
  out.name = name;
  return out;
}

}  // namespace

LandscapeLine::LandscapeLine(Session& session, Plot* plot, ViewOptions& options)
    : QObject(plot), m_session(session), m_points(session), m_plot(plot), m_options(options) {
  addCompareOption(options);
  m_plot->setAxis(PlotAxis::bottom, {.title = "x"});
  m_plot->setAxis(PlotAxis::left, {.title = "U(x, s) − U(0, s)"});
  m_plot->setAxis(PlotAxis::right, {.title = "p(x, s)", .includeZero = true});

  CurveStyle density;
  density.colour = ColourRole::density;
  density.width = 1.2;
  density.fill = true;
  density.yAxis = PlotAxis::right;
  density.name = tr("density");
  m_density = m_plot->addCurve(density);
  m_compared = m_plot->addCurve(comparedStyle({}));
  CurveStyle potential;
  potential.width = 2.2;
  potential.name = tr("potential");
  m_potential = m_plot->addCurve(potential);

  ParticleStyle particles;
  particles.palette = destinationPalette();
  particles.size = 4;
  particles.grabbable = true;
  m_particles = m_plot->addParticles(particles);
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
  connectHandles();
  addProbe();
}

/// On the curve, wherever it is seized.
void LandscapeLine::addProbe() {
  new FateProbe(m_session, *m_plot,
                {[](QPointF at) -> std::optional<Vec> { return Vec::Constant(1, at.x()); },
                 [this](const Vec& x) -> std::optional<QPointF> {
                   const auto map = m_session.result<PotentialMap>("potential");
                   if (x.size() != 1 || !map || map->grid.axes.size() != 1) return {};
                   const Index last = map->grid.points.cols() - 1;
                   const double step = map->grid.axes[0].at(1) - map->grid.axes[0].at(0);
                   const double place = (x[0] - map->grid.axes[0].from) / step;
                   const Index before = std::clamp<Index>(static_cast<Index>(place), 0, last - 1);
                   const double share = place - static_cast<double>(before);
                   const Vec& U = map->potential;
                   return QPointF(x[0], U[before] + share * (U[before + 1] - U[before]));
                 },
                 true});
}

void LandscapeLine::connectHandles() {
  connect(m_plot, &Plot::cursorMoved, this,
          [this](QPointF at) { m_session.setCursor(Vec::Constant(1, at.x())); });
  connect(m_plot, &Plot::cursorLeft, this, [this] { m_session.setCursor(std::nullopt); });
  connect(m_plot, &Plot::handlePressed, this, [this] { m_session.setEditing(true); });
  connect(m_plot, &Plot::handleDragged, this,
          [this](int index, QPointF at) { m_points.move(index, Vec::Constant(1, at.x())); });
  connect(m_plot, &Plot::handleReleased, this, [this](int index, QPointF at) {
    m_points.move(index, Vec::Constant(1, at.x()));
    m_session.setEditing(false);
  });
  connect(m_plot, &Plot::handleSelected, &m_session, &Session::setSelectedPoint);
  connect(m_plot, &Plot::handleWheel, this,
          [this](int index, double steps) { m_points.scaleWeight(index, steps); });
  connect(m_plot, &Plot::deletePressed, this, [this](int index) { m_points.remove(index); });
  connect(m_plot, &Plot::pointPlaced, this, [this](QPointF at) {
    if (m_points.points().rows() == 1) m_points.add(Vec::Constant(1, at.x()));
  });
}

std::vector<Demand> LandscapeLine::demands() const {
  std::vector<Demand> out = {
      {"potential", Pace::frame}, {"fixed-points", Pace::frame}, {"trajectories"}};
  if (const auto compared = comparedDemand(m_options, {"potential", Pace::frame}))
    out.push_back(*compared);
  for (Demand& fate : FateProbe::demands(m_session)) out.push_back(std::move(fate));
  return out;
}

void LandscapeLine::showOptions() {
  const ProblemPtr& problem = m_session.problem();
  m_options.setOptionVisible("compare", !problem || problem->target().dimension() == 1);
}

void LandscapeLine::showCompared() {
  const auto map = comparedResult<PotentialMap>(m_session, m_options, "potential");
  m_plot->setCurveStyle(m_compared, comparedStyle(comparedName(m_options)));
  const bool drawable = map && map->grid.dimension() == 1;
  m_plot->setCurveVisible(m_compared, drawable);
  if (!drawable) return;
  const auto count = static_cast<std::size_t>(map->potential.size());
  m_plot->setCurve(m_compared, {map->grid.points.data(), count}, {map->potential.data(), count});
}

void LandscapeLine::showHandles() {
  const Mat points = m_points.points();
  std::vector<QPointF> positions;
  for (Index k = 0; points.rows() == 1 && k < points.cols(); ++k)
    positions.emplace_back(points(0, k), 0);
  m_plot->setHandles(positions,
                     {.horizontal = true,
                      .onAxis = true,
                      .sizes = positions.empty() ? std::vector<double>() : m_points.weights()});
}

void LandscapeLine::showFrame() {
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = map && map->grid.axes.size() == 1;
  m_plot->setMessage(drawable ? QString() : m_session.problemOf("potential"));
  if (!drawable) return;
  const std::span<const double> x(map->grid.points.data(),
                                  static_cast<std::size_t>(map->grid.points.cols()));
  const auto span = [](const Vec& v) {
    return std::span<const double>(v.data(), static_cast<std::size_t>(v.size()));
  };
  const auto fixedPoints = m_session.result<FixedPoints>("fixed-points");
  const AxisRange wanted{map->grid.axes[0].from, map->grid.axes[0].to};
  if (!m_session.isEditing()) m_plot->setRange(PlotAxis::bottom, wanted);
  fitVertically(*map, fixedPoints.get());
  m_plot->setCurve(m_density, x, span(map->density));
  m_plot->setCurve(m_potential, x, span(map->potential));
  showCompared();

  std::vector<PlotMarker> stable, unstable;
  for (std::size_t i = 0; fixedPoints && i < fixedPoints->points.size(); ++i) {
    const FixedPoint& point = fixedPoints->points[i];
    (point.stable() ? stable : unstable).push_back({{point.x[0], fixedPoints->potential[i]}, {}});
  }
  m_plot->setMarkers(m_stable, stable);
  m_plot->setMarkers(m_unstable, unstable);
  m_plot->setNote(timeText(*m_session.problem(), map->s));
  showParticles();
}

void LandscapeLine::fitVertically(const PotentialMap& map, const FixedPoints* fixedPoints) {
  if (m_session.isEditing() || m_session.areRangesLocked()) return;
  // What matters: where the particles are, and everything between the outermost fixed points.
  // The walls far outside grow as 1/b² and would flatten the wells.
  constexpr double kRareDensity = 0.02;
  double left = map.grid.axes[0].to;
  double right = map.grid.axes[0].from;
  if (fixedPoints != nullptr && !fixedPoints->points.empty()) {
    left = fixedPoints->points.front().x[0];
    right = fixedPoints->points.back().x[0];
  }
  const double rare = kRareDensity * map.density.maxCoeff();
  AxisRange range{map.potential.maxCoeff(), map.potential.minCoeff()};
  for (Index p = 0; p < map.potential.size(); ++p) {
    const double x = map.grid.points(0, p);
    if (map.density[p] < rare && (x < left || x > right)) continue;
    range.lower = std::min(range.lower, map.potential[p]);
    range.upper = std::max(range.upper, map.potential[p]);
  }
  const double height = range.upper - range.lower;
  if (!(height > 0)) return;
  m_plot->setRange(PlotAxis::left, {range.lower - 0.12 * height, range.upper + 0.25 * height});
}

void LandscapeLine::showParticles() {
  const auto trajectories = m_session.result<Trajectories>("trajectories");
  const auto map = m_session.result<PotentialMap>("potential");
  const bool drawable = trajectories && map && map->grid.axes.size() == 1;
  m_plot->setParticlesVisible(m_particles, drawable);
  if (!drawable) return;
  m_plot->setParticlesOnCurve(m_particles, trajectories->ensemble.coordinateAt(0, map->s),
                              m_potential, trajectories->destinations);
}

QString LandscapeLine::summary() const {
  const auto fixedPoints = m_session.result<FixedPoints>("fixed-points");
  const auto map = m_session.result<PotentialMap>("potential");
  if (!map || !fixedPoints) return tr("No potential to show.");
  int stable = 0;
  QStringList places;
  for (const FixedPoint& point : fixedPoints->points) {
    stable += point.stable() ? 1 : 0;
    places << QString::number(point.x[0], 'g', 4) +
                  (point.stable() ? tr(" stable") : tr(" unstable"));
  }
  return tr("Potential at s = %1: %2 fixed points, %3 of them stable: %4.")
      .arg(map->s, 0, 'g', 4)
      .arg(fixedPoints->points.size())
      .arg(stable)
      .arg(places.join(", "));
}

}  // namespace separatrix
