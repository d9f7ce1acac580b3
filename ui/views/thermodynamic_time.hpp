#pragma once

#include "ui/plots/plot.hpp"
#include "ui/session/session.hpp"

#include <functional>

namespace separatrix {

/// Free energies, order parameter and susceptibility over time, with x̂ at the probe or, without
/// one, at the origin; one result for all views that draw some of it.
Demand thermodynamicsDemand(const Session& session);
/// "x/a = 0" or "x/a = (0.3, 1)".
QString placeText(const Vec& xHat);

/// t_c, where the free energy loses its symmetric minimum; NaN while unknown or where there is
/// none.
double criticalTime(const Session& session);

/// The diffusion times that diagrams show: to some four t_c, or the horizon.
AxisRange timesShown(const Session& session);

/// Somewhat beyond all data in every coordinate: |x̂| ≤ reach(problem).
double reach(const Problem& problem);

/// What the diagrams over time have in common: the current time, to be dragged, and t_c. Wants the
/// result "critical-times".
class TimeLines : public QObject {
  Q_OBJECT

public:
  using Map = std::function<double(double)>;

  TimeLines(Session& session, Plot& plot);

  /// The axis is another one than s; null: s.
  void setAxis(Map fromTime, Map toTime);
  /// To be called where the axis or the problem has changed.
  void refresh();

private:
  Session& m_session;
  Plot& m_plot;
  Map m_fromTime, m_toTime;
  LineId m_critical, m_time;
};

}  // namespace separatrix
