#pragma once

#include "ui/plots/plot.hpp"
#include "ui/views/view.hpp"

#include <array>

namespace separatrix {

/// Which components part from which, and when: the tree of symmetry breaking, with the noise at the
/// left and one leaf for each component, coloured as destinations are, at the right.
class SplittingTreeView final : public View {
  Q_OBJECT

public:
  explicit SplittingTreeView(Session& session, QWidget* parent = nullptr);

  std::vector<Demand> demands() const override;
  std::string dataAnalysis() const override { return "splitting-tree"; }
  QString summary() const override;

private:
  static constexpr std::size_t kColours = 7;

  void showTree();
  void showTime();

  Plot* m_plot;
  std::array<CurveId, kColours> m_leaves;
  CurveId m_trunk;
  MarkersId m_joins, m_names;
  LineId m_time;
};

}  // namespace separatrix
