#pragma once

#include "core/fixed_points/well_tree.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// Which components of the data part from which, and when: the tree of symmetry breaking.
class SplittingTree final : public Result {
public:
  WellTree tree;
  std::vector<double> signalValues;  ///< a(s) of every parting

  Table table() const override;
  std::string remark() const override;
};

/// `splitting-tree` {from}
Analysis splittingTreeAnalysis();

}  // namespace separatrix
