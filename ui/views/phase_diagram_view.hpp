#pragma once

#include "ui/views/regime_axis.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// t_C/t_S of two Gaussians over dimension and log n/d, and where the scene is.
class PhaseDiagramView final : public View {
  Q_OBJECT

public:
  explicit PhaseDiagramView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "phase-diagram"; }
  QString summary() const override;

private:
  void showMap();

  Plot* m_plot;
  MapId m_map;
  MarkersId m_scene;
};

}  // namespace separatrix
