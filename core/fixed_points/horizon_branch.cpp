#include "core/fixed_points/horizon_branch.hpp"

#include "core/fields/diffused_field.hpp"
#include "core/numerics/roots.hpp"
#include "core/processes/time_axis.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <functional>

namespace separatrix {
namespace {

struct Local {
  double s = 0;
  Vec x;
  Mat hessian;

  double leastEigenvalue() const {
    return Eigen::SelfAdjointEigenSolver<Mat>(hessian, Eigen::EigenvaluesOnly).eigenvalues()[0];
  }
  double laplacian() const { return hessian.trace(); }
};

class Follower {
public:
  Follower(const Target& target, const ForwardProcess& process, const PotentialAt& potential)
      : m_target(target), m_process(process), m_potential(potential) {}

  /// Newton's method from `guess`; none where it does not converge close by.
  std::optional<Local> solve(double s, Vec guess) const {
    constexpr int kIterations = 30;
    const DiffusedField field(m_target, m_process, s);
    const Potential U = m_potential(s);
    const double reach = 0.5 * (1 + guess.norm()) + std::sqrt(field.channel().noiseVariance);
    const Vec origin = guess;
    for (int i = 0; i < kIterations; ++i) {
      const Posterior at = field.at(guess);
      const Vec gradient = U.gradient(guess, at.score);
      const Mat hessian = U.hessian(at.hessian);
      const Vec move = hessian.ldlt().solve(gradient);
      if (!move.allFinite()) return std::nullopt;
      const double size = 1 + guess.norm();
      const double roundoff =
          1e-15 * (std::abs(U.radialWeight) * guess.norm() + U.scoreWeight * at.score.norm() +
                   U.scoreWeight * size / field.channel().noiseVariance);
      if (gradient.norm() <= roundoff || move.norm() <= 1e-14 * size)
        return Local{s, guess, hessian};
      guess -= move;
      if ((guess - origin).norm() > reach) return std::nullopt;
    }
    return std::nullopt;
  }

  /// The branch at s between two of its points, by interpolation and Newton's method.
  Local between(const Local& a, const Local& b, double s) const {
    const double u = (s - a.s) / (b.s - a.s);
    const Vec guess = a.x + u * (b.x - a.x);
    if (auto found = solve(s, guess)) return *found;
    const DiffusedField field(m_target, m_process, s);
    return {s, guess, m_potential(s).hessian(field.at(guess).hessian)};
  }

  FixedPoint zeroBetween(const Local& a, const Local& b,
                         const std::function<double(const Local&)>& function) const {
    const double s = bracketedRoot([&](double t) { return function(between(a, b, t)); },
                                   std::min(a.s, b.s), std::max(a.s, b.s));
    const Local at = between(a, b, s);
    return {s, at.x, at.leastEigenvalue()};
  }

private:
  const Target& m_target;
  const ForwardProcess& m_process;
  const PotentialAt& m_potential;
};

}  // namespace

HorizonBranch followFromHorizon(const Target& target, const ForwardProcess& process,
                                const PotentialAt& potential, const RunControl& control) {
  const Follower follower(target, process, potential);
  const double horizon = process.horizon();
  const double end = shortestTime(process);
  const double largestStep = horizon / 200;
  HorizonBranch out;
  auto current = follower.solve(horizon, process.signal(horizon) * target.mean());
  if (!current) return out;
  bool watchStability = current->leastEigenvalue() > 0;
  bool watchLaplacian = current->laplacian() > 0;
  double step = largestStep;
  while ((watchStability || watchLaplacian) && current->s > end) {
    control.checkpoint();
    const double s = std::max(end, current->s - std::min(step, 0.1 * current->s));
    const auto next = follower.solve(s, current->x);
    const double limit = 0.1 * (1e-3 + std::sqrt(process.noiseVariance(s)) + current->x.norm());
    if (!next || (next->x - current->x).norm() > limit) {
      step *= 0.5;
      if (step > 1e-13 * horizon) continue;
      // The branch ends in a fold: its least eigenvalue is zero here.
      if (watchStability) out.criticalPoint = FixedPoint{current->s, current->x, 0};
      break;
    }
    if (watchStability && next->leastEigenvalue() <= 0) {
      out.criticalPoint = follower.zeroBetween(
          *current, *next, [](const Local& at) { return at.leastEigenvalue(); });
      watchStability = false;
    }
    if (watchLaplacian && next->laplacian() <= 0) {
      out.laplacianZero =
          follower.zeroBetween(*current, *next, [](const Local& at) { return at.laplacian(); });
      watchLaplacian = false;
    }
    current = next;
    step = std::min(largestStep, 2 * step);
  }
  return out;
}

}  // namespace separatrix
