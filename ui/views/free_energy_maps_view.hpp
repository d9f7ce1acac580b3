#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// The regularised free energy F̃ at four times around the critical one: −F̃ as maps for data in the
/// plane [A Fig 3] or on the principal plane of more dimensions, F̃ as curves for data on a line.
/// Relative to F̃ at the origin, over x/a.
class FreeEnergyMapsView final : public View {
  Q_OBJECT

public:
  static constexpr std::size_t kTimes = 4;

  explicit FreeEnergyMapsView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override;
  QString summary() const override;

private:
  std::array<double, kTimes> times() const;
  bool isPlane() const;
  void addItems();
  void showPages();
  void showTime(std::size_t i);
  void showCurve(std::size_t i);
  void showMap(std::size_t i);

  std::array<Plot*, kTimes> m_plots{};  // of data on a line only the first is seen
  std::array<MapId, kTimes> m_maps{};
  std::array<CurveId, kTimes> m_curves{};
};

}  // namespace separatrix
