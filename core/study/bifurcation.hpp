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
  /// A/b² + B at every point of every branch: the Hessian's eigenvalues where all data are one
  /// point.
  std::vector<std::vector<double>> onePointCurvatures;
  Mat principal;  ///< the first principal directions, d × ≤ 3; empty up to two dimensions

  /// Of a point: "norm", a coordinate "0", "1", …, or "pc0", … along a principal direction.
  double quantity(const Vec& x, const std::string& name) const;
  /// The Hessian's eigenvalues at a point of a branch, as shares of A/b² + B.
  Vec relativeSpectrum(std::size_t branch, std::size_t point) const;

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
