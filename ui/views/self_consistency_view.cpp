#include "ui/views/self_consistency_view.hpp"

#include "core/study/self_consistency.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>

namespace separatrix {
namespace {

/// Where the two sides, drawn as straight pieces, cross; U rises to both sides of those where the
/// line passes the curve from below.
struct Crossings {
  std::vector<PlotMarker> rising, falling;

  std::vector<PlotMarker> all() const {
    std::vector<PlotMarker> out = rising;
    out.insert(out.end(), falling.begin(), falling.end());
    std::sort(out.begin(), out.end(), [](const PlotMarker& a, const PlotMarker& b) {
      return a.position.x() < b.position.x();
    });
    return out;
  }
};

Crossings crossingsOf(const SelfConsistency& sides) {
  Crossings out;
  for (std::size_t i = 0; i < sides.x.size(); ++i) {
    const double here = sides.line[i] - sides.curve[i];
    if (i + 1 == sides.x.size()) break;
    const double next = sides.line[i + 1] - sides.curve[i + 1];
    if (here == 0)
      (next > 0 ? out.rising : out.falling).push_back({{sides.x[i], sides.line[i]}, {}});
    if (here * next >= 0) continue;
    const double share = here / (here - next);
    const auto between = [&](const std::vector<double>& of) {
      return of[i] + share * (of[i + 1] - of[i]);
    };
    (next > 0 ? out.rising : out.falling).push_back({{between(sides.x), between(sides.line)}, {}});
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
  crossings.name = tr("∂U/∂e = 0");
  m_crossings = m_plot->addMarkers(crossings);
  MarkerStyle stable;
  stable.size = 10;
  stable.name = tr("stable");
  m_stable = m_plot->addMarkers(stable);
  stable.shape = MarkerShape::circle;
  stable.colour = ColourRole::unstable;
  stable.name = tr("unstable");
  m_unstable = m_plot->addMarkers(stable);
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
  Crossings crossings;
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
  // In more dimensions U is stationary along the line only, and says nothing of stability.
  const bool onLine = session().problem()->target().dimension() == 1;
  m_plot->setMarkersVisible(m_stable, onLine);
  m_plot->setMarkersVisible(m_unstable, onLine);
  m_plot->setMarkersVisible(m_crossings, !onLine);
  m_plot->setMarkers(m_stable, crossings.rising);
  m_plot->setMarkers(m_unstable, crossings.falling);
  m_plot->setMarkers(m_crossings, crossings.all());
  announceSummary();
}

QString SelfConsistencyView::summary() const {
  const auto sides = session().result<SelfConsistency>("self-consistency");
  if (!sides) return tr("No curves to show.");
  QStringList at;
  for (const PlotMarker& each : crossingsOf(*sides).all())
    at << QString::number(each.position.x(), 'g', 3);
  return tr("The two sides cross %1 times, at x = %2.").arg(at.size()).arg(at.join(", "));
}

}  // namespace separatrix
