#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The graphical solution of ∇U = 0 along a direction at the current time: a line and the data's
/// mean, which cross where U is stationary along it [RA Fig 3a].
class SelfConsistencyView final : public View {
  Q_OBJECT

public:
  explicit SelfConsistencyView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "self-consistency"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showOptions();
  void showSides();

  Plot* m_plot;
  CurveId m_line, m_curve;
  MarkersId m_stable, m_unstable, m_crossings;
};

}  // namespace separatrix
