#include "ui/views/thermodynamic_time.hpp"

#include "core/study/critical_times.hpp"
#include "core/study/thermodynamics.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr Index kSpelledOut = 4;  // coordinates

VerticalLineStyle criticalStyle(const QString& label) {
  VerticalLineStyle out;
  out.colour = ColourRole::critical;
  out.dash = LineDash::dashDotted;
  out.width = 1.2;
  out.label = label;
  return out;
}

}  // namespace

Demand thermodynamicsDemand(const Session& session) {
  // A time costs nothing in few dimensions, and seconds in a thousand.
  constexpr Index kFewDimensions = 16, kManyDimensions = 256;
  constexpr Index kManyTimes = 240, kTimes = 80, kFewTimes = 24;
  Demand out{"thermodynamics"};
  const Index d = session.problem()->target().dimension();
  const Index count =
      d <= kFewDimensions ? kManyTimes : (d <= kManyDimensions ? kTimes : kFewTimes);
  const double horizon = session.problem()->process().horizon();
  out.request["times"] = {{horizon / static_cast<double>(count), horizon, count}};
  const auto& probe = session.probe();
  if (!probe || probe->size() != session.problem()->target().dimension()) return out;
  Json at = Json::array();
  for (const double coordinate : *probe) at.push_back(coordinate);
  out.request["at"] = at;
  return out;
}

QString placeText(const Vec& xHat) {
  if (xHat.isZero(0)) return "x/a = 0";
  constexpr double kRounding = 1e-12;
  const double nothing = kRounding * xHat.cwiseAbs().maxCoeff();
  QStringList coordinates;
  for (Index i = 0; i < std::min(xHat.size(), kSpelledOut); ++i)
    coordinates << QString::number(std::abs(xHat[i]) < nothing ? 0 : xHat[i], 'g', 3);
  if (xHat.size() > kSpelledOut) coordinates << "…";
  const QString joined = coordinates.join(", ");
  return "x/a = " + (xHat.size() == 1 ? joined : "(" + joined + ")");
}

double criticalTime(const Session& session) {
  const auto found = session.result<CriticalTimes>("critical-times");
  if (found)
    for (const CriticalTime& each : found->times)
      if (each.id == "free_energy") return each.s;
  return std::nan("");
}

AxisRange timesShown(const Session& session) {
  constexpr double kCriticalTimes = 4;
  const double horizon = session.problem()->process().horizon();
  const double critical = criticalTime(session);
  return {0, critical > 0 ? std::min(horizon, kCriticalTimes * critical) : horizon};
}

double reach(const Problem& problem) {
  constexpr double kBeyond = 1.5;
  const Target& target = problem.target();
  double out = target.mean().cwiseAbs().maxCoeff() + std::sqrt(target.largestVariance());
  if (const Components* parts = target.components())
    out = std::max(out, parts->means.cwiseAbs().maxCoeff());
  return out > 0 ? kBeyond * out : 1;
}

TimeLines::TimeLines(Session& session, Plot& plot)
    : QObject(&plot),
      m_session(session),
      m_plot(plot),
      m_critical(plot.addVerticalLine(criticalStyle({}))),
      m_time(plot.addVerticalLine({.draggable = true})) {
  setAxis({}, {});
  connect(&session, &Session::timeChanged, this, &TimeLines::refresh);
  connect(&session, &Session::problemChanged, this, &TimeLines::refresh);
  connect(&session, &Session::resultChanged, this, [this](const std::string& key) {
    if (key == "critical-times") refresh();
  });
  connect(&plot, &Plot::lineDragged, this, [this](LineId line, double at) {
    if (line == m_time) m_session.setTime(m_toTime(at));
  });
}

void TimeLines::setAxis(Map fromTime, Map toTime) {
  const auto same = [](double s) { return s; };
  m_fromTime = fromTime ? std::move(fromTime) : same;
  m_toTime = toTime ? std::move(toTime) : same;
}

void TimeLines::refresh() {
  if (!m_session.problem()) return;
  const double critical = criticalTime(m_session);
  m_plot.setLineStyle(
      m_critical,
      criticalStyle(std::isfinite(critical) ? QString("t_c = %1").arg(critical, 0, 'f', 4) : ""));
  m_plot.setLine(m_critical, std::isfinite(critical) ? m_fromTime(critical) : critical);
  m_plot.setLine(m_time, m_fromTime(m_session.time()));
}

}  // namespace separatrix
