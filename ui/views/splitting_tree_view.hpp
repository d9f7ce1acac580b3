#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// Which component's well parts from which, and when: the tree of symmetry breaking, noise at the
/// left, the components at the right in the colours of destinations.
class SplittingTreeView final : public View {
  Q_OBJECT

public:
  explicit SplittingTreeView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override { return {{"splitting-tree"}}; }
  std::string dataAnalysis() const override { return "splitting-tree"; }
  QString summary() const override;

private:
  static constexpr std::size_t kColours = 7;

  void showTree();

  Plot* m_plot;
  std::array<CurveId, kColours> m_lines;
  std::array<MarkersId, kColours> m_leaves;
  MarkersId m_partings;
  LineId m_time;
};

}  // namespace separatrix
