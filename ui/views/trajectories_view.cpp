#include "ui/views/trajectories_view.hpp"

#include "core/study/bifurcation.hpp"
#include "core/study/trajectories.hpp"
#include "ui/session/data_points.hpp"
#include "ui/timeline_marks.hpp"
#include "ui/views/branch_pieces.hpp"
#include "ui/views/destination_palette.hpp"
#include "ui/views/fate_probe.hpp"
#include "ui/views/plane_demands.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <array>

namespace separatrix {

TrajectoriesView::TrajectoriesView(Session& session, QWidget* parent)
    : View(session, "trajectories", parent),
      m_plot(addPlot(tr("Trajectories against diffusion time"))) {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = "x"});

  PathStyle paths;
  paths.palette = destinationPalette();
  m_paths = m_plot->addPaths(paths);
  m_fatePaths = addFateCurves(*m_plot);
  CurveStyle stable;
  stable.colour = ColourRole::timeLine;
  stable.width = 2;
  stable.name = tr("stable");
  m_stable = m_plot->addCurve(stable);
  CurveStyle unstable = stable;
  unstable.dash = LineDash::dashed;
  unstable.name = tr("unstable");
  m_unstable = m_plot->addCurve(unstable);
  MarkerStyle events;
  events.shape = MarkerShape::diamond;
  events.colour = ColourRole::critical;
  events.size = 10;
  m_events = m_plot->addMarkers(events);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(true);

  options().addChoice("direction", {{"reverse", tr("Reverse")}, {"forward", tr("Forward")}},
                      {tr("Direction of the trajectories"),
                       tr("Reverse: from noise to data, as samples are generated. Forward: from "
                          "data to noise.")});
  options().addChoice("coordinate", {{"0", "x0"}},
                      {tr("Coordinate"), tr("Which coordinate of the data is drawn, or which "
                                            "projection on a direction of largest variance.")});
  connect(&session, &Session::resultChanged, this, [this](const std::string& changed) {
    if (changed == key()) showTrajectories();
  });
  options().addFlag("regimes", tr("Regimes"), true,
                    {tr("Dynamical regimes"),
                     tr("Shades I, before the classes part, II, after, and III, where trajectories "
                        "are bound to single data points (Biroli et al. 2024).")});
  onResult("bifurcation", [this] { showBranches(); });
  onResult("critical-times", [this] { showRegimes(); });
  connect(&session, &Session::problemChanged, this, &TrajectoriesView::showOptions);
  connect(&session, &Session::frameChanged, this, &TrajectoriesView::showFate);
  connect(&session, &Session::probeChanged, this, &TrajectoriesView::showFate);
  connect(m_plot, &Plot::clicked, this, [this](QPointF at, Qt::MouseButton button) {
    Session& s = this->session();
    if (button != Qt::LeftButton || s.problem()->target().dimension() != 1) return;
    s.setTime(at.x());
    s.setProbe(Vec::Constant(1, at.y()));
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (!this->session().problem()) return;
    showTrajectories();
    showBranches();
    showRegimes();
  });
  connect(&session, &Session::timeChanged, this, [this](double s) { m_plot->setLine(m_time, s); });
  connect(m_plot, &Plot::lineDragged, this,
          [this](LineId, double s) { this->session().setTime(s); });
  if (session.problem()) showOptions();
}

/// Other views show those of the default direction too.
std::string TrajectoriesView::key() const {
  return demand().key();
}

Demand TrajectoriesView::demand() const {
  const int direction = principalDirection();
  Demand out = direction < 0 ? Demand{"trajectories"} : planeTrajectories({});
  if (direction > 1) out = planeTrajectories({"principal", direction, 0});
  if (options().choice("direction") == "forward") {
    out.request["direction"] = "forward";
    out.name = out.key() + "-forward";
  }
  return out;
}

/// −1: a coordinate.
int TrajectoriesView::principalDirection() const {
  const QString quantity = options().choice("coordinate");
  return quantity.startsWith("pc") ? quantity.mid(2).toInt() : -1;
}

/// Which coordinate of the ensemble that is demanded.
Index TrajectoriesView::row() const {
  const int direction = principalDirection();
  if (direction < 0) return options().choice("coordinate").toInt();
  return direction == 1 ? 1 : 0;
}

std::vector<Demand> TrajectoriesView::demands() const {
  std::vector<Demand> out = {demand(), {"bifurcation"}, criticalTimesDemand(session())};
  for (Demand& fate : FateProbe::demands(session())) out.push_back(std::move(fate));
  return out;
}

void TrajectoriesView::showOptions() {
  const Index dimension = session().problem()->target().dimension();
  options().setItems("coordinate", quantityItems(dimension));
  demandsChanged();
}

void TrajectoriesView::showTrajectories() {
  const auto trajectories = session().result<Trajectories>(key());
  m_plot->setPathsVisible(m_paths, trajectories != nullptr);
  m_plot->setMessage(trajectories ? QString() : session().problemOf(key()));
  if (!trajectories) return;
  const Ensemble& ensemble = trajectories->ensemble;
  const Index shown = std::min(row(), ensemble.dimension() - 1);
  BatchF values(ensemble.saved(), ensemble.particles());
  for (Index k = 0; k < ensemble.saved(); ++k) values.row(k) = ensemble.state(k).row(shown);
  m_plot->setAxis(PlotAxis::left,
                  {.title = quantityTitle(options().choice("coordinate"),
                                          session().problem()->target().dimension())});
  m_plot->setRange(PlotAxis::bottom, {0, session().problem()->process().horizon()});
  m_plot->setPaths(m_paths, ensemble.times(),
                   std::span<const float>(values.data(), static_cast<std::size_t>(values.size())),
                   PathOrder::stepMajor, trajectories->destinations);
  m_plot->setLine(m_time, session().time());
  announceSummary();
}

void TrajectoriesView::showBranches() {
  const auto branches = session().result<Bifurcation>("bifurcation");
  const std::string quantity = options().choice("coordinate").toStdString();
  const BranchPieces pieces =
      branches ? branchPieces(
                     branches->diagram, [](const FixedPoint& point) { return point.s; },
                     [&](const FixedPoint& point) { return branches->quantity(point.x, quantity); })
               : BranchPieces();
  m_plot->setCurves(m_stable, pieces.stable);
  m_plot->setCurves(m_unstable, pieces.unstable);
  std::vector<PlotMarker> events;
  constexpr std::size_t kShown = 40;  // more would cover the branches
  if (branches && branches->diagram.events.size() <= kShown)
    for (const BifurcationEvent& event : branches->diagram.events)
      events.push_back({{event.s, branches->quantity(event.x, quantity)}, {}});
  m_plot->setMarkers(m_events, events);
}

void TrajectoriesView::showRegimes() {
  const auto found = session().result<CriticalTimes>("critical-times");
  m_plot->setBands(found && options().flag("regimes") ? regimes(*found, *session().problem())
                                                      : std::vector<PlotBand>());
}

/// Those that start at the probe, over the others.
void TrajectoriesView::showFate() {
  const auto fate = session().probe() ? session().result<Fate>("fate") : nullptr;
  if (!fate && !m_showsFate) return;
  m_showsFate = fate != nullptr;
  FatePaths paths;
  const auto branches = session().result<Bifurcation>("bifurcation");
  const std::string quantity = options().choice("coordinate").toStdString();
  if (fate && (principalDirection() < 0 || branches))
    paths = fatePaths(*fate, [&](double s, const Eigen::VectorXf& x) {
      return QPointF(s, branches ? branches->quantity(x.cast<double>(), quantity)
                                 : static_cast<double>(x[row()]));
    });
  for (std::size_t k = 0; k < kFateColours; ++k) m_plot->setCurves(m_fatePaths[k], paths[k]);
}

QString TrajectoriesView::summary() const {
  const auto trajectories = session().result<Trajectories>(key());
  if (!trajectories) return tr("No trajectories to show.");
  std::array<int, 256> counts{};
  for (const std::uint8_t destination : trajectories->destinations)
    ++counts[static_cast<std::size_t>(destination)];
  QStringList shares;
  for (const int count : counts)
    if (count > 0)
      shares << tr("%1 %").arg(
          100.0 * count / static_cast<double>(trajectories->destinations.size()), 0, 'f', 1);
  return tr("%1 trajectories; shares that end at each component, from the left: %2.")
      .arg(trajectories->ensemble.particles())
      .arg(shares.join(", "));
}

}  // namespace separatrix
