#pragma once

#include "core/study/fixed_points.hpp"
#include "core/study/potential_map.hpp"
#include "ui/plots/plot.hpp"
#include "ui/session/point_editing.hpp"

#include <QObject>

#include <array>

namespace separatrix {

class FateProbe;
class ViewOptions;

/// The landscape of data of two dimensions, or of a plane through the space of data that have more:
/// potential, density or fates as a map, the drift as arrows, the particles of the moment, and the
/// fixed points with the directions in which the potential falls away from them [A Fig 3]; what is
/// off the plane is projected on it. Data points of two dimensions can be dragged.
class LandscapePlane final : public QObject {
  Q_OBJECT

public:
  LandscapePlane(Session& session, Plot* plot, ViewOptions& options);

  std::vector<Demand> demands() const;
  /// Offers what there is to choose for the problem; nothing for one-dimensional data.
  void showOptions();
  /// The trajectories it draws.
  Demand particles() const;
  void showFrame();
  void showParticles();
  void showHandles();
  QString summary() const;

signals:
  /// demands() gives something else: the map is computed over what is seen of the plane.
  void demandsChanged();

private:
  void addItems();
  void connectPlot();
  bool isWhole() const;
  Json request(Index count) const;
  std::optional<Vec> placeAt(QPointF at) const;
  std::optional<QPointF> pointOf(const Vec& x) const;
  void lookAround();
  Json seenRange(Index count) const;
  std::vector<double> levelsIn(const AxisRange& range) const;
  void showExtent();
  void showMap();
  void showBasins(bool wanted);
  void showArrows();
  void showFixedPoints();
  void showFate();

  Session& m_session;
  PointEditing m_points;
  Plot* m_plot;
  ViewOptions& m_options;
  std::vector<GridAxis> m_extent;    // of the whole landscape; empty until known
  std::array<AxisRange, 2> m_asked;  // of the plane: somewhat more than is seen
  MapId m_map, m_basins;
  CurveId m_directions;
  std::array<CurveId, 7> m_fatePaths;
  bool m_showsFate = false;
  MarkersId m_stable, m_unstable;
  ParticlesId m_particles;
  FateProbe* m_probe;
};

}  // namespace separatrix
