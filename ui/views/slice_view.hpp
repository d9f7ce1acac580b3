#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The potential along the slice between the two chosen data points at the current time, by the
/// scene's score, which may be a model's, and by the exact one of its data [RA §4.2, Fig 1b]; or
/// the means over pairs of one class and of two [RA supplement B.2].
class SliceView final : public View {
  Q_OBJECT

public:
  explicit SliceView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override;
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  bool showsMeans() const;
  void showCurves();
  void showPair(const Problem& problem);
  void showMeans(const Problem& problem);

  Plot* m_plot;
  CurveId m_scene{}, m_exact{}, m_ofSame{}, m_ofDifferent{};
  MarkersId m_minima{};
  int m_wells = 0;
};

/// The same over all times: α to the right, noise above and data below, in which the valley parts.
/// At each time what is over the least value there, in units of the range between the two states.
class SliceMapView final : public View {
  Q_OBJECT

public:
  explicit SliceMapView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override;
  QString summary() const override;

private:
  void showMap();

  Plot* m_plot;
  MapId m_map{};
  MarkersId m_minima{};
  LineId m_time{};
};

}  // namespace separatrix
