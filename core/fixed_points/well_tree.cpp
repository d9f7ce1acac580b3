#include "core/fixed_points/well_tree.hpp"

#include "core/fixed_points/reduction.hpp"
#include "core/numerics/curve.hpp"
#include "core/numerics/descent.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace separatrix {
namespace {

constexpr double kOpen = std::numeric_limits<double>::infinity();
constexpr double kSamePlace = 1e-4;  // in lengths

/// A stable fixed point from its least time on.
struct Well {
  Index label = 0;
  std::vector<CurvePoint> points;  ///< t ascending
  double end = kOpen;              ///< where it ends; infinite: at the horizon
  Vec place;                       ///< x there
  Vec escape;                      ///< where to the state leaves from there, one length; or zero
  bool followed = true;
};

class Search {
public:
  Search(const Landscape& landscape, double low, double high, const RunControl& control)
      : m_landscape(landscape), m_control(control) {
    m_options.low = low;
    m_options.high = high;
    m_options.checkpoint = [&control] { control.checkpoint(); };
    if (landscape.dimension() > 8) m_options.longestStep = 0.5;
    m_options.done = [](const CurvePoint& at) { return at.index() > 0; };
  }

  WellTree run() {
    start();
    followAll();
    for (Index w = firstToEnd(); w >= 0; w = firstToEnd()) {
      m_control.checkpoint();
      merge(w);
    }
    finish();
    return std::move(m_tree);
  }

private:
  /// The wells at the least time; components that share one part there or before.
  void start() {
    const Components& parts = *m_landscape.target().components();
    const double t = m_options.low;
    const double a = m_landscape.channel(t).signal;
    std::vector<Vec> places(static_cast<std::size_t>(parts.count()));
    parallelFor(parts.count(), [&](Index k) {
      m_control.checkpoint();
      places[static_cast<std::size_t>(k)] = descend(m_landscape, a * parts.means.col(k), t, 1).z;
    });
    for (Index k = 0; k < parts.count(); ++k) {
      m_control.checkpoint();
      const Vec& place = places[static_cast<std::size_t>(k)];
      const auto known = std::find_if(m_wells.begin(), m_wells.end(), [&](const Well& well) {
        return near(well.points.front().x, place, t);
      });
      if (known != m_wells.end()) {
        m_tree.partings.push_back({k, known->label, 0});
      } else {
        Well well;
        well.label = k;
        well.points.push_back({place, t, {}, {}});
        m_wells.push_back(std::move(well));
      }
    }
  }

  void followAll() {
    constexpr Index kTogether = 32;
    const auto count = static_cast<Index>(m_wells.size());
    for (Index first = 0; first < count; first += kTogether) {
      m_control.progress(static_cast<double>(first) / static_cast<double>(count));
      parallelFor(std::min(kTogether, count - first),
                  [&](Index i) { follow(m_wells[static_cast<std::size_t>(first + i)]); });
    }
  }

  /// To its end from the one point it has.
  void follow(Well& well) const {
    const CurvePoint from = well.points.front();
    const auto first = curvePointAt(m_landscape, from.x, from.t, 1);
    well.followed = first.has_value();
    if (!first) return;
    Curve curve = followCurve(m_landscape, *first, m_options);
    if (curve.events.empty()) {
      well.followed = curve.end == CurveEnd::high;
      well.points = std::move(curve.points);
      return;
    }
    const CurveEvent& event = curve.events.front();
    well.end = event.at.t;
    well.place = event.at.x;
    well.escape = Vec::Zero(event.at.x.size());
    // At a fold the state falls over the saddle that the curve goes on to.
    if (event.kind == CurveEvent::Kind::fold)
      well.escape =
          m_landscape.length(event.at.t) * event.at.tangent.head(event.at.x.size()).normalized();
    curve.points.resize(event.point + 1);
    well.points = std::move(curve.points);
  }

  /// The well that ends next, of those not merged yet; −1: none.
  Index firstToEnd() const {
    Index out = -1;
    double least = kOpen;
    for (std::size_t w = 0; w < m_wells.size(); ++w) {
      if (m_merged.size() > w && m_merged[w]) continue;
      if (m_wells[w].end >= least) continue;
      least = m_wells[w].end;
      out = static_cast<Index>(w);
    }
    return out;
  }

  void merge(Index which) {
    constexpr double kAfter = 1e-5;  // of t
    m_merged.resize(m_wells.size(), false);
    m_merged[static_cast<std::size_t>(which)] = true;
    const Well& ending = m_wells[static_cast<std::size_t>(which)];
    const Index label = ending.label;
    const double end = ending.end;
    const double t = end + kAfter;
    if (t >= m_options.high) {
      m_tree.roots.push_back(label);
      return;
    }
    const Vec landed = landing(ending, t);
    if (Well* taker = wellAt(landed, t)) {
      // One that begins here has its label from another that ended here.
      const double begin = taker->points.front().t;
      const bool together = begin > m_options.low && t - begin < kAfter;
      const Index parent = together ? std::min(taker->label, label) : taker->label;
      const Index child = parent == label ? taker->label : label;
      taker->label = parent;
      m_tree.partings.push_back({child, parent, std::exp(end)});
      return;
    }
    Well next;
    next.label = label;
    next.points.push_back({landed, t, {}, {}});
    follow(next);
    m_wells.push_back(std::move(next));
  }

  /// Where the state of a well comes to rest after its end: off saddles, on which symmetry or,
  /// close to a fold, rounding may hold it.
  Vec landing(const Well& well, double t) const {
    constexpr double kKick = 0.1;  // in lengths
    constexpr int kKicks = 10;
    const double length = m_landscape.length(t);
    Vec x = descend(m_landscape, well.place + kKick * well.escape, t, 1).z;
    for (int i = 0; i < kKicks; ++i) {
      const SymmetricEigen axes(m_landscape.linearized(x, t).jacobian);
      if (countNegative(axes.eigenvalues()) == 0) break;
      x = descend(m_landscape, x + kKick * length * axes.eigenvectors().col(0), t, 1).z;
    }
    return x;
  }

  Well* wellAt(const Vec& x, double t) {
    for (Well& well : m_wells) {
      const auto& points = well.points;
      if (points.size() < 2 || t < points.front().t || t > points.back().t) continue;
      const auto after = std::find_if(points.begin() + 1, points.end(),
                                      [t](const CurvePoint& point) { return point.t >= t; });
      const CurvePoint &a = *(after - 1), &b = *after;
      const Vec guess = a.x + (t - a.t) / (b.t - a.t) * (b.x - a.x);
      if ((guess - x).norm() > 2 * (b.x - a.x).norm() + m_landscape.length(t)) continue;
      const NewtonOutcome there = solveAt(m_landscape, guess, t, 0.2);
      if (near(there.z, x, t)) return &well;
    }
    return nullptr;
  }

  bool near(const Vec& a, const Vec& b, double t) const {
    return (a - b).norm() <= kSamePlace * m_landscape.length(t);
  }

  void finish() {
    m_merged.resize(m_wells.size(), false);
    for (std::size_t w = 0; w < m_wells.size(); ++w) {
      if (m_merged[w]) continue;
      (m_wells[w].followed ? m_tree.roots : m_tree.unknown).push_back(m_wells[w].label);
    }
    std::stable_sort(m_tree.partings.begin(), m_tree.partings.end(),
                     [](const Parting& a, const Parting& b) { return a.s > b.s; });
  }

  const Landscape& m_landscape;
  const RunControl& m_control;
  FollowOptions m_options;
  std::vector<Well> m_wells;
  std::vector<bool> m_merged;
  WellTree m_tree;
};

}  // namespace

WellTree wellTree(const Target& target, const ForwardProcess& process, const PotentialAt& potential,
                  double from, const RunControl& control) {
  const Reduction reduction(target);
  const auto landscape = makeLandscape(reduction.target(), process, potential);
  return Search(*landscape, std::log(from), std::log(process.horizon()), control).run();
}

}  // namespace separatrix
