#include "ui/views/self_consistency_view.hpp"

#include "core/study/self_consistency.hpp"
#include "ui/views/external_field.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <limits>

namespace separatrix {
namespace {

/// Two sides of an equation over a place, and where they cross as straight pieces: rising where the
/// line passes the curve from below, to both sides of which the potential rises.
struct Sides {
  const std::vector<double>& place;
  const std::vector<double>& line;
  const std::vector<double>& curve;
  std::vector<PlotMarker> rising = {}, falling = {};

  void findCrossings() {
    for (std::size_t i = 0; i + 1 < place.size(); ++i) {
      const double here = line[i] - curve[i];
      const double next = line[i + 1] - curve[i + 1];
      if (here == 0) (next > 0 ? rising : falling).push_back({{place[i], line[i]}, {}});
      if (here * next >= 0) continue;
      const double share = here / (here - next);
      const auto between = [&](const std::vector<double>& of) {
        return of[i] + share * (of[i + 1] - of[i]);
      };
      (next > 0 ? rising : falling).push_back({{between(place), between(line)}, {}});
    }
  }

  std::vector<PlotMarker> all() const {
    std::vector<PlotMarker> out = rising;
    out.insert(out.end(), falling.begin(), falling.end());
    std::sort(out.begin(), out.end(), [](const PlotMarker& a, const PlotMarker& b) {
      return a.position.x() < b.position.x();
    });
    return out;
  }
};

Sides sidesOf(const SelfConsistency& found, bool meanField) {
  Sides out =
      meanField ? Sides{found.m, found.m, found.mean} : Sides{found.x, found.line, found.curve};
  out.findCrossings();
  return out;
}

}  // namespace

SelfConsistencyView::SelfConsistencyView(Session& session, QWidget* parent)
    : View(session, "self-consistency", parent), m_plot(addPlot(tr("Self-consistency"))) {
  options().addChoice("direction", {{"automatic", tr("Widest")}},
                      {tr("Direction"), tr("Along which direction through the origin: that in "
                                           "which the data spread most, or a coordinate.")});
  options().addChoice("form", {{"potential", tr("∇U = 0")}, {"mean-field", "m = ⟨y⟩(m + h)"}},
                      {tr("Form"), tr("The equation whose two sides are drawn: that of the chosen "
                                      "potential, or that of mean-field theory for the free "
                                      "energy, with an external field h that can be dragged.")});
  m_curve = m_plot->addCurve({});
  m_line = m_plot->addCurve({});
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
  VerticalLineStyle field;
  field.colour = ColourRole::critical;
  field.dash = LineDash::dotted;
  field.draggable = true;
  field.label = "h";
  m_field = m_plot->addVerticalLine(field);
  m_plot->setLegendVisible(true);

  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double h) {
    setExternalField(this->session(), objectName().toStdString(), h);
    m_plot->setLine(m_field, h);
    demandsChanged();
  });
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showSides();
  });
  connect(&session, &Session::problemChanged, this, &SelfConsistencyView::showOptions);
  connect(&session, &Session::documentOpened, this, &SelfConsistencyView::demandsChanged);
  connect(&session, &Session::frameChanged, this, [this] {
    showSides();
    demandsChanged();  // a field is along the direction that was found
  });
}

bool SelfConsistencyView::isMeanField() const {
  return options().choice("form") == "mean-field";
}

double SelfConsistencyView::field() const {
  return externalField(session(), objectName().toStdString());
}

std::vector<Demand> SelfConsistencyView::demands() const {
  Demand sides{"self-consistency", Pace::frame};
  const auto dimension = static_cast<std::size_t>(session().problem()->target().dimension());
  std::vector<double> e;
  const QString direction = options().choice("direction");
  if (direction != "automatic") {
    const auto axis = static_cast<std::size_t>(direction.toInt());
    if (axis < dimension) {
      e.assign(dimension, 0);
      e[axis] = 1;
      sides.request = {{"direction", e}};
    }
  } else if (const auto found = session().result<SelfConsistency>("self-consistency")) {
    e.assign(found->direction.begin(), found->direction.end());
  }
  if (isMeanField() && field() != 0 && e.size() == dimension) {
    for (double& component : e) component *= field();
    sides.request["field"] = e;
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
  const auto found = session().result<SelfConsistency>("self-consistency");
  m_plot->setMessage(found ? QString() : session().problemOf("self-consistency"));
  const bool meanField = isMeanField();
  CurveStyle curve;
  curve.colour = ColourRole::series1;
  curve.name = meanField ? "⟨y⟩(m + h)" : "2a⟨y⟩";
  m_plot->setCurveStyle(m_curve, curve);
  CurveStyle line;
  line.colour = ColourRole::timeLine;
  line.dash = LineDash::dashDotted;
  line.name = meanField ? "m" : "2(1 + Bb^2/A) x";
  m_plot->setCurveStyle(m_line, line);
  m_plot->setLine(m_field, meanField ? field() : std::numeric_limits<double>::quiet_NaN());
  std::vector<PlotMarker> rising, falling, all;
  if (found) {
    const Sides sides = sidesOf(*found, meanField);
    rising = sides.rising;
    falling = sides.falling;
    all = sides.all();
    m_plot->setCurve(m_line, sides.place, sides.line);
    m_plot->setCurve(m_curve, sides.place, sides.curve);
    m_plot->setNote(timeText(*session().problem(), found->s));
    const QString title = meanField ? "m" : "x";
    m_plot->setAxis(PlotAxis::bottom,
                    {.title = found->direction.size() > 1 ? title + " · e" : title});
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
  m_plot->setMarkers(m_stable, rising);
  m_plot->setMarkers(m_unstable, falling);
  m_plot->setMarkers(m_crossings, all);
  announceSummary();
}

QString SelfConsistencyView::summary() const {
  const auto found = session().result<SelfConsistency>("self-consistency");
  if (!found) return tr("No curves to show.");
  QStringList at;
  for (const PlotMarker& each : sidesOf(*found, isMeanField()).all())
    at << QString::number(each.position.x(), 'g', 3);
  return tr("The two sides cross %1 times, at %2 = %3.")
      .arg(at.size())
      .arg(isMeanField() ? "m" : "x", at.join(", "));
}

}  // namespace separatrix
