#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The graphical solution of ∇U = 0 along a direction at the current time: a line and the data's
/// mean, which cross where U is stationary along it [RA Fig 3a]; or m beside ⟨y⟩(m + h) in an
/// external field h along it, which the user drags [A Eq 20].
class SelfConsistencyView final : public View {
  Q_OBJECT

public:
  explicit SelfConsistencyView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "self-consistency"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showOptions();
  void showSides();
  bool isMeanField() const;
  /// h along the direction, of the document.
  double field() const;

  Plot* m_plot;
  CurveId m_line, m_curve;
  MarkersId m_stable, m_unstable, m_crossings;
  LineId m_field;
};

}  // namespace separatrix
