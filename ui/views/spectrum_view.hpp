#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

struct Branch;

/// The eigenvalues of Hess U along a branch of fixed points, against θ or s: where one crosses zero
/// the branch loses or gains stability [theory §5].
class SpectrumView final : public View {
  Q_OBJECT

public:
  explicit SpectrumView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override { return {{"bifurcation"}}; }
  std::string dataAnalysis() const override { return "bifurcation"; }
  QString summary() const override;
  bool canPin() const override { return true; }

protected:
  QString pinName() const override;

private:
  const Branch* chosenBranch() const;
  void offerBranches();
  void showSpectrum();
  void showEigenvalues(const Branch& branch);
  void showTime();

  Plot* m_plot;
  CurveId m_eigenvalues, m_negative;
  MarkersId m_crossings;
  LineId m_zero, m_time;
};

}  // namespace separatrix
