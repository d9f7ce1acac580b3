#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// How two runs from one x part: φ, whether they end in the same class, and φ_C, whether on the
/// same data point, from the exact weights of the points [B Fig 5]; of several classes each pair.
class CollapseView final : public View {
  Q_OBJECT

public:
  explicit CollapseView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "collapse"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();

  Plot* m_plot;
  CurveId m_class, m_point, m_pairs, m_bars;
};

}  // namespace separatrix
