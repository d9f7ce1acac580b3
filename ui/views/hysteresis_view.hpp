#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

class Hysteresis;

/// The order parameter in an external field at the current time: stable and metastable branches
/// solid, unstable ones dashed, with the spinodals and the Maxwell field. A line marks one field,
/// whose solutions are shown; it can be dragged.
class HysteresisView final : public View {
  Q_OBJECT

public:
  explicit HysteresisView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "hysteresis"; }
  QString summary() const override;

private:
  /// The field that the line marks; kept in the document.
  double field() const;
  void setField(double field);
  void addItems();
  void showOptions();
  void showCurve();
  void showMarkers(const Hysteresis* found);

  Plot* m_plot;
  CurveId m_stable{}, m_unstable{}, m_maxwell{};
  MarkersId m_spinodals{}, m_stableNow{}, m_unstableNow{};
  LineId m_field{};
};

}  // namespace separatrix
