#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

class Trajectories;

/// Two samplers on one Brownian path: a few pairs of trajectories, the scene's sampler solid and
/// the other dashed, and how far the ends of the whole ensemble are apart against the number of
/// steps. With the probability flow as the other: the ODE beside the SDE.
class TwinsView final : public View {
  Q_OBJECT

public:
  explicit TwinsView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "twins"; }
  QString summary() const override;

private:
  static constexpr std::size_t kPairs = 7;

  void addPaths();
  void addDifferences();
  std::string ownSampler() const;
  void showPaths();
  void showDifferences();

  Plot* m_paths;
  Plot* m_differences;
  std::array<CurveId, kPairs> m_own, m_other;
  LineId m_time;
  CurveId m_rootMeanSquare, m_largest, m_slope;
};

}  // namespace separatrix
