#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// When trajectories of the exact score collapse onto the data points they end on: the spread of
/// t̂_C and its mean, beside the collapse time of theory [B §5, Fig 5].
class MemorisationView final : public View {
  Q_OBJECT

public:
  explicit MemorisationView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "memorisation"; }
  QString summary() const override;

private:
  void showHistogram();

  Plot* m_plot;
  CurveId m_histogram{};
  LineId m_mean{};
};

}  // namespace separatrix
