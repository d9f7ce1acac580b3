#include "core/numerics/curve.hpp"

#include "core/numerics/roots.hpp"
#include "core/numerics/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kFinestBracket = 3e-6;  // along the curve, around a crossing
constexpr double kFinestStep = 1e-10;
constexpr double kGrowth = 1.7;
constexpr double kLongestRelativeMove = 0.005;  // of x
constexpr int kEasyCorrections = 4;

/// The eigenvectors of the `count` eigenvalues nearest to zero.
Mat nullVectors(const EquationFamily& family, const CurvePoint& at, Index count) {
  const SymmetricEigen solver(family.linearized(at.x, at.t).jacobian);
  std::vector<Index> order(static_cast<std::size_t>(at.x.size()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Index>(i);
  const Vec size = solver.eigenvalues().cwiseAbs();
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return size[a] < size[b]; });
  Mat out(at.x.size(), count);
  for (Index k = 0; k < count; ++k)
    out.col(k) = solver.eigenvectors().col(order[static_cast<std::size_t>(k)]);
  return out;
}

class Follower {
public:
  Follower(const EquationFamily& family, const FollowOptions& options)
      : m_family(family), m_options(options), m_step(options.firstStep) {}

  Curve run(const CurvePoint& start) {
    m_out.points.push_back(start);
    m_index = start.index();
    m_zeros = countZero(start.spectrum);
    while (!m_ended) {
      if (m_options.checkpoint) m_options.checkpoint();
      if (m_out.points.size() >= m_options.mostPoints) {
        finish(CurveEnd::cut);
      } else if (m_step < kFinestStep) {
        finish(CurveEnd::stalled);
      } else {
        advance();
      }
    }
    return std::move(m_out);
  }

private:
  const CurvePoint& last() const { return m_out.points.back(); }

  void finish(CurveEnd end) {
    m_out.end = end;
    m_ended = true;
  }

  double allowedStep() const {
    // Far from the origin, where a length is nothing to x, x may go further, and t no further.
    const double far = kLongestRelativeMove * last().x.norm() / m_family.length(last().t);
    const double slope = std::abs(last().direction());
    const double longest = m_options.longestStep;
    double step = std::min(m_step, std::max(longest, far));
    step = std::min(step, longest / std::max(slope, 1e-6));
    if (m_options.longestMove && slope > 1e-6)
      step = std::min(step, m_options.longestMove(last().t) / slope);
    return step;
  }

  void advance() {
    const CurvePoint from = last();
    const double step = allowedStep();
    const auto next = stepAlong(m_family, from, step);
    const bool turns = next && next->direction() * from.direction() < 0;
    const Index change = next ? indexChange(*next) : 0;
    // A crossing is bracketed first; so is a turn at which several things happen at once.
    const bool unresolved = (change != 0 && !turns) || (turns && std::abs(change) != 1);
    if (!next || (unresolved && step > kFinestBracket)) {
      m_step = 0.5 * step;
      m_calm = next ? 0 : m_calm;
      return;
    }
    if (next->t < m_options.low || next->t > m_options.high) {
      if (!turns && leave(from, *next, step)) return;
      m_step = 0.5 * step;
      return;
    }
    if (turns)
      turn(from, *next, step, change);
    else if (change != 0)
      cross(from, *next, change);
    else
      accept(*next, step);
  }

  /// Since the last place where it was clear. Eigenvalues that are zero all along (of families of
  /// solutions) count neither way, nor do those that happen to be zero here.
  Index indexChange(const CurvePoint& next) const {
    return countZero(next.spectrum) == m_zeros ? next.index() - m_index : 0;
  }

  void settle(const CurvePoint& next) {
    if (countZero(next.spectrum) > m_zeros) return;
    m_zeros = countZero(next.spectrum);
    m_index = next.index();
  }

  void accept(const CurvePoint& next, double step) {
    m_out.points.push_back(next);
    settle(next);
    if (m_options.done && m_options.done(next)) return finish(CurveEnd::cut);
    if (closes(step)) return finish(CurveEnd::closed);
    // While a crossing lies ahead, the next step must not be longer.
    if (++m_calm > 2 && next.iterations <= kEasyCorrections) m_step = kGrowth * step;
  }

  bool closes(double step) const {
    const CurvePoint& first = m_out.points.front();
    if (m_out.points.size() < 8) return false;
    const double apart =
        std::hypot((last().x - first.x).norm() / m_family.length(first.t), last().t - first.t);
    return apart < step && last().tangent.dot(first.tangent) > 0.9;
  }

  /// The point at the end of the range that the step went past.
  bool leave(const CurvePoint& from, const CurvePoint& next, double step) {
    const bool below = next.t < m_options.low;
    const double bound = below ? m_options.low : m_options.high;
    if (from.t != bound) {
      const double u = (bound - from.t) / (next.t - from.t);
      const auto end =
          curvePointAt(m_family, from.x + u * (next.x - from.x), bound, below ? -1 : 1);
      const double apart = end ? (end->x - from.x).norm() / m_family.length(from.t) : 0;
      if (!end || apart > 2 * step || indexChange(*end) != 0) return false;
      m_out.points.push_back(*end);
    }
    finish(below ? CurveEnd::low : CurveEnd::high);
    return true;
  }

  void turn(const CurvePoint& from, const CurvePoint& next, double step, Index change) {
    const auto at = [&](double along) {
      const auto point = along > 0 ? stepAlong(m_family, from, along) : from;
      return point.value_or(along > 0.5 * step ? next : from);
    };
    const double along = bracketedRoot(
        [&](double h) { return h == step ? next.direction() : at(h).direction(); }, 0, step);
    CurveEvent event;
    event.at = at(along);
    event.kind = std::abs(change) == 1 ? CurveEvent::Kind::fold : CurveEvent::Kind::vertex;
    record(event, std::max<Index>(1, countNearZero(event.at)));
    if (event.kind == CurveEvent::Kind::vertex) return finish(CurveEnd::vertex);
    m_out.points.push_back(next);
    settle(next);
    m_calm = 3;
  }

  static Index countNearZero(const CurvePoint& at) {
    return (at.spectrum.array().abs() <= 1e-4).count();
  }

  void cross(const CurvePoint& from, const CurvePoint& next, Index change) {
    // The middle one of the crossing eigenvalues, each linear over so short a bracket.
    const Index count = std::abs(change);
    const Index first = std::min(m_index, next.index());
    double u = 0;
    for (Index k = first; k < first + count; ++k) {
      const double before = from.spectrum[k], after = next.spectrum[k];
      u += std::clamp(before / (before - after), 0.0, 1.0) / static_cast<double>(count);
    }
    CurveEvent event;
    event.kind = CurveEvent::Kind::crossing;
    event.at = withTangent(m_family, from.x + u * (next.x - from.x), from.t + u * (next.t - from.t),
                           from.tangent, false);
    event.at.tangent = from.tangent;
    record(event, count);
    m_out.points.push_back(next);
    settle(next);
    m_step = m_options.firstStep;
    m_calm = 3;
  }

  /// Adds an event and its point, at which the eigenvalues that cross are zero.
  void record(CurveEvent& event, Index count) {
    event.nullSpace = nullVectors(m_family, event.at, count);
    Vec& spectrum = event.at.spectrum;
    for (Index k = 0; k < count; ++k) {
      Index nearest = 0;
      (spectrum.array() == 0)
          .select(std::numeric_limits<double>::infinity(), spectrum.cwiseAbs())
          .minCoeff(&nearest);
      spectrum[nearest] = 0;
    }
    event.point = m_out.points.size();
    m_out.points.push_back(event.at);
    m_out.events.push_back(event);
  }

  const EquationFamily& m_family;
  const FollowOptions& m_options;
  Curve m_out;
  double m_step;
  int m_calm = 3;     // steps since one was refused for a crossing
  Index m_index = 0;  // negative eigenvalues where that was last clear
  Index m_zeros = 0;  // eigenvalues that are zero all along
  bool m_ended = false;
};

}  // namespace

Curve followCurve(const EquationFamily& family, const CurvePoint& start,
                  const FollowOptions& options) {
  return Follower(family, options).run(start);
}

}  // namespace separatrix
