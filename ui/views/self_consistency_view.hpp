#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The graphical solution for fixed points at the current time: where a line and a curve cross, U
/// is stationary [RA Fig 3a, A Eqs 20, 27].
class SelfConsistencyView final : public View {
  Q_OBJECT

public:
  explicit SelfConsistencyView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "self-consistency"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void offerDirections();
  void showSides();

  Plot* m_plot;
  CurveId m_line, m_curve;
  MarkersId m_stable, m_unstable;
  std::size_t m_crossings = 0;
};

}  // namespace separatrix
