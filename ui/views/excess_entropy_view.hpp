#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// f(t)/α, how much entropy p(x, t) has to lose until its data points are apart: sampled with error
/// bars beside the exact curve and the leading order, for the scene and, of two Gaussians, for
/// other dimensions [B Fig 3].
class ExcessEntropyView final : public View {
  Q_OBJECT

public:
  explicit ExcessEntropyView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "excess-entropy"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();

  Plot* m_plot;
  CurveId m_exact, m_leading;
  SampledPoints m_sampled;
  std::vector<CurveId> m_others;  // one for each of kShownDimensions
};

}  // namespace separatrix
