#include "ui/views/self_consistency_view.hpp"

#include "core/study/self_consistency.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

namespace separatrix {
namespace {

/// Where the two sides, drawn as straight pieces, cross.
std::vector<PlotMarker> crossingsOf(const SelfConsistency& sides) {
  std::vector<PlotMarker> out;
  for (std::size_t i = 0; i < sides.x.size(); ++i) {
    const double here = sides.line[i] - sides.curve[i];
    if (here == 0) out.push_back({{sides.x[i], sides.line[i]}, {}});
    if (i + 1 == sides.x.size()) break;
    const double next = sides.line[i + 1] - sides.curve[i + 1];
    if (here * next >= 0) continue;
    const double share = here / (here - next);
    const auto between = [&](const std::vector<double>& of) {
      return of[i] + share * (of[i + 1] - of[i]);
    };
    out.push_back({{between(sides.x), between(sides.line)}, {}});
  }
  return out;
}

}  // namespace

SelfConsistencyView::SelfConsistencyView(Session& session, QWidget* parent)
    : View(session, "self-consistency", parent), m_plot(addPlot(tr("Self-consistency"))) {
  options().addChoice("direction", {{"automatic", tr("Widest")}},
                      {tr("Direction"), tr("Along which direction through the origin: that in "
                                           "which the data spread most, or a coordinate.")});
  CurveStyle curve;
  curve.colour = ColourRole::series1;
  curve.name = "2a⟨y⟩";
  m_curve = m_plot->addCurve(curve);
  CurveStyle line;
  line.colour = ColourRole::timeLine;
  line.dash = LineDash::dashDotted;
  line.name = "2(1 + Bb^2/A) x";
  m_line = m_plot->addCurve(line);
  MarkerStyle crossings;
  crossings.colour = ColourRole::critical;
  crossings.size = 9;
  crossings.name = tr("∇U = 0 along it");
  m_crossings = m_plot->addMarkers(crossings);
  m_plot->setLegendVisible(true);

  connect(&session, &Session::problemChanged, this, &SelfConsistencyView::showOptions);
  connect(&session, &Session::frameChanged, this, &SelfConsistencyView::showSides);
}

std::vector<Demand> SelfConsistencyView::demands() const {
  Demand sides{"self-consistency", Pace::frame};
  const QString direction = options().choice("direction");
  if (direction != "automatic") {
    std::vector<double> e(static_cast<std::size_t>(session().problem()->target().dimension()), 0);
    const auto axis = static_cast<std::size_t>(direction.toInt());
    if (axis < e.size()) {
      e[axis] = 1;
      sides.request = {{"direction", e}};
    }
  }
  return {sides};
}

void SelfConsistencyView::showOptions() {
  std::vector<ViewOptions::Item> directions{{"automatic", tr("Widest")}};
  if (session().problem()->target().dimension() > 1)
    for (const ViewOptions::Item& each : coordinateItems(session().problem()->target().dimension()))
      directions.push_back(each);
  options().setItems("direction", std::move(directions));
}

void SelfConsistencyView::showSides() {
  const auto sides = session().result<SelfConsistency>("self-consistency");
  m_plot->setMessage(sides ? QString() : session().problemOf("self-consistency"));
  std::vector<PlotMarker> crossings;
  if (sides) {
    crossings = crossingsOf(*sides);
    m_plot->setCurve(m_line, sides->x, sides->line);
    m_plot->setCurve(m_curve, sides->x, sides->curve);
    m_plot->setNote(timeText(*session().problem(), sides->s));
    m_plot->setAxis(PlotAxis::bottom, {.title = sides->direction.size() > 1 ? "x · e" : "x"});
  } else {
    m_plot->setCurve(m_line, {}, {});
    m_plot->setCurve(m_curve, {}, {});
    m_plot->setNote({});
  }
  m_plot->setMarkers(m_crossings, crossings);
  announceSummary();
}

QString SelfConsistencyView::summary() const {
  const auto sides = session().result<SelfConsistency>("self-consistency");
  if (!sides) return tr("No curves to show.");
  QStringList at;
  for (const PlotMarker& each : crossingsOf(*sides))
    at << QString::number(each.position.x(), 'g', 3);
  return tr("The two sides cross %1 times, at x = %2.").arg(at.size()).arg(at.join(", "));
}

}  // namespace separatrix
