#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// Free energies, entropies or the participation ratio at x̂ against time, x̂ being the probe or the
/// origin [A Eqs 6–24].
class FreeEnergiesView final : public View {
  Q_OBJECT

public:
  explicit FreeEnergiesView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "thermodynamics"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();
  QString pinName() const override;

  Plot* m_plot;
  CurveId m_curves[3]{};
};

}  // namespace separatrix
