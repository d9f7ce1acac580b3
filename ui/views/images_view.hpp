#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

class Neighbours;

/// Some trajectories of images, one in each row: on the way from noise to data, and at the current
/// time beside the data points nearest to it, with their distances [B Fig 11].
class ImagesView final : public View {
  Q_OBJECT

public:
  explicit ImagesView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "neighbours"; }
  QString summary() const override;

private:
  void showImages();
  /// The saved state nearest to the current time.
  std::size_t now(const Neighbours& found) const;

  Plot* m_plot;
  MapId m_images{};
  MarkersId m_distances{};
  bool m_shown = false;
  std::size_t m_now = 0;  // the state that is shown
};

}  // namespace separatrix
