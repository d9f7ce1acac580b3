#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The eigenvalues of the data covariance by rank, and which of their directions are decided at the
/// current time: those above 1/a² [B Eq 9], a line that the user drags.
class CovarianceView final : public View {
  Q_OBJECT

public:
  explicit CovarianceView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "covariance"; }
  QString summary() const override;

private:
  void showSpectrum();
  void showTime();
  /// How many directions are decided at the current time.
  std::size_t decided() const;

  Plot* m_plot;
  MarkersId m_decided{}, m_open{};
  LineId m_threshold{};
};

}  // namespace separatrix
