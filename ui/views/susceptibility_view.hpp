#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The largest susceptibility χ = ∂m/∂h against time, and the matrix of it at the current time
/// [A Eq 22].
class SusceptibilityView final : public View {
  Q_OBJECT

public:
  explicit SusceptibilityView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "thermodynamics"; }
  QString summary() const override;

private:
  bool hasMatrix() const;
  void showPages();
  void showCurve();
  void showMatrix();

  Plot* m_plot;
  Plot* m_matrix;
  CurveId m_curve{};
  MapId m_map{};
};

}  // namespace separatrix
