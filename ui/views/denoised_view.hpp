#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// Images along the slice between the two chosen data points at the current time: the states, and
/// the data that the scene's score and the exact one predict from them.
class DenoisedView final : public View {
  Q_OBJECT

public:
  explicit DenoisedView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "denoised"; }
  QString summary() const override;

private:
  void showImages();

  Plot* m_plot;
  MapId m_images{};
  MarkersId m_rows{};
};

/// The first images of the data, of which two are chosen by clicks: each replaces the one that was
/// chosen longer ago.
class PairView final : public View {
  Q_OBJECT

public:
  explicit PairView(Session& session, QWidget* parent = nullptr);

  /// The slice between them, which File ▸ Export data writes.
  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "slice"; }
  QString summary() const override;

private:
  void showImages();
  void showChoice();
  void choose(QPointF place);

  Plot* m_plot;
  MapId m_images{};
  MarkersId m_names{};
  std::array<CurveId, 2> m_frames{};
};

}  // namespace separatrix
