#include "ui/views/regime_axis.hpp"

#include "core/study/critical_times.hpp"
#include "core/study/log_time.hpp"
#include "ui/session/data_points.hpp"

#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

RegimeAxis::RegimeAxis(Session& session, Plot& plot)
    : QObject(&plot), m_session(session), m_plot(plot) {
  VerticalLineStyle time;
  time.draggable = true;
  m_time = plot.addVerticalLine(time);
  VerticalLineStyle mark;
  mark.colour = ColourRole::critical;
  mark.dash = LineDash::dotted;
  mark.label = "t_S";
  m_speciation = plot.addVerticalLine(mark);
  mark.label = "t_C";
  m_collapse = plot.addVerticalLine(mark);
  setUnit(1);
  connect(&session, &Session::timeChanged, this, &RegimeAxis::showLines);
  connect(&session, &Session::problemChanged, this, [this] {
    showTitle();
    showLines();
  });
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key == "critical-times") showLines();
  });
  connect(&plot, &Plot::lineDragged, this, [this](LineId, double place) {
    const ForwardProcess& process = m_session.problem()->process();
    m_session.setTime(isLogTime() ? logTimeAxis(process).toTime(place * m_unit) : place);
  });
}

void RegimeAxis::setUnit(double unit) {
  m_unit = unit;
  showTitle();
  showLines();
}

void RegimeAxis::showTitle() {
  const QString logTitle = m_unit == 1 ? "t = −log a" : "t / t_S";
  m_plot.setAxis(PlotAxis::bottom,
                 {.title = isLogTime() ? logTitle : tr("diffusion time s"), .reversed = true});
}

bool RegimeAxis::isLogTime() const {
  const ProblemPtr& problem = m_session.problem();
  return !problem || problem->process().variancePreserving();
}

double RegimeAxis::at(double s) const {
  return isLogTime() ? logTime(m_session.problem()->process(), s) / m_unit : s;
}

void RegimeAxis::showLines() {
  const ProblemPtr& problem = m_session.problem();
  const bool exists = problem != nullptr;
  m_plot.setLine(m_time, exists ? at(m_session.time()) : kNone);
  double speciation = kNone, collapse = kNone;
  const auto found = exists ? m_session.result<CriticalTimes>("critical-times") : nullptr;
  for (std::size_t i = 0; found && i < found->times.size(); ++i) {
    if (found->times[i].id == "speciation") speciation = at(found->times[i].s);
    if (found->times[i].id == "collapse") collapse = at(found->times[i].s);
  }
  m_plot.setLine(m_speciation, speciation);
  m_plot.setLine(m_collapse, collapse);
}

std::vector<CurvePiece> errorBars(const std::vector<double>& x, const std::vector<double>& values,
                                  const std::vector<double>& errors) {
  std::vector<CurvePiece> out;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::isfinite(values[i]))
      out.push_back({{x[i], x[i]}, {values[i] - errors[i], values[i] + errors[i]}});
  return out;
}

std::vector<CurvePiece> finitePieces(const std::vector<double>& x, const std::vector<double>& y) {
  CurvePiece out;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::isfinite(y[i])) {
      out.x.push_back(x[i]);
      out.y.push_back(y[i]);
    }
  return {out};
}

std::vector<PlotMarker> markersAt(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<PlotMarker> out;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (std::isfinite(y[i])) out.push_back({{x[i], y[i]}, {}});
  return out;
}

SampledPoints addSampledPoints(Plot& plot) {
  CurveStyle bars;
  bars.colour = ColourRole::particle;
  bars.width = 1.2;
  MarkerStyle sampled;
  sampled.colour = ColourRole::particle;
  sampled.size = 6;
  sampled.name = QObject::tr("sampled");
  MarkerStyle published;
  published.shape = MarkerShape::cross;
  published.colour = ColourRole::timeLine;
  published.name = QObject::tr("published");
  plot.setLegendVisible(true);
  return {plot.addCurve(bars), plot.addMarkers(sampled), plot.addMarkers(published)};
}

void setPoints(Plot& plot, const SampledPoints& of, const std::vector<double>& x,
               const std::vector<double>& values, const std::vector<double>& errors) {
  plot.setCurves(of.bars, errorBars(x, values, errors));
  plot.setMarkers(of.points, markersAt(x, values));
}

std::vector<CurveId> addOtherDimensions(Plot& plot) {
  std::vector<CurveId> out;
  for (std::size_t i = 0; i < std::size(kShownDimensions); ++i) {
    CurveStyle other;
    other.colour = seriesRole(static_cast<int>(i) + 1);
    other.dash = LineDash::dashed;
    other.width = 1.3;
    other.name = QString("d = %1").arg(kShownDimensions[i]);
    out.push_back(plot.addCurve(other));
  }
  return out;
}

Json pointsRequest(const Session& session) {
  const Components* parts = session.problem()->target().components();
  const bool points = parts != nullptr && parts->variances.isZero(0);
  return points ? Json() : Json(dataPoints(session));
}

bool hasDimension(const Session& session) {
  return session.scene().target.kind == "two-gaussians";
}

Json curveTimes(const Session& session) {
  constexpr int kCount = 100;
  const ForwardProcess& process = session.problem()->process();
  if (!process.variancePreserving()) return {};
  constexpr double kLargest = 12;  // where nothing happens any more in any dimension
  const double last = std::min(kLargest, logTime(process, process.horizon()));
  return Json::array({Json::array({last / kCount, last, kCount})});
}

Demand inDimension(Demand demand, int dimension) {
  demand.name = demand.key() + "-" + std::to_string(dimension);
  demand.overrides.push_back("target.dimension=" + std::to_string(dimension));
  return demand;
}

}  // namespace separatrix
