#pragma once

#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/point_editing.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The potential and the density at the current time, the fixed points on the curve, and the
/// particles of the moment riding on it. Data points sit on the lower edge and can be dragged.
class LandscapeView final : public View {
  Q_OBJECT

public:
  explicit LandscapeView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "potential"; }
  QString summary() const override;

private:
  void connectSession();
  void connectHandles();
  void showFrame();
  void showParticles();
  void showHandles();
  void fitVertically(const PotentialMap& map, const FixedPoints* fixedPoints);

  PointEditing m_points;
  Plot* m_plot;
  CurveId m_density, m_potential;
  MarkersId m_stable, m_unstable;
  ParticlesId m_particles;
};

}  // namespace separatrix
