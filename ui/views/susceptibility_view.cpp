#include "ui/views/susceptibility_view.hpp"

#include "core/study/order_parameter.hpp"
#include "core/study/thermodynamics.hpp"
#include "ui/session/data_points.hpp"
#include "ui/views/texts.hpp"
#include "ui/views/view_options.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr Index kMostDrawn = 64;  // dimensions of a matrix whose cells can be told apart

}  // namespace

SusceptibilityView::SusceptibilityView(Session& session, QWidget* parent)
    : View(session, "susceptibility", parent),
      m_plot(addPlot(tr("Susceptibility against time"))),
      m_matrix(addPlot(tr("Susceptibility matrix at the current time"), "matrix")) {
  options().addFlag("matrix", tr("Matrix"), true,
                    {tr("Matrix"), tr("Shows ∂m_i/∂h_j at the current time, for data of 2 to 64 "
                                      "dimensions.")});
  CurveStyle curve;
  curve.name = tr("largest χ");
  m_curve = m_plot->addCurve(curve);
  m_plot->setAxis(PlotAxis::bottom, {.title = tr("diffusion time s"), .reversed = true});
  m_plot->setAxis(PlotAxis::left, {.title = "χ", .scale = AxisScale::logarithmic});
  new TimeLines(session, *m_plot);
  m_matrix->setAxis(PlotAxis::bottom, {.title = "j"});
  m_matrix->setAxis(PlotAxis::left, {.title = "i", .reversed = true});
  MapStyle map;
  map.palette = MapPalette::diverging;
  map.smooth = false;
  map.title = "∂m_i/∂h_j";
  m_map = m_matrix->addMap(map);
  onResult("thermodynamics", [this] { showCurve(); });
  onResult("critical-times", [this] { showCurve(); });
  connect(&session, &Session::problemChanged, this, &SusceptibilityView::showPages);
  connect(&session, &Session::frameChanged, this, &SusceptibilityView::showMatrix);
  connect(&options(), &ViewOptions::changed, this, [this] {
    if (this->session().problem()) showPages();
  });
}

bool SusceptibilityView::hasMatrix() const {
  const Index dimension = session().problem()->target().dimension();
  return dimension > 1 && dimension <= kMostDrawn && options().flag("matrix");
}

std::vector<Demand> SusceptibilityView::demands() const {
  std::vector<Demand> out{thermodynamicsDemand(session()), criticalTimesDemand(session())};
  if (hasMatrix()) out.push_back({"order-parameter", Pace::frame});
  return out;
}

void SusceptibilityView::showPages() {
  const Index dimension = session().problem()->target().dimension();
  options().setOptionVisible("matrix", dimension > 1 && dimension <= kMostDrawn);
  m_matrix->setVisible(hasMatrix());
  showCurve();
  showMatrix();
}

void SusceptibilityView::showCurve() {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  m_plot->setMessage(found ? QString() : session().problemOf("thermodynamics"));
  m_plot->setRange(PlotAxis::bottom, timesShown(session()));
  std::vector<double> s, chi;
  bool infinite = false;
  if (found)
    for (const Thermodynamics::State& state : found->states) {
      s.push_back(state.s);
      chi.push_back(std::isfinite(state.susceptibility) ? state.susceptibility : std::nan(""));
      infinite = infinite || !std::isfinite(state.susceptibility);
    }
  m_plot->setCurve(m_curve, s, chi);
  // Towards the data χ falls over hundreds of decades.
  constexpr double kDecades = 1e-4, kAbove = 3;
  const double most = std::accumulate(chi.begin(), chi.end(), 0.0,
                                      [](double a, double b) { return b > a ? b : a; });
  if (most > 0) m_plot->setRange(PlotAxis::left, {kDecades * most, kAbove * most});
  m_plot->setNote(infinite ? tr("infinite in gaps") : QString());
  announceSummary();
}

void SusceptibilityView::showMatrix() {
  if (!hasMatrix()) return;
  const auto found = session().result<OrderParameter>("order-parameter");
  const bool fits = found && found->solution.m.size() == session().problem()->target().dimension();
  QString message = fits ? QString() : session().problemOf("order-parameter");
  if (fits && !found->susceptibility) message = tr("χ is infinite at this time.");
  m_matrix->setMessage(message);
  m_matrix->setMapVisible(m_map, fits && found->susceptibility);
  m_matrix->setNote(fits ? timeText(*session().problem(), found->s) : QString());
  if (fits && found->susceptibility) {
    const Mat& chi = *found->susceptibility;
    const AxisRange cells{0, static_cast<double>(chi.rows() - 1)};
    const auto side = static_cast<std::size_t>(chi.rows());
    // Of Eigen's columns, one after the other: rows are the next along y.
    m_matrix->setMap(m_map, {cells, cells, side, side},
                     std::span<const double>(chi.data(), side * side));
  }
  announceSummary();
}

QString SusceptibilityView::summary() const {
  const auto found = session().result<Thermodynamics>("thermodynamics");
  if (!found || found->states.empty()) return tr("No susceptibility to show.");
  const auto most = std::max_element(
      found->states.begin(), found->states.end(),
      [](const auto& a, const auto& b) { return a.susceptibility < b.susceptibility; });
  return std::isfinite(most->susceptibility)
             ? tr("The susceptibility is largest, %1, at s = %2.")
                   .arg(most->susceptibility, 0, 'g', 3)
                   .arg(most->s, 0, 'g', 4)
             : tr("The susceptibility is infinite at s = %1.").arg(most->s, 0, 'g', 4);
}

}  // namespace separatrix
