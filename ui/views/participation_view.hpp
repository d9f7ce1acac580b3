#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// The participation ratio Y of the data at one x/a against time, beside the random energy model:
/// as M → ∞, and measured for 2^M points [A Eqs 34–39].
class ParticipationView final : public View {
  Q_OBJECT

public:
  explicit ParticipationView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "participation"; }
  QString summary() const override;

private:
  static constexpr std::array<int, 3> kLevels = {10, 14, 18};
  /// So many that the curves are smooth, and take some seconds.
  static constexpr std::array<int, 3> kRealizations = {2000, 800, 120};

  AxisRange timesShown() const;
  void showData();
  void showModel(std::size_t i);

  Plot* m_plot;
  CurveId m_limit{}, m_data{};
  std::array<CurveId, kLevels.size()> m_models{};
  LineId m_critical{}, m_time{};
};

}  // namespace separatrix
