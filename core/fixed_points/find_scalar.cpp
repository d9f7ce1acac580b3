#include "core/fixed_points/find_scalar.hpp"

#include "core/fixed_points/scalar_gradient.hpp"
#include "core/numerics/roots.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

constexpr double kFinest = 1e-9;  // of the searched range
constexpr double kSplit = 0.4871;

class Search {
public:
  Search(const ScalarGradient& gradient, const RunControl& control)
      : m_gradient(gradient), m_control(control) {}

  std::vector<ScalarFixedPoint> run() {
    const Interval range = m_gradient.searchRange();
    m_finest = kFinest * (range.high - range.low);
    m_pending = {range};
    while (!m_pending.empty()) {
      m_control.checkpoint();
      const Interval piece = m_pending.back();
      m_pending.pop_back();
      examine(piece);
    }
    settleUndecided();
    std::sort(m_found.begin(), m_found.end(),
              [](const ScalarFixedPoint& a, const ScalarFixedPoint& b) { return a.x < b.x; });
    return withoutEchoes(range);
  }

private:
  double sign(double x) const { return m_gradient.at(x).gradient; }

  /// A zero at the left end belongs to the piece, one at the right end to the next.
  bool changesSign(const Interval& piece) const {
    const double left = sign(piece.low);
    const double right = sign(piece.high);
    return left == 0 || (right != 0 && (left > 0) != (right > 0));
  }

  void examine(const Interval& piece) {
    const double radius = 0.5 * (piece.high - piece.low);
    const double centre = piece.low + radius;
    const ScalarGradient::Value value = m_gradient.at(centre);
    const Interval slope = m_gradient.curvatureBounds(centre, radius);
    const double reach = std::max(std::abs(slope.low), std::abs(slope.high)) * radius;
    if (std::abs(value.gradient) > reach + value.roundoff) return;
    if (slope.low > 0 || slope.high < 0) {
      if (changesSign(piece)) add(piece);
      return;
    }
    const bool flat = reach <= value.roundoff;
    if (flat || piece.high - piece.low < m_finest) {
      m_undecided.push_back(piece);
      return;
    }
    const double split = piece.low + kSplit * (piece.high - piece.low);
    m_pending.push_back({piece.low, split});
    m_pending.push_back({split, piece.high});
  }

  void add(const Interval& piece) {
    const double x = bracketedRoot([this](double y) { return sign(y); }, piece.low, piece.high);
    m_found.push_back({x, m_gradient.at(x).curvature});
  }

  /// What is left are the neighbourhoods of multiple zeros: one zero where the sign changes, or
  /// where the gradient cannot be told from zero.
  void settleUndecided() {
    std::sort(m_undecided.begin(), m_undecided.end(),
              [](const Interval& a, const Interval& b) { return a.low < b.low; });
    for (std::size_t i = 0; i < m_undecided.size();) {
      Interval cluster = m_undecided[i];
      for (++i; i < m_undecided.size() && m_undecided[i].low <= cluster.high + m_finest; ++i)
        cluster.high = m_undecided[i].high;
      if (changesSign(cluster)) {
        add(cluster);
        continue;
      }
      const double centre = 0.5 * (cluster.low + cluster.high);
      const ScalarGradient::Value value = m_gradient.at(centre);
      if (std::abs(value.gradient) <= value.roundoff) m_found.push_back({centre, value.curvature});
    }
  }

  /// Where the gradient cannot be told from zero between two that were found (around a multiple
  /// zero), rounding has made more of them than there are. Such a group is one fixed point if the
  /// gradient has opposite signs on its two sides, else none.
  std::vector<ScalarFixedPoint> withoutEchoes(const Interval& range) const {
    std::vector<ScalarFixedPoint> out;
    double before = sign(range.low);
    for (std::size_t i = 0; i < m_found.size();) {
      std::size_t end = i;
      ScalarGradient::Value gap;
      do {
        ++end;
        const bool last = end == m_found.size();
        gap = m_gradient.at(last ? range.high : 0.5 * (m_found[end - 1].x + m_found[end].x));
      } while (end < m_found.size() && std::abs(gap.gradient) <= gap.roundoff);
      const bool alone = end == i + 1;
      if (alone || (before > 0) != (gap.gradient > 0)) out.push_back(m_found[(i + end - 1) / 2]);
      before = gap.gradient;
      i = end;
    }
    return out;
  }

  const ScalarGradient& m_gradient;
  const RunControl& m_control;
  double m_finest = 0;
  std::vector<Interval> m_pending, m_undecided;
  std::vector<ScalarFixedPoint> m_found;
};

}  // namespace

std::vector<ScalarFixedPoint> findScalarFixedPoints(const Components& parts, const Channel& channel,
                                                    const Potential& potential,
                                                    const RunControl& control) {
  const ScalarGradient gradient(parts, channel, potential);
  return Search(gradient, control).run();
}

}  // namespace separatrix
