#include "ui/views/bifurcation_view.hpp"

#include "core/study/bifurcation.hpp"
#include "core/study/drift_field.hpp"
#include "core/study/fixed_points.hpp"
#include "ui/views/against_option.hpp"
#include "ui/views/branch_pieces.hpp"
#include "ui/views/compare_option.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

CurveStyle comparedStyle(LineDash dash, const QString& name = {}) {
  CurveStyle out;
  out.colour = ColourRole::reference;
  out.dash = dash;
  out.width = 1.8;
  out.name = name;
  return out;
}

}  // namespace

BifurcationView::BifurcationView(Session& session, QWidget* parent)
    : View(session, "bifurcation", parent), m_plot(addPlot(tr("Bifurcation diagram"))) {
  m_plot->setAxis(PlotAxis::left, {.title = "x^*"});

  m_comparedStable = m_plot->addCurve(comparedStyle(LineDash::solid));
  m_comparedUnstable = m_plot->addCurve(comparedStyle(LineDash::dashed));
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
                      {tr("Quantity"), tr("What is drawn of each fixed point: a coordinate, its "
                                          "projection on a direction of largest variance, or its "
                                          "distance from the origin.")});
  addAgainstOption(options());
  addCompareOption(options());
  connect(&session, &Session::problemChanged, this, &BifurcationView::showOptions);
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showAll();
  });
  onResult("bifurcation", [this] { showBranches(); });
  onResult("drift-field", [this] { showField(); });
  connect(&session, &Session::resultChanged, this, [this](const std::string& changed) {
    const auto compared = comparedDemand(options(), {"bifurcation"});
    if (compared && changed == compared->key()) showCompared();
  });
  connect(&session, &Session::frameChanged, this, [this] { showMoment(); });
  connect(&session, &Session::timeChanged, this, [this] { showTime(); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double at) { dragTime(at); });
  if (session.problem()) showOptions();
}

std::vector<Demand> BifurcationView::demands() const {
  std::vector<Demand> out = {{"bifurcation"}, {"drift-field"}, {"fixed-points", Pace::frame}};
  if (const auto compared = comparedDemand(options(), {"bifurcation"})) out.push_back(*compared);
  return out;
}

void BifurcationView::showOptions() {
  const Problem& problem = *session().problem();
  const Index dimension = problem.target().dimension();
  std::vector<ViewOptions::Item> quantities = quantityItems(dimension);
  if (dimension > 1) quantities.push_back({"norm", "|x*|"});
  options().setItems("quantity", std::move(quantities));
  offerAxes(options(), problem.process());
}

void BifurcationView::showAll() {
  showBranches();
  showField();
  showMoment();
}

/// Refers to the process of the problem as it is now.
TimeAxis BifurcationView::axis() const {
  return chosenAxis(options(), session().problem()->process());
}

double BifurcationView::quantity(const Vec& x) const {
  const auto branches = session().result<Bifurcation>("bifurcation");
  return branches ? branches->quantity(x, options().choice("quantity").toStdString()) : 0;
}

void BifurcationView::showAxes() {
  const Problem& problem = *session().problem();
  QString title = quantityTitle(options().choice("quantity"), problem.target().dimension());
  m_plot->setAxis(PlotAxis::left, {.title = title.replace("x", "x^*")});
  showAxis(*m_plot, axis(), problem.process());
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
  showCompared();
  showEvents();
  announceSummary();
}

void BifurcationView::showCompared() {
  const auto branches = comparedResult<Bifurcation>(session(), options(), "bifurcation");
  const TimeAxis against = axis();
  const std::string drawn = options().choice("quantity").toStdString();
  const BranchPieces pieces =
      branches ? branchPieces(
                     branches->diagram,
                     [&](const FixedPoint& point) { return against.fromTime(point.s); },
                     [&](const FixedPoint& point) { return branches->quantity(point.x, drawn); })
               : BranchPieces();
  m_plot->setCurveStyle(m_comparedStable, comparedStyle(LineDash::solid, comparedName(options())));
  m_plot->setCurves(m_comparedStable, pieces.stable);
  m_plot->setCurves(m_comparedUnstable, pieces.unstable);
}

void BifurcationView::showEvents() {
  const auto branches = session().result<Bifurcation>("bifurcation");
  const TimeAxis against = axis();
  std::vector<PlotMarker> events;
  constexpr std::size_t kLabelled = 12;  // more would cover each other and the branches
  if (branches)
    for (const BifurcationEvent& event : branches->diagram.events) {
      const QString label =
          momentLabel(against, event.s, event.kind == EventKind::pitchfork ? "c" : "");
      const bool labelled = branches->diagram.events.size() <= kLabelled;
      events.push_back(
          {{against.fromTime(event.s), quantity(event.x)}, labelled ? label : QString()});
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
  if (fixedPoints && session().result<Bifurcation>("bifurcation"))
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
