#include "ui/views/self_consistency_view.hpp"

#include "core/study/self_consistency.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>

namespace separatrix {
namespace {

constexpr Index kOfferedDirections = 16;

}  // namespace

SelfConsistencyView::SelfConsistencyView(Session& session, QWidget* parent)
    : View(session, "self-consistency", parent),
      m_plot(addPlot(tr("Graphical solution for fixed points"))) {
  options().addChoice(
      "direction", {{"principal", tr("Principal direction")}},
      {tr("Direction"), tr("The line through the origin along which both sides are drawn: that of "
                           "the data's largest variance, or a coordinate.")});
  m_plot->setAxis(PlotAxis::bottom, {.title = "x"});
  m_plot->setAxis(PlotAxis::left, {.title = tr("both sides of ∇U = 0")});
  CurveStyle style;
  style.colour = ColourRole::timeLine;
  style.name = "2(1 + Bb^2/A)x";
  m_line = m_plot->addCurve(style);
  style.colour = ColourRole::potential;
  style.width = 2.2;
  style.name = "2a⟨y⟩";
  m_curve = m_plot->addCurve(style);
  MarkerStyle stable;
  stable.size = 10;
  stable.name = tr("stable");
  m_stable = m_plot->addMarkers(stable);
  stable.shape = MarkerShape::circle;
  stable.colour = ColourRole::unstable;
  stable.name = tr("unstable");
  m_unstable = m_plot->addMarkers(stable);
  m_plot->setLegendVisible(true);
  connect(&session, &Session::frameChanged, this, &SelfConsistencyView::showSides);
  connect(&session, &Session::problemChanged, this, &SelfConsistencyView::offerDirections);
}

void SelfConsistencyView::offerDirections() {
  std::vector<ViewOptions::Item> items = {{"principal", tr("Principal direction")}};
  const Index dimension = session().problem()->target().dimension();
  for (Index i = 0; dimension > 1 && i < std::min(dimension, kOfferedDirections); ++i)
    items.push_back({QString::number(i), QString("x%1").arg(i)});
  options().setItems("direction", std::move(items));
}

std::vector<Demand> SelfConsistencyView::demands() const {
  Demand out{"self-consistency", Pace::frame};
  const QString choice = options().choice("direction");
  const Index dimension = session().problem()->target().dimension();
  if (choice != "principal" && choice.toInt() < dimension) {
    std::vector<double> direction(static_cast<std::size_t>(dimension), 0.0);
    direction[static_cast<std::size_t>(choice.toInt())] = 1;
    out.request = {{"direction", direction}};
  }
  return {out};
}

void SelfConsistencyView::showSides() {
  const auto found = session().result<SelfConsistency>("self-consistency");
  m_plot->setMessage(session().problemOf("self-consistency"));
  if (!found) return;
  m_plot->setCurve(m_line, found->x, found->line);
  m_plot->setCurve(m_curve, found->x, found->curve);
  std::vector<PlotMarker> stable, unstable;
  const auto gap = [&](std::size_t i) { return found->line[i] - found->curve[i]; };
  for (std::size_t i = 0; i + 1 < found->x.size(); ++i) {
    // From one grid point to the next; those that meet it are counted once.
    if (!(gap(i) <= 0 && gap(i + 1) > 0) && !(gap(i) >= 0 && gap(i + 1) < 0)) continue;
    const double share = gap(i) / (gap(i) - gap(i + 1));
    const QPointF at(found->x[i] + share * (found->x[i + 1] - found->x[i]),
                     found->line[i] + share * (found->line[i + 1] - found->line[i]));
    (gap(i + 1) > 0 ? stable : unstable).push_back({at, {}});
  }
  m_crossings = stable.size() + unstable.size();
  m_plot->setMarkers(m_stable, stable);
  m_plot->setMarkers(m_unstable, unstable);
  m_plot->setNote(timeText(*session().problem(), found->s));
  announceSummary();
}

QString SelfConsistencyView::summary() const {
  const auto found = session().result<SelfConsistency>("self-consistency");
  if (!found) return tr("No graphical solution to show.");
  return tr("The two sides cross at %1 places at s = %2.")
      .arg(m_crossings)
      .arg(found->s, 0, 'g', 4);
}

}  // namespace separatrix
