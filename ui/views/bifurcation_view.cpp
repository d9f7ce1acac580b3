#include "ui/views/bifurcation_view.hpp"

#include "core/study/bifurcation.hpp"
#include "core/study/drift_field.hpp"
#include "core/study/fixed_points.hpp"
#include "ui/views/branch_pieces.hpp"
#include "ui/views/texts.hpp"

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

  onResult("bifurcation", [this] { showBranches(); });
  onResult("drift-field", [this] { showField(); });
  connect(&session, &Session::frameChanged, this, [this] { showMoment(); });
  connect(&session, &Session::timeChanged, this, [this] { showTime(); });
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double at) { dragTime(at); });
}

std::vector<Demand> BifurcationView::demands() const {
  return {{"bifurcation"}, {"drift-field"}, {"fixed-points", Pace::frame}};
}

void BifurcationView::showBranches() {
  const auto branches = session().result<Bifurcation>("bifurcation");
  m_plot->setMessage(branches ? QString() : session().problemOf("bifurcation"));
  const ForwardProcess& process = session().problem()->process();
  const DiagramAxis axis = diagramAxis(process);
  m_plot->setAxis(PlotAxis::left, {.title = branches && branches->dimension > 1 ? "x_0^*" : "x^*"});
  const bool complete = !branches || branches->remark().empty();
  m_plot->setNote(complete ? QString() : tr("some branches may be missing"));
  m_plot->setAxis(PlotAxis::bottom, {.title = axis.symbol, .reversed = axis.reversed});
  if (axis.reversed)
    m_plot->setRange(PlotAxis::bottom, {0, process.horizon()});
  else
    m_plot->setRange(PlotAxis::bottom, {0, 1});
  const BranchPieces pieces =
      branches ? branchPieces(
                     branches->diagram,
                     [&](const FixedPoint& point) { return axis.at(process, point.s); },
                     [](const FixedPoint& point) { return point.x[0]; })
               : BranchPieces();
  m_plot->setCurves(m_stable, pieces.stable);
  m_plot->setCurves(m_unstable, pieces.unstable);
  std::vector<PlotMarker> events;
  constexpr std::size_t kLabelled = 12;  // more would cover each other and the branches
  if (branches)
    for (const BifurcationEvent& event : branches->diagram.events) {
      const double at = axis.at(process, event.s);
      const QString label = QString(event.kind == EventKind::pitchfork ? "%1_c = %2" : "%1 = %2")
                                .arg(axis.symbol)
                                .arg(at, 0, 'f', 4);
      const bool labelled = branches->diagram.events.size() <= kLabelled;
      events.push_back({{at, event.x[0]}, labelled ? label : QString()});
    }
  m_plot->setMarkers(m_events, events);
  announceSummary();
}

void BifurcationView::showField() {
  const auto field = session().result<DriftField>("drift-field");
  std::vector<FieldArrow> arrows;
  const ForwardProcess& process = session().problem()->process();
  const DiagramAxis axis = diagramAxis(process);
  if (field)
    for (std::size_t t = 0; t < field->times.size(); ++t)
      for (std::size_t i = 0; i < field->positions.size(); ++i)
        arrows.push_back({axis.at(process, field->times[t]), field->positions[i], 0,
                          field->drift(static_cast<Index>(i), static_cast<Index>(t))});
  m_plot->setField(arrows);
}

void BifurcationView::showMoment() {
  const auto fixedPoints = session().result<FixedPoints>("fixed-points");
  const ForwardProcess& process = session().problem()->process();
  const DiagramAxis axis = diagramAxis(process);
  std::vector<PlotMarker> stable, unstable;
  if (fixedPoints)
    for (const FixedPoint& point : fixedPoints->points)
      (point.stable() ? stable : unstable)
          .push_back({{axis.at(process, fixedPoints->s), point.x[0]}, {}});
  m_plot->setMarkers(m_stableNow, stable);
  m_plot->setMarkers(m_unstableNow, unstable);
  showTime();
}

void BifurcationView::showTime() {
  const ForwardProcess& process = session().problem()->process();
  m_plot->setLine(m_time, diagramAxis(process).at(process, session().time()));
}

void BifurcationView::dragTime(double abscissa) {
  const ForwardProcess& process = session().problem()->process();
  session().setTime(diagramAxis(process).toTime(process, abscissa));
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
