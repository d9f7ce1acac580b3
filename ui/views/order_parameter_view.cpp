#include "ui/views/order_parameter_view.hpp"

#include "core/processes/time_axis.hpp"
#include "core/study/drift_field.hpp"
#include "core/study/thermodynamics.hpp"
#include "core/thermodynamics/free_energy.hpp"
#include "ui/session/data_points.hpp"
#include "ui/views/branch_pieces.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

const char* const kBranches = "free-energy-branches";
const char* const kField = "free-energy-field";
constexpr Index kRows = 33;  // of arrows, over a range that is wide where the signal is weak
constexpr double kShownBetas = 100;  // of β_c, or of the least β

}  // namespace

OrderParameterView::OrderParameterView(Session& session, QWidget* parent)
    : View(session, "order-parameter", parent), m_plot(addPlot(tr("Order parameter"))) {
  options().addChoice(
      "quantity", {{"norm", "|m|"}},
      {tr("Quantity"), tr("What is drawn of each solution m of m = ⟨y⟩(m): its length, or m itself "
                          "where the data are on a line.")});
  options().addChoice("against", {{"s", "s"}, {"beta", "β"}},
                      {tr("Against"), tr("The horizontal axis: diffusion time s, or the inverse "
                                         "temperature β = a²/b².")});
  addCurves();
  m_lines = new TimeLines(session, *m_plot);
  connect(&session, &Session::problemChanged, this, &OrderParameterView::showOptions);
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showAll();
  });
  onResult(kBranches, [this] { showBranches(); });
  onResult(kField, [this] { showField(); });
  onResult("thermodynamics", [this] { showLowest(); });
  onResult("critical-times", [this] { showAxes(); });
}

void OrderParameterView::addCurves() {
  CurveStyle lowest;
  lowest.colour = ColourRole::series3;
  lowest.width = 4;
  lowest.name = tr("lowest F̃");
  m_lowest = m_plot->addCurve(lowest);
  CurveStyle stable;
  stable.colour = ColourRole::stable;
  stable.name = tr("stable");
  m_stable = m_plot->addCurve(stable);
  stable.colour = ColourRole::unstable;
  stable.dash = LineDash::dashed;
  stable.name = tr("unstable");
  m_unstable = m_plot->addCurve(stable);
  m_plot->setLegendVisible(true);
}

std::vector<Demand> OrderParameterView::demands() const {
  const std::vector<std::string> freeEnergy{"potential=free-energy"};
  Demand branches{"bifurcation"};
  branches.overrides = freeEnergy;
  branches.name = kBranches;
  std::vector<Demand> out{thermodynamicsDemand(session()), criticalTimesDemand(session()),
                          branches};
  if (session().problem()->target().dimension() == 1) {
    Demand field{"drift-field"};
    const double end = reach(*session().problem());
    field.request = {{"range", {{-end, end, kRows}}}};
    field.overrides = freeEnergy;
    field.name = kField;
    out.push_back(field);
  }
  return out;
}

bool OrderParameterView::isSigned() const {
  return options().choice("quantity") == "m";
}

double OrderParameterView::abscissa(double s) const {
  return options().choice("against") == "s"
             ? s
             : inverseTemperature(session().problem()->process().channel(s));
}

void OrderParameterView::showOptions() {
  std::vector<ViewOptions::Item> quantities{{"norm", "|m|"}};
  if (session().problem()->target().dimension() == 1)
    quantities.insert(quantities.begin(), {"m", "m"});
  options().setItems("quantity", std::move(quantities));
  showAll();
}

void OrderParameterView::showAll() {
  showAxes();
  showBranches();
  showLowest();
  showField();
}

void OrderParameterView::showAxes() {
  const double horizon = session().problem()->process().horizon();
  m_plot->setAxis(PlotAxis::left, {.title = isSigned() ? "m" : "|m|"});
  // Arrows are in fits, and far out where the signal is weak.
  const double end = reach(*session().problem());
  if (isSigned())
    m_plot->setRange(PlotAxis::left, {-end, end});
  else
    m_plot->clearRange(PlotAxis::left);
  if (options().choice("against") == "s") {
    m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
    m_plot->setRange(PlotAxis::bottom, timesShown(session()));
    m_lines->setAxis({}, {});
  } else {
    m_plot->setAxis(PlotAxis::bottom, {.title = "β = a^2/b^2", .scale = AxisScale::logarithmic});
    const double critical = criticalTime(session());
    const double least = abscissa(horizon);
    const double most = kShownBetas * (std::isfinite(critical) ? abscissa(critical) : least);
    const double shown = std::max(least, most / (kShownBetas * kShownBetas * kShownBetas));
    m_plot->setRange(PlotAxis::bottom, {shown, std::max(most, 2 * shown)});
    m_lines->setAxis([this](double s) { return abscissa(s); },
                     [this](double beta) {
                       const ForwardProcess& now = session().problem()->process();
                       return timeWhere([this](double s) { return abscissa(s); }, beta,
                                        shortestTime(now), now.horizon());
                     });
  }
  m_lines->refresh();
}

void OrderParameterView::showBranches() {
  const auto branches = session().result<Bifurcation>(kBranches);
  const auto value = [this](const FixedPoint& point) {
    const double signal = session().problem()->process().signal(point.s);
    return (isSigned() ? point.x[0] : point.x.norm()) / signal;
  };
  const BranchPieces pieces =
      branches ? branchPieces(
                     branches->diagram,
                     [this](const FixedPoint& point) { return abscissa(point.s); }, value)
               : BranchPieces();
  m_plot->setCurves(m_stable, pieces.stable);
  m_plot->setCurves(m_unstable, pieces.unstable);
  m_plot->setNote(branches ? QString() : session().problemOf(kBranches));
  announceSummary();
}

void OrderParameterView::showLowest() {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  m_plot->setMessage(found ? QString() : session().problemOf("thermodynamics"));
  std::vector<double> at, m;
  if (found)
    for (const Thermodynamics::State& state : found->states) {
      at.push_back(abscissa(state.s));
      m.push_back(isSigned() ? state.solution.m[0] : state.solution.m.norm());
    }
  m_plot->setCurve(m_lowest, at, m);
  m_plot->setCurveVisible(m_lowest, !isSigned());
  announceSummary();
}

void OrderParameterView::showField() {
  const auto field = session().result<DriftField>(kField);
  std::vector<FieldArrow> arrows;
  const double end = reach(*session().problem());
  if (field && isSigned())
    for (std::size_t t = 0; t < field->times.size(); ++t)
      for (std::size_t i = 0; i < field->positions.size(); ++i) {
        const double m = field->positions[i] / field->signalValues[t];
        if (std::abs(m) <= end)
          arrows.push_back({abscissa(field->times[t]), m, 0,
                            field->drift(static_cast<Index>(i), static_cast<Index>(t))});
      }
  m_plot->setField(arrows);
}

QString OrderParameterView::summary() const {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  if (!found || found->states.empty()) return tr("No order parameter to show.");
  const double critical = criticalTime(session());
  const auto length = [](const Thermodynamics::State& state) { return state.solution.m.norm(); };
  return tr("|m| of lowest free energy goes from %1 at s = %2 to %3 at s = %4; %5.")
      .arg(length(found->states.back()), 0, 'g', 3)
      .arg(found->states.back().s, 0, 'g', 3)
      .arg(length(found->states.front()), 0, 'g', 3)
      .arg(found->states.front().s, 0, 'g', 3)
      .arg(std::isfinite(critical) ? tr("critical at s = %1").arg(critical, 0, 'g', 5)
                                   : tr("no critical time"));
}

}  // namespace separatrix
