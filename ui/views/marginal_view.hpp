#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

class Marginal;

/// The density of one coordinate against diffusion time, noise on the left, and at the current time
/// the exact density beside the histogram of the ensemble.
class MarginalView final : public View {
  Q_OBJECT

public:
  explicit MarginalView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "marginal"; }
  QString summary() const override;

private:
  void addItems();
  void offerCoordinates();
  void showMap();
  void showMoment();

  Plot* m_map;
  Plot* m_moment;
  MapId m_density;
  LineId m_time;
  CurveId m_exact, m_histogram;
};

}  // namespace separatrix
