#include "ui/views/branch_pieces.hpp"

namespace separatrix {

BranchPieces branchPieces(const BifurcationDiagram& diagram,
                          const std::function<double(const FixedPoint&)>& abscissa) {
  BranchPieces out;
  for (const Branch& branch : diagram.branches) {
    std::vector<CurvePiece>* kind = nullptr;
    for (std::size_t i = 0; i < branch.points.size(); ++i) {
      const FixedPoint& point = branch.points[i];
      // An event, where the eigenvalue is zero, ends one piece and begins the next.
      const bool event = point.minEigenvalue == 0;
      std::vector<CurvePiece>* next = point.stable() ? &out.stable : &out.unstable;
      if (!event && next != kind) {
        kind = next;
        kind->emplace_back();
        if (i > 0) {
          kind->back().x.push_back(abscissa(branch.points[i - 1]));
          kind->back().y.push_back(branch.points[i - 1].x[0]);
        }
      }
      if (kind == nullptr) continue;
      kind->back().x.push_back(abscissa(point));
      kind->back().y.push_back(point.x[0]);
    }
  }
  return out;
}

}  // namespace separatrix
