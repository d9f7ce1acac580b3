#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/thermodynamic_time.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

struct FixedPoint;

/// The order parameter against time: all solutions m of m = ⟨y⟩(m), which are the fixed points x*/a
/// of the free energy, and |m| of the one of lowest free energy; for data on a line with the
/// direction in which F̃ falls [A Fig 2a].
class OrderParameterView final : public View {
  Q_OBJECT

public:
  explicit OrderParameterView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "thermodynamics"; }
  QString summary() const override;

private:
  bool isSigned() const;
  double abscissa(double s) const;
  void addCurves();
  void showOptions();
  void showAxes();
  void showBranches();
  void showLowest();
  void showField();
  void showAll();

  Plot* m_plot;
  CurveId m_stable{}, m_unstable{}, m_lowest{};
  TimeLines* m_lines;
};

}  // namespace separatrix
