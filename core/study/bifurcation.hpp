#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The branches of fixed points over time in any dimension, with the events where they meet.
class Bifurcation final : public Result {
public:
  Index dimension = 1;
  BifurcationDiagram diagram;
  std::vector<std::vector<double>> signalValues;  ///< a(s) of every point of every branch

  Table table() const override;
  std::string remark() const override { return coverageRemark(diagram.coverage); }
};

/// The least time shown, in horizons; nothing moves below.
inline constexpr double kShortestShown = 1e-3;

/// More have thousands of branches, which takes longer than anyone would wait.
bool tooManyToFollow(const Target& target);
/// Throws Failure where matrices of the space that the components span would take hours.
void requireSmallSpan(const Problem& problem, const std::string& what);
/// Throws Failure for more components than that, and for more coupled spins than can be followed.
void requireFollowable(const Problem& problem, Index mostComponents, const std::string& what);

/// `bifurcation` {steps, from, to}
Analysis bifurcationAnalysis();

}  // namespace separatrix
