#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// Trajectories against diffusion time, noise on the left, with the branches of fixed points over
/// them and a line at the current time that can be dragged.
class TrajectoriesView final : public View {
  Q_OBJECT

public:
  explicit TrajectoriesView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "trajectories"; }
  QString summary() const override;

private:
  Demand demand() const;
  std::string key() const;
  int principalDirection() const;
  Index row() const;
  void showOptions();
  void showTrajectories();
  void showBranches();
  void showRegimes();
  void showFate();

  Plot* m_plot;
  PathsId m_paths;
  std::array<CurveId, 7> m_fatePaths;
  bool m_showsFate = false;
  CurveId m_stable, m_unstable;
  MarkersId m_events;
  LineId m_time;
};

}  // namespace separatrix
