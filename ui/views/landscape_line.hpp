#pragma once

#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/point_editing.hpp"

#include <QObject>

namespace separatrix {

class ViewOptions;

/// The landscape of one-dimensional data: the potential and the density at the current time, the
/// fixed points on the curve, and the particles of the moment riding on it. Data points sit on the
/// lower edge and can be dragged.
class LandscapeLine final : public QObject {
  Q_OBJECT

public:
  LandscapeLine(Session& session, Plot* plot, ViewOptions& options);

  std::vector<Demand> demands() const;
  void showOptions();
  void showFrame();
  void showParticles();
  void showHandles();
  QString summary() const;

private:
  void connectHandles();
  void addProbe();
  void showCompared();
  void fitVertically(const PotentialMap& map, const FixedPoints* fixedPoints);

  Session& m_session;
  PointEditing m_points;
  Plot* m_plot;
  ViewOptions& m_options;
  CurveId m_density, m_compared, m_potential;
  MarkersId m_stable, m_unstable;
  ParticlesId m_particles;
};

}  // namespace separatrix
