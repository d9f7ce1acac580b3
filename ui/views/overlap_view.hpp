#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// V(q, t), the potential of the overlap with the mean of two Gaussians [B Eq 8], as a map over
/// time with the trajectories on it.
class OverlapView final : public View {
  Q_OBJECT

public:
  explicit OverlapView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "overlap"; }
  QString summary() const override;

private:
  void showMap();
  void showPaths();

  Plot* m_plot;
  MapId m_map;
  CurveId m_wells;
  PathsId m_paths;
};

}  // namespace separatrix
