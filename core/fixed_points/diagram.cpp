#include "core/fixed_points/diagram.hpp"

#include "core/fixed_points/branch_linking.hpp"
#include "core/fixed_points/find_scalar.hpp"
#include "core/fixed_points/locate_event.hpp"
#include "core/runtime/errors.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace separatrix {

namespace {

constexpr double kFinestStep = 1e-8;  // of the horizon; events are refined from there

using FixedPoints = std::vector<ScalarFixedPoint>;

struct Level {
  double s = 0;
  FixedPoints points;
};

/// A piece of a branch between events, from its largest time down. An end that is a fold is
/// joined with the other piece that ends there.
struct Arc {
  std::vector<FixedPoint> points;
  std::optional<std::size_t> joinedAtTop, joinedAtBottom;
};

std::vector<double> positions(const FixedPoints& points) {
  std::vector<double> out;
  for (const ScalarFixedPoint& point : points) out.push_back(point.x);
  return out;
}

/// Each point moved by less than half its distance to its neighbours, at both times.
bool unambiguous(const FixedPoints& a, const FixedPoints& b) {
  if (a.size() != b.size()) return false;
  const auto clearOf = [](const FixedPoints& points, std::size_t i, double move) {
    const bool below = i == 0 || 2 * move < points[i].x - points[i - 1].x;
    const bool above = i + 1 == points.size() || 2 * move < points[i + 1].x - points[i].x;
    return below && above;
  };
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double move = std::abs(a[i].x - b[i].x);
    if (!clearOf(a, i, move) || !clearOf(b, i, move)) return false;
  }
  return true;
}

class Diagram {
public:
  Diagram(const Components& parts, const ForwardProcess& process, const PotentialAt& potential,
          const RunControl& control)
      : m_parts(parts), m_process(process), m_potential(potential), m_control(control) {}

  BifurcationDiagram run(const DiagramRange& range) {
    std::vector<Level> levels(static_cast<std::size_t>(range.steps) + 1);
    parallelFor(range.steps + 1, [&](Index i) {
      m_control.checkpoint();
      const double u = static_cast<double>(i) / static_cast<double>(range.steps);
      const double s = i == range.steps ? range.from : range.to + u * (range.from - range.to);
      levels[static_cast<std::size_t>(i)] = level(s);
    });
    for (const ScalarFixedPoint& point : levels[0].points)
      m_active.push_back(beginArc(fixedPoint(levels[0].s, point.x, point.curvature)));
    for (std::size_t i = 1; i < levels.size(); ++i) {
      m_control.progress(static_cast<double>(i) / static_cast<double>(levels.size()));
      advance(levels[i - 1], levels[i]);
    }
    m_out.branches = joinArcs();
    return std::move(m_out);
  }

private:
  ScalarGradient gradient(double s) const {
    return ScalarGradient(m_parts, m_process.channel(s), m_potential(s));
  }

  Level level(double s) const {
    return {s, findScalarFixedPoints(m_parts, m_process.channel(s), m_potential(s), m_control)};
  }

  static FixedPoint fixedPoint(double s, double x, double curvature) {
    return {s, Vec::Constant(1, x), curvature};
  }

  std::size_t beginArc(const FixedPoint& first) {
    m_arcs.push_back({{first}, {}, {}});
    return m_arcs.size() - 1;
  }

  void append(std::size_t arc, double s, const ScalarFixedPoint& point) {
    m_arcs[arc].points.push_back(fixedPoint(s, point.x, point.curvature));
  }

  /// Follows the active arcs from one level down to the next.
  void advance(const Level& upper, const Level& lower) {
    m_control.checkpoint();
    if (unambiguous(upper.points, lower.points)) {
      appendAll(lower);
      return;
    }
    if (upper.s - lower.s > kFinestStep * m_process.horizon()) {
      const Level middle = level(0.5 * (upper.s + lower.s));
      advance(upper, middle);
      advance(middle, lower);
      return;
    }
    const std::size_t above = upper.points.size();
    const std::size_t below = lower.points.size();
    if (above == below)
      appendAll(lower);
    else if ((above + below) % 2 != 0)
      restart(lower);
    else if (above < below)
      giveBirth(upper, lower);
    else
      endArcs(upper, lower);
  }

  void appendAll(const Level& lower) {
    for (std::size_t i = 0; i < m_active.size(); ++i) append(m_active[i], lower.s, lower.points[i]);
  }

  /// Where no linking exists (a fixed point left the searched range), the arcs end here.
  void restart(const Level& lower) {
    m_active.clear();
    for (const ScalarFixedPoint& point : lower.points)
      m_active.push_back(beginArc(fixedPoint(lower.s, point.x, point.curvature)));
  }

  void giveBirth(const Level& upper, const Level& lower) {
    const Linking link = linkFixedPoints(positions(upper.points), positions(lower.points));
    std::vector<std::size_t> active(lower.points.size());
    for (std::size_t i = 0; i < m_active.size(); ++i) active[link.matches[i]] = m_active[i];
    for (const Linking::Birth& birth : link.births) {
      const BifurcationEvent event = locate(birth, lower, upper);
      const FixedPoint start = fixedPoint(event.s, event.x[0], 0);
      const std::size_t low = beginArc(start);
      const std::size_t high = beginArc(start);
      if (event.kind == EventKind::fold) {
        m_arcs[low].joinedAtTop = high;
        m_arcs[high].joinedAtTop = low;
      } else {
        m_arcs[active[birth.lower + 1]].points.push_back(start);
      }
      active[birth.lower] = low;
      active[birth.upper] = high;
      m_out.events.push_back(event);
    }
    m_active = std::move(active);
    appendAll(lower);
  }

  void endArcs(const Level& upper, const Level& lower) {
    const Linking link = linkFixedPoints(positions(lower.points), positions(upper.points));
    for (const Linking::Birth& birth : link.births) {
      const BifurcationEvent event = locate(birth, upper, lower);
      const FixedPoint end = fixedPoint(event.s, event.x[0], 0);
      const std::size_t low = m_active[birth.lower];
      const std::size_t high = m_active[birth.upper];
      m_arcs[low].points.push_back(end);
      m_arcs[high].points.push_back(end);
      if (event.kind == EventKind::fold) {
        m_arcs[low].joinedAtBottom = high;
        m_arcs[high].joinedAtBottom = low;
      } else {
        m_arcs[m_active[birth.lower + 1]].points.push_back(end);
      }
      m_out.events.push_back(event);
    }
    std::vector<std::size_t> active;
    for (const std::size_t match : link.matches) active.push_back(m_active[match]);
    m_active = std::move(active);
    appendAll(lower);
  }

  BifurcationEvent locate(const Linking::Birth& birth, const Level& many, const Level& few) const {
    const GradientAt at = [this](double s) { return gradient(s); };
    const double low = many.points[birth.lower].x;
    const double high = many.points[birth.upper].x;
    const EventPlace place =
        birth.aroundMatch ? locatePitchfork(at, many.s, few.s, many.points[birth.lower + 1].x)
                          : locateFold(at, many.s, few.s, {low, high});
    return {birth.aroundMatch ? EventKind::pitchfork : EventKind::fold, place.s,
            Vec::Constant(1, place.x), 1};
  }

  /// Chains the arcs that meet in folds into whole branches.
  std::vector<Branch> joinArcs() {
    std::vector<Branch> out;
    std::vector<bool> used(m_arcs.size(), false);
    const auto walk = [&](std::size_t arc, bool upwards) {
      Branch branch;
      for (;;) {
        used[arc] = true;
        m_control.checkpoint();
        std::vector<FixedPoint> points = std::move(m_arcs[arc].points);  // each arc is used once
        if (upwards) std::reverse(points.begin(), points.end());
        const std::size_t skip = branch.points.empty() ? 0 : 1;  // the fold itself, once
        branch.points.insert(branch.points.end(),
                             std::make_move_iterator(points.begin() + static_cast<Index>(skip)),
                             std::make_move_iterator(points.end()));
        const auto next = upwards ? m_arcs[arc].joinedAtTop : m_arcs[arc].joinedAtBottom;
        if (!next || used[*next]) break;
        arc = *next;
        upwards = !upwards;
      }
      out.push_back(std::move(branch));
    };
    for (std::size_t arc = 0; arc < m_arcs.size(); ++arc) {
      if (used[arc]) continue;
      if (!m_arcs[arc].joinedAtTop)
        walk(arc, false);
      else if (!m_arcs[arc].joinedAtBottom)
        walk(arc, true);
    }
    for (std::size_t arc = 0; arc < m_arcs.size(); ++arc)
      if (!used[arc]) walk(arc, false);  // a closed loop
    return out;
  }

  const Components& m_parts;
  const ForwardProcess& m_process;
  const PotentialAt& m_potential;
  const RunControl& m_control;
  std::vector<Arc> m_arcs;
  std::vector<std::size_t> m_active;  // the arc of each fixed point of the current level
  BifurcationDiagram m_out;
};

}  // namespace

BifurcationDiagram scalarDiagram(const Components& parts, const ForwardProcess& process,
                                 const PotentialAt& potential, const DiagramRange& range,
                                 const RunControl& control) {
  return Diagram(parts, process, potential, control).run(range);
}

}  // namespace separatrix
