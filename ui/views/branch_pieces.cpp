#include "ui/views/branch_pieces.hpp"

namespace separatrix {
namespace {

/// A single zero between others, which ends one piece and begins the next; a marginal branch has
/// nothing but zeros.
bool isEvent(const Branch& branch, std::size_t i) {
  const auto zero = [&](std::size_t at) { return branch.points[at].minEigenvalue == 0; };
  const bool zeroBefore = i > 0 && zero(i - 1);
  const bool zeroAfter = i + 1 < branch.points.size() && zero(i + 1);
  return zero(i) && !zeroBefore && !zeroAfter;
}

}  // namespace

BranchPieces branchPieces(const BifurcationDiagram& diagram, const FixedPointValue& abscissa,
                          const FixedPointValue& ordinate) {
  BranchPieces out;
  for (const Branch& branch : diagram.branches) {
    std::vector<CurvePiece>* kind = nullptr;
    for (std::size_t i = 0; i < branch.points.size(); ++i) {
      const FixedPoint& point = branch.points[i];
      const bool event = isEvent(branch, i);
      std::vector<CurvePiece>* next = point.minEigenvalue >= 0 ? &out.stable : &out.unstable;
      if (!event && next != kind) {
        kind = next;
        kind->emplace_back();
        if (i > 0) {
          kind->back().x.push_back(abscissa(branch.points[i - 1]));
          kind->back().y.push_back(ordinate(branch.points[i - 1]));
        }
      }
      if (kind == nullptr) continue;
      kind->back().x.push_back(abscissa(point));
      kind->back().y.push_back(ordinate(point));
    }
  }
  return out;
}

}  // namespace separatrix
