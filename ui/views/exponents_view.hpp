#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// Order parameter, susceptibility or field near the critical point in doubly logarithmic axes: the
/// points, a line of the fitted exponent, and one of the mean-field exponent, dashed [A §6].
class ExponentsView final : public View {
  Q_OBJECT

public:
  explicit ExponentsView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "exponents"; }
  QString summary() const override;

private:
  void showFit();

  Plot* m_plot;
  CurveId m_fit{}, m_secondFit{}, m_meanField{};
  MarkersId m_points{}, m_secondPoints{};
};

}  // namespace separatrix
