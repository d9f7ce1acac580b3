#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// φ(t), how many pairs of runs from one x end in the same class: sampled with error bars beside
/// the exact curve, for the scene and, of two Gaussians, for other dimensions [B Fig 2].
class CloningView final : public View {
  Q_OBJECT

public:
  explicit CloningView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "cloning"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();

  Plot* m_plot;
  RegimeAxis* m_axis;
  CurveId m_exact;
  SampledPoints m_sampled;
  std::vector<CurveId> m_others;  // one for each of kShownDimensions
};

}  // namespace separatrix
