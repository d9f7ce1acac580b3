#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The modern Hopfield energy of the components beside F̃ on a line, at the current time: for data
/// on a line over all of it, else from the first component to the last [A Eq 31].
class HopfieldView final : public View {
  Q_OBJECT

public:
  explicit HopfieldView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "hopfield"; }
  QString summary() const override;
  bool canPin() const override { return true; }

private:
  void showCurves();

  Plot* m_plot;
  CurveId m_energy{}, m_freeEnergy{};
};

}  // namespace separatrix
