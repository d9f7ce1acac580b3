#include "ui/views/hysteresis_view.hpp"

#include "core/study/hysteresis.hpp"
#include "ui/views/external_field.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>

namespace separatrix {
namespace {

/// Up to the first points beyond what is shown, where the curve goes on for ever.
CurvePiece pieceOf(const FieldBranch& branch, AxisRange shown) {
  const auto inside = [&](std::size_t i) {
    const double field = branch.points[i].field;
    return field >= shown.lower && field <= shown.upper;
  };
  CurvePiece out;
  const std::size_t count = branch.points.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!inside(i) && !(i > 0 && inside(i - 1)) && !(i + 1 < count && inside(i + 1))) continue;
    out.x.push_back(branch.points[i].field);
    out.y.push_back(branch.points[i].along);
  }
  return out;
}

/// Around all fields at which something happens, and the one that is marked.
AxisRange fieldsShown(const Hysteresis& found, double marked) {
  constexpr double kBeyond = 1.6;
  double most = 0;
  for (const FieldLimit& each : found.curve.limits)
    if (each.spinodal) most = std::max(most, std::abs(each.at.field));
  const double automatic = found.curve.branches.back().points.back().field;
  if (!(most > 0)) most = std::abs(automatic) / kBeyond;
  most = std::max(kBeyond * most, 1.1 * std::abs(marked));
  return {-most, most};
}

}  // namespace

HysteresisView::HysteresisView(Session& session, QWidget* parent)
    : View(session, "hysteresis", parent), m_plot(addPlot(tr("Order parameter in a field"))) {
  options().addChoice("direction", {{"automatic", tr("Widest")}},
                      {tr("Direction"), tr("Along which direction e the field h acts: that in "
                                           "which the data spread most, or a coordinate. The "
                                           "vertical line is the field whose solutions are "
                                           "marked, the lowest of all even where it is not on the "
                                           "curve.")});
  addItems();
  connect(&session, &Session::problemChanged, this, &HysteresisView::showOptions);
  connect(&session, &Session::frameChanged, this, &HysteresisView::showCurve);
  connect(&session, &Session::documentOpened, this, &HysteresisView::demandsChanged);
  connect(m_plot, &Plot::lineDragged, this, [this](LineId, double h) { setField(h); });
}

void HysteresisView::addItems() {
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("field h")});
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
  CurveStyle maxwell;
  maxwell.colour = ColourRole::critical;
  maxwell.dash = LineDash::dotted;
  maxwell.name = tr("equal F");
  m_maxwell = m_plot->addCurve(maxwell);
  MarkerStyle spinodals;
  spinodals.shape = MarkerShape::diamond;
  spinodals.colour = ColourRole::critical;
  spinodals.size = 11;
  spinodals.name = tr("spinodal");
  m_spinodals = m_plot->addMarkers(spinodals);
  MarkerStyle now;
  now.size = 9;
  m_stableNow = m_plot->addMarkers(now);
  now.shape = MarkerShape::circle;
  now.colour = ColourRole::unstable;
  m_unstableNow = m_plot->addMarkers(now);
  VerticalLineStyle line;
  line.colour = ColourRole::handle;
  line.draggable = true;
  m_field = m_plot->addVerticalLine(line);
  m_plot->setLegendVisible(true);
}

double HysteresisView::field() const {
  return externalField(session(), objectName().toStdString());
}

void HysteresisView::setField(double field) {
  setExternalField(session(), objectName().toStdString(), field);
  m_plot->setLine(m_field, field);
  demandsChanged();
}

std::vector<Demand> HysteresisView::demands() const {
  const double h = field();
  Demand out{"hysteresis", Pace::frame};
  out.request = {{"fields", {{h, h, 1}}}};
  const QString direction = options().choice("direction");
  const auto d = static_cast<std::size_t>(session().problem()->target().dimension());
  const auto axis = static_cast<std::size_t>(direction.toInt());
  if (direction != "automatic" && axis < d) {
    std::vector<double> e(d, 0);
    e[axis] = 1;
    out.request["direction"] = e;
  }
  return {out};
}

void HysteresisView::showOptions() {
  const Index d = session().problem()->target().dimension();
  std::vector<ViewOptions::Item> directions{{"automatic", tr("Widest")}};
  if (d > 1)
    for (const ViewOptions::Item& each : coordinateItems(d)) directions.push_back(each);
  options().setItems("direction", std::move(directions));
  m_plot->setAxis(PlotAxis::left, {.title = d == 1 ? "m" : "e · m"});
}

void HysteresisView::showCurve() {
  const auto found = session().result<Hysteresis>("hysteresis");
  m_plot->setMessage(found ? QString() : session().problemOf("hysteresis"));
  std::vector<CurvePiece> stable, unstable, maxwell;
  if (found) {
    const AxisRange shown = fieldsShown(*found, field());
    m_plot->setRange(PlotAxis::bottom, shown);
    for (const FieldBranch& branch : found->curve.branches)
      (branch.stable ? stable : unstable).push_back(pieceOf(branch, shown));
    for (const FieldCoexistence& each : found->curve.coexistence)
      maxwell.push_back({{each.field, each.field}, {each.low.along, each.high.along}});
  }
  m_plot->setCurves(m_stable, stable);
  m_plot->setCurves(m_unstable, unstable);
  m_plot->setCurves(m_maxwell, maxwell);
  m_plot->setLine(m_field, field());
  m_plot->setNote(found ? timeText(*session().problem(), found->s) : QString());
  showMarkers(found.get());
  announceSummary();
}

void HysteresisView::showMarkers(const Hysteresis* found) {
  std::vector<PlotMarker> spinodals, stable, unstable;
  if (found != nullptr) {
    for (const FieldLimit& each : found->curve.limits)
      if (each.spinodal)
        spinodals.push_back(
            {{each.at.field, each.at.along}, QString("h = %1").arg(each.at.field, 0, 'f', 4)});
    for (const Hysteresis::Row& row : found->rows)
      (row.solution.stable() ? stable : unstable)
          .push_back({{row.solution.field, row.solution.along}, {}});
  }
  m_plot->setMarkers(m_spinodals, spinodals);
  m_plot->setMarkers(m_stableNow, stable);
  m_plot->setMarkers(m_unstableNow, unstable);
}

QString HysteresisView::summary() const {
  const auto found = session().result<Hysteresis>("hysteresis");
  if (!found) return tr("No solutions in a field to show.");
  QStringList spinodals, solutions;
  for (const FieldLimit& each : found->curve.limits)
    if (each.spinodal) spinodals << QString::number(each.at.field, 'g', 4);
  for (const Hysteresis::Row& row : found->rows)
    solutions << tr("%1 %2").arg(
        QString::number(row.solution.along, 'g', 3),
        !row.solution.stable() ? tr("unstable") : (row.lowest ? tr("stable") : tr("metastable")));
  return tr("In a field of %1: m = %2; %3.")
      .arg(field(), 0, 'g', 3)
      .arg(solutions.join(", "))
      .arg(spinodals.isEmpty() ? tr("no hysteresis")
                               : tr("spinodals at h = %1").arg(spinodals.join(", ")));
}

}  // namespace separatrix
