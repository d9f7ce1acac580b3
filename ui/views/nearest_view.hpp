#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// Which data point is nearest to some trajectories over time: the last change of each is where it
/// collapses [B §5].
class NearestView final : public View {
  Q_OBJECT

public:
  explicit NearestView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "neighbours"; }
  QString summary() const override;

private:
  static constexpr std::size_t kMostPaths = 6;
  void showPaths();

  Plot* m_plot;
  RegimeAxis* m_axis;
  std::array<CurveId, kMostPaths> m_paths{};
  MarkersId m_ends{};
};

}  // namespace separatrix
