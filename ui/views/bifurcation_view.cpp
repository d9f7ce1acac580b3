#include "ui/views/bifurcation_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/bifurcation.hpp"
#include "core/study/drift_field.hpp"
#include "core/study/fixed_points.hpp"
#include "ui/views/branch_pieces.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {

BifurcationView::BifurcationView(Session& session, QWidget* parent)
    : View(session, "bifurcation", parent), m_plot(addPlot(tr("Bifurcation diagram"))) {
  m_plot->setAxis(PlotAxis::left, {.title = "x^*"});

  CurveStyle stable;
  stable.colour = ColourRole::stable;
  stable.width = 2.2;
  stable.name = tr("stable");
  m_stable = m_plot->addCurve(stable);
  CurveStyle unstable = stable;
  unstable.colour = ColourRole::unstable;
  unstable.dash = LineDash::dashed;
  unstable.name = tr("unstable");
  m_unstable = m_plot->addCurve(unstable);
  MarkerStyle events;
  events.shape = MarkerShape::diamond;
  events.colour = ColourRole::critical;
  events.size = 11;
  m_events = m_plot->addMarkers(events);
  MarkerStyle now;
  now.size = 9;
  m_stableNow = m_plot->addMarkers(now);
  now.shape = MarkerShape::circle;
  now.colour = ColourRole::unstable;
  m_unstableNow = m_plot->addMarkers(now);
  VerticalLineStyle time;
  time.draggable = true;
  m_time = m_plot->addVerticalLine(time);
  m_plot->setLegendVisible(true);

  options().addChoice("quantity", {{"0", "x0"}},
                      {tr("Quantity"), tr("What is drawn of each fixed point: a coordinate, or its "
                                          "distance from the origin.")});
  options().addChoice("against", {{"s", "s"}},
                      {tr("Against"), tr("The horizontal axis: the signal θ, diffusion time s, or "
                                         "the logarithm of the signal-to-noise ratio.")});
  connect(&session, &Session::problemChanged, this, &BifurcationView::showOptions);
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showAll();
  });
  onResult("bifurcation", [this] { showBranches(); });
  onResult("drift-field", [this] { showField(); });
  connect(&session, &Session::frameChanged, this, [this] { showMoment(); });
  connect(&session, &Session::timeChanged, this, [this] { showTime(); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double at) { dragTime(at); });
}

std::vector<Demand> BifurcationView::demands() const {
  return {{"bifurcation"}, {"drift-field"}, {"fixed-points", Pace::frame}};
}

void BifurcationView::showOptions() {
  const Problem& problem = *session().problem();
  const Index dimension = problem.target().dimension();
  std::vector<ViewOptions::Item> quantities = coordinateItems(dimension);
  if (dimension > 1) quantities.push_back({"norm", "|x*|"});
  options().setItems("quantity", std::move(quantities));
  std::vector<ViewOptions::Item> against{{"s", "s"}, {"log-snr", tr("log-SNR")}};
  if (problem.process().variancePreserving()) against.insert(against.begin(), {"theta", "θ"});
  options().setItems("against", std::move(against));
}

void BifurcationView::showAll() {
  showBranches();
  showField();
  showMoment();
}

/// Refers to the process of the problem as it is now.
TimeAxis BifurcationView::axis() const {
  const std::vector<TimeAxis> axes = timeAxes(session().problem()->process());
  const std::string id = options().choice("against").toStdString();
  const auto found =
      std::find_if(axes.begin(), axes.end(), [&](const TimeAxis& each) { return each.id == id; });
  return found == axes.end() ? axes.front() : *found;
}

double BifurcationView::quantity(const Vec& x) const {
  const QString chosen = options().choice("quantity");
  return chosen == "norm" ? x.norm() : x[std::min<Index>(chosen.toInt(), x.size() - 1)];
}

void BifurcationView::showAxes() {
  const Problem& problem = *session().problem();
  const double horizon = problem.process().horizon();
  const TimeAxis against = axis();
  const QString chosen = options().choice("quantity");
  QString title = "x^*";
  if (problem.target().dimension() > 1)
    title = chosen == "norm" ? QString("|x^*|") : QString("x_{%1}^*").arg(chosen);
  m_plot->setAxis(PlotAxis::left, {.title = title});
  m_plot->setAxis(PlotAxis::bottom,
                  {.title = QString::fromStdString(against.symbol), .reversed = against.id == "s"});
  if (against.id == "s")
    m_plot->setRange(PlotAxis::bottom, {0, horizon});
  else if (against.id == "theta")
    m_plot->setRange(PlotAxis::bottom, {0, 1});
  else
    m_plot->setRange(PlotAxis::bottom,
                     {against.fromTime(horizon), against.fromTime(kShortestShown * horizon)});
}

void BifurcationView::showBranches() {
  const auto branches = session().result<Bifurcation>("bifurcation");
  m_plot->setMessage(branches ? QString() : session().problemOf("bifurcation"));
  const bool complete = !branches || branches->remark().empty();
  m_plot->setNote(complete ? QString() : tr("some branches may be missing"));
  showAxes();
  const TimeAxis against = axis();
  const BranchPieces pieces =
      branches ? branchPieces(
                     branches->diagram,
                     [&](const FixedPoint& point) { return against.fromTime(point.s); },
                     [this](const FixedPoint& point) { return quantity(point.x); })
               : BranchPieces();
  m_plot->setCurves(m_stable, pieces.stable);
  m_plot->setCurves(m_unstable, pieces.unstable);
  showEvents();
  announceSummary();
}

void BifurcationView::showEvents() {
  const auto branches = session().result<Bifurcation>("bifurcation");
  const TimeAxis against = axis();
  // Of one letter, so that it can have an index.
  const QString symbol = against.id == "log-snr" ? "s" : QString::fromStdString(against.symbol);
  std::vector<PlotMarker> events;
  constexpr std::size_t kLabelled = 12;  // more would cover each other and the branches
  if (branches)
    for (const BifurcationEvent& event : branches->diagram.events) {
      const double at = against.fromTime(event.s);
      const QString label = QString(event.kind == EventKind::pitchfork ? "%1_c = %2" : "%1 = %2")
                                .arg(symbol)
                                .arg(against.id == "log-snr" ? event.s : at, 0, 'f', 4);
      const bool labelled = branches->diagram.events.size() <= kLabelled;
      events.push_back({{at, quantity(event.x)}, labelled ? label : QString()});
    }
  m_plot->setMarkers(m_events, events);
}

void BifurcationView::showField() {
  const auto field = session().result<DriftField>("drift-field");
  std::vector<FieldArrow> arrows;
  const TimeAxis against = axis();
  if (field)
    for (std::size_t t = 0; t < field->times.size(); ++t)
      for (std::size_t i = 0; i < field->positions.size(); ++i)
        arrows.push_back({against.fromTime(field->times[t]), field->positions[i], 0,
                          field->drift(static_cast<Index>(i), static_cast<Index>(t))});
  m_plot->setField(arrows);
}

void BifurcationView::showMoment() {
  const auto fixedPoints = session().result<FixedPoints>("fixed-points");
  const TimeAxis against = axis();
  std::vector<PlotMarker> stable, unstable;
  if (fixedPoints)
    for (const FixedPoint& point : fixedPoints->points)
      (point.stable() ? stable : unstable)
          .push_back({{against.fromTime(fixedPoints->s), quantity(point.x)}, {}});
  m_plot->setMarkers(m_stableNow, stable);
  m_plot->setMarkers(m_unstableNow, unstable);
  showTime();
}

void BifurcationView::showTime() {
  m_plot->setLine(m_time, axis().fromTime(session().time()));
}

void BifurcationView::dragTime(double abscissa) {
  session().setTime(axis().toTime(abscissa));
}

QString BifurcationView::pinName() const {
  return QString::fromStdString(potentialInfo(session().scene().potential).title);
}

QString BifurcationView::summary() const {
  const auto branches = session().result<Bifurcation>("bifurcation");
  if (!branches) return tr("No branches to show.");
  QStringList events;
  for (const BifurcationEvent& event : branches->diagram.events)
    events << tr("%1 at s = %2")
                  .arg(QString::fromStdString(eventName(event.kind)))
                  .arg(event.s, 0, 'g', 6);
  const QString remark = QString::fromStdString(branches->remark());
  return tr("%1 branches of fixed points; %2%3.")
      .arg(branches->diagram.branches.size())
      .arg(events.isEmpty() ? tr("no bifurcation") : events.join(", "))
      .arg(remark.isEmpty() ? remark : "; " + remark);
}

}  // namespace separatrix
