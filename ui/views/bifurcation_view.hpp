#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

struct TimeAxis;

/// The branches of fixed points, a coordinate or the distance from the origin, against θ, s or
/// log-SNR; stable solid and unstable dashed, over the drift
/// as a field of arrows [RA Fig 3]; events marked, the fixed points of the moment on a line at the
/// current time that can be dragged.
class BifurcationView final : public View {
  Q_OBJECT

public:
  explicit BifurcationView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "bifurcation"; }
  QString summary() const override;
  bool canPin() const override { return true; }

protected:
  QString pinName() const override;

private:
  void showOptions();
  void showAll();
  TimeAxis axis() const;
  double quantity(const Vec& x) const;
  void showAxes();
  void showBranches();
  void showCompared();
  void showEvents();
  void showField();
  void showMoment();
  void showTime();
  void dragTime(double abscissa);

  Plot* m_plot;
  CurveId m_stable, m_unstable;
  CurveId m_comparedStable, m_comparedUnstable;
  MarkersId m_events, m_stableNow, m_unstableNow;
  LineId m_time;
};

}  // namespace separatrix
