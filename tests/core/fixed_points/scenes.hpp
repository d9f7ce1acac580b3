#pragma once

#include "core/fixed_points/branches.hpp"
#include "tests/core/support.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>

// What the tests of fixed points in any dimension share: diagrams of problems, and a search that
// has nothing in common with the one they test.

namespace separatrix::test {

inline PotentialAt potentialOf(const Problem& problem) {
  return [&problem](double s) { return problem.potentialAt(s); };
}

inline DiagramRange rangeOf(const Problem& problem, double from = 1e-3, Index steps = 400) {
  return {from * problem.process().horizon(), problem.process().horizon(), steps};
}

/// By continuation, in one dimension too.
inline BifurcationDiagram continued(const Problem& problem, double from = 1e-3, Index steps = 400) {
  return continuedDiagram(problem.target(), problem.process(), potentialOf(problem),
                          rangeOf(problem, from, steps), {});
}

inline FixedPointSet continuedAt(const Problem& problem, double s) {
  return continuedFixedPoints(problem.target(), problem.process(), potentialOf(problem), s, {});
}

struct Found {
  Vec x;
  Index index = 0;
  double softest = 0;  ///< least |eigenvalue| of Hess U·b²/A
};

/// Fixed points in two dimensions from Newton's method on ∇U at every node of a grid, by way of
/// the target's own posterior.
inline std::vector<Found> fixedPointsFromAGrid(const Problem& problem, double s, int nodes) {
  const Channel channel = problem.process().channel(s);
  const Potential U = problem.potentialAt(s);
  const Mat places = channel.signal * problem.target().components()->means;
  const double b = std::sqrt(channel.noiseVariance);
  const Vec low = places.rowwise().minCoeff().array() - 1.5 * b - 0.3;
  const Vec high = places.rowwise().maxCoeff().array() + 1.5 * b + 0.3;
  std::vector<Found> out;
  for (int node = 0; node < nodes * nodes; ++node) {
    Vec x = low;
    x[0] += (high[0] - low[0]) * (node % nodes + 0.43) / nodes;
    x[1] += (high[1] - low[1]) * (node / nodes + 0.47) / nodes;
    bool converged = false;
    for (int i = 0; i < 30 && !converged && x.norm() < 50; ++i) {
      const Posterior at = problem.target().posterior(x, channel);
      Vec move = U.hessian(at.hessian).partialPivLu().solve(U.gradient(x, at.score));
      if (move.norm() > b) move *= b / move.norm();
      x -= move;
      converged = move.norm() < 1e-11;
    }
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const Found& other) { return (other.x - x).norm() < 1e-6; });
    if (!converged || known) continue;
    const Mat hessian = U.hessian(problem.target().posterior(x, channel).hessian);
    const Vec spectrum = Eigen::SelfAdjointEigenSolver<Mat>(hessian).eigenvalues();
    out.push_back({x, (spectrum.array() < 0).count(),
                   spectrum.cwiseAbs().minCoeff() * channel.noiseVariance / U.scoreWeight});
  }
  return out;
}

/// How many branches there are at time s.
inline int branchesAt(const BifurcationDiagram& diagram, double s) {
  int out = 0;
  for (const Branch& branch : diagram.branches)
    for (std::size_t i = 1; i < branch.points.size(); ++i) {
      const double a = branch.points[i - 1].s, b = branch.points[i].s;
      out += (a <= s && s < b) || (b <= s && s < a) ? 1 : 0;
    }
  return out;
}

inline Index indexSumOf(const std::vector<FixedPoint>& points) {
  Index sum = 0;
  for (const FixedPoint& point : points) sum += point.index() % 2 == 0 ? 1 : -1;
  return sum;
}

}  // namespace separatrix::test
