#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// ψ₊ and ψ₋, the free energies of the data points of both classes of two Gaussians, dashed where
/// they are frozen, and −½ of the one point: where it wins, trajectories collapse [B App C].
class CondensationView final : public View {
  Q_OBJECT

public:
  explicit CondensationView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "condensation"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();

  Plot* m_plot;
  CurveId m_own, m_ownFrozen, m_other, m_otherFrozen, m_point;
};

}  // namespace separatrix
