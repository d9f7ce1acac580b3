#pragma once

#include "core/processes/time_axis.hpp"
#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// Eigenvalues along a branch as curves, cut where they are zero.
struct Spectrum {
  std::vector<CurvePiece> positive, negative;
  std::vector<PlotMarker> crossings;
  double least = 0, greatest = 0;
};

/// The eigenvalues of Hess U along one branch of fixed points, against θ (or s): where one of them
/// crosses zero the branch loses or gains stability. Each is shown as a share of the curvature
/// A/b² + B that a single data point would give U at that time. The raw values grow as 1/b² towards
/// the data, over decades; their shares are at most 1, reach 1 where a well holds one point alone,
/// and are zero where the raw ones are.
class SpectrumView final : public View {
  Q_OBJECT

public:
  explicit SpectrumView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "bifurcation"; }
  QString summary() const override;

private:
  void showOptions();
  void showSpectrum();
  void showTime();
  void dragTime(double abscissa);
  TimeAxis axis() const;
  Spectrum spectrum() const;

  Plot* m_plot;
  CurveId m_zero, m_positive, m_negative;
  LineId m_time;
  MarkersId m_crossings;
};

}  // namespace separatrix
