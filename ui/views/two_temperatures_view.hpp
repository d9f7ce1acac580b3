#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

namespace separatrix {

/// The order of diffused spins over the two temperatures they have, with the critical line between
/// one minimum of F̃ and several, and a handle at the scene's own, which moves with time: dragged,
/// it sets temperature and time [A §5].
class TwoTemperaturesView final : public View {
  Q_OBJECT

public:
  explicit TwoTemperaturesView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "two-temperatures"; }
  QString summary() const override;

private:
  void showMap();
  void showPlace();
  void moveTo(QPointF place);

  Plot* m_plot;
  MapId m_map{};
  CurveId m_line{};
};

}  // namespace separatrix
