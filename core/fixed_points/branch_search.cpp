#include "core/fixed_points/branch_search.hpp"

#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace separatrix {
namespace {

constexpr std::size_t kMostBranches = 5000;

/// The part before and the part after its start as one curve.
Curve joined(Curve before, const Curve& after) {
  const std::size_t last = before.points.size() - 1;
  std::reverse(before.points.begin(), before.points.end());
  for (CurvePoint& point : before.points) point.tangent = -point.tangent;
  for (CurveEvent& event : before.events) event.point = last - event.point;
  before.points.insert(before.points.end(), after.points.begin() + 1, after.points.end());
  for (CurveEvent event : after.events) {
    event.point += last;
    before.events.push_back(std::move(event));
  }
  before.end = after.end;
  return before;
}

double distance(const Landscape& landscape, const CurvePoint& a, const CurvePoint& b) {
  return std::hypot((a.x - b.x).norm() / landscape.length(a.t), a.t - b.t);
}

}  // namespace

BranchSearch::BranchSearch(const Landscape& landscape, double low, double high,
                           const std::function<double(double)>& longestMove,
                           const RunControl& control)
    : m_landscape(landscape), m_control(control) {
  m_options.low = low;
  m_options.high = high;
  m_options.longestMove = longestMove;
  if (landscape.dimension() > 8) m_options.longestStep = 0.5;  // dear, and seldom drawn
  m_options.checkpoint = [&control] { control.checkpoint(); };
}

void BranchSearch::fromNoise() {
  const double t = m_options.high;
  const Vec start = m_landscape.channel(t).signal * m_landscape.target().mean();
  if (auto point = curvePointAt(m_landscape, start, t, -1)) followAll({{*point, {}, false}});
}

void BranchSearch::fromLevel(double t, const std::vector<LevelPoint>& points) {
  // Folds join an even index with an odd one: those of even index find the others.
  for (const Index parity : {0, 1}) {
    std::vector<Start> starts;
    for (const LevelPoint& point : points) {
      m_control.checkpoint();
      if (point.index() % 2 != parity || onBranch(point.x, t, point.spectrum)) continue;
      const double direction = t <= m_options.low ? 1 : -1;
      const bool inside = t > m_options.low && t < m_options.high;
      if (auto start = curvePointAt(m_landscape, point.x, t, direction))
        starts.push_back({*start, {}, inside});
    }
    followAll(std::move(starts));
  }
}

void BranchSearch::followAll(std::vector<Start> starts) {
  while (!starts.empty()) {
    const std::size_t room = kMostBranches - std::min(kMostBranches, m_curves.size());
    m_cut = m_cut || starts.size() > room;
    if (starts.size() > room)
      starts.erase(starts.begin() + static_cast<std::ptrdiff_t>(room), starts.end());
    if (!starts.empty()) starts = followWave(starts);
  }
}

std::vector<BranchSearch::Start> BranchSearch::followWave(const std::vector<Start>& starts) {
  std::vector<Curve> curves(starts.size());
  const std::size_t pending = starts.size();
  constexpr std::size_t kChunk = 32;  // progress is reported between them
  for (std::size_t first = 0; first < starts.size(); first += kChunk) {
    const std::size_t count = std::min(kChunk, starts.size() - first);
    parallelFor(static_cast<Index>(count), [&](Index i) {
      const std::size_t slot = first + static_cast<std::size_t>(i);
      curves[slot] = follow(starts[slot]);
    });
    m_followed += count;
    report(pending - first - count);
  }
  std::vector<std::size_t> accepted;
  for (Curve& curve : curves) {
    m_control.checkpoint();
    if (accept(std::move(curve))) accepted.push_back(m_curves.size() - 1);
  }
  std::vector<Start> next;
  for (const std::size_t c : accepted)
    for (const CurveEvent& event : m_curves[c].events) {
      m_control.checkpoint();
      if (event.kind == CurveEvent::Kind::vertex) {
        if (auto trunk = trunkOf(event, m_curves[c])) next.push_back(std::move(*trunk));
        continue;
      }
      if (isKnown(event)) continue;
      EventKind kind = EventKind::fold;
      std::vector<Start> arms = startsAt(event, kind);
      m_events.push_back({kind, event});
      for (Start& arm : arms)
        if (!onBranch(arm.point.x, arm.point.t, arm.point.spectrum)) next.push_back(std::move(arm));
    }
  return next;
}

Curve BranchSearch::follow(const Start& start) const {
  Curve out = followCurve(m_landscape, start.point, m_options);
  if (start.bothWays && out.end != CurveEnd::closed) {
    CurvePoint back = start.point;
    back.tangent = -back.tangent;
    out = joined(followCurve(m_landscape, back, m_options), out);
  }
  if (start.head) {
    out.points.insert(out.points.begin(), *start.head);
    for (CurveEvent& event : out.events) ++event.point;
  }
  return out;
}

bool BranchSearch::accept(Curve curve) {
  if (curve.points.size() < 2) return false;
  const CurvePoint& middle = curve.points[curve.points.size() / 2];
  if (onBranch(middle.x, middle.t, middle.spectrum)) return false;
  m_curves.push_back(std::move(curve));
  return true;
}

std::vector<BranchSearch::Start> BranchSearch::startsAt(const CurveEvent& event,
                                                        EventKind& kind) const {
  if (event.kind == CurveEvent::Kind::fold) return {};
  std::vector<Start> out;
  bool before = false, after = false;
  CurvePoint head = event.at;
  for (CurvePoint& point : crossingCurves(m_landscape, event, guesses(event))) {
    (point.t > head.t ? after : before) = true;
    if (point.t > m_options.low && point.t < m_options.high)
      out.push_back({std::move(point), head, false});
  }
  kind = before && after ? EventKind::transcritical : EventKind::pitchfork;
  return out;
}

std::optional<BranchSearch::Start> BranchSearch::trunkOf(const CurveEvent& vertex,
                                                         const Curve& arm) const {
  constexpr double kBeyond = 2e-3;
  // An arm may begin at its vertex or end there.
  const CurvePoint& neighbour = arm.points[vertex.point > 0 ? vertex.point - 1 : 1];
  const double side = vertex.at.t > neighbour.t ? 1 : -1;
  const double t = vertex.at.t + side * kBeyond;
  if (t <= m_options.low || t >= m_options.high) return std::nullopt;
  auto point = curvePointAt(m_landscape, vertex.at.x, t, -side);
  if (!point || onBranch(point->x, t, point->spectrum)) return std::nullopt;
  return Start{std::move(*point), {}, true};
}

Mat BranchSearch::guesses(const CurveEvent& event) const {
  constexpr Index kMost = 16;
  const Components* parts = m_landscape.target().components();
  if (parts == nullptr) return Mat::Zero(m_landscape.dimension(), 0);
  const Mat moves = (m_landscape.channel(event.at.t).signal * parts->means).colwise() - event.at.x;
  const Vec distances = moves.colwise().squaredNorm();
  std::vector<Index> order(static_cast<std::size_t>(parts->count()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return distances[a] < distances[b]; });
  Mat out(moves.rows(), std::min(kMost, moves.cols()));
  for (Index k = 0; k < out.cols(); ++k) out.col(k) = moves.col(order[static_cast<std::size_t>(k)]);
  return out / m_landscape.length(event.at.t);
}

bool BranchSearch::isKnown(const CurveEvent& event) const {
  return std::any_of(m_events.begin(), m_events.end(), [&](const FoundEvent& known) {
    return distance(m_landscape, known.event.at, event.at) < 1e-5;
  });
}

bool BranchSearch::onBranch(const Vec& x, double t, const Vec& spectrum) const {
  const LevelPoint point{x, spectrum, 0, 0};
  const double length = m_landscape.length(t);
  for (const Curve& curve : m_curves)
    for (std::size_t i = 1; i < curve.points.size(); ++i) {
      const CurvePoint& a = curve.points[i - 1];
      const CurvePoint& b = curve.points[i];
      if ((t < a.t && t < b.t) || (t > a.t && t > b.t)) continue;
      const double u = a.t == b.t ? 0 : (t - a.t) / (b.t - a.t);
      const Vec guess = a.x + u * (b.x - a.x);
      if ((guess - x).norm() > 2 * (b.x - a.x).norm() + 1e-3 * length && countZero(spectrum) == 0)
        continue;
      const bool zeros = countZero(a.spectrum) > 0 && countZero(b.spectrum) > 0;
      const NewtonOutcome found = solveAt(m_landscape, guess, t, 0.2, zeros);
      if (!found.converged) continue;
      const Vec there = symmetricSpectrum(m_landscape.linearized(found.z, t).jacobian);
      if (samePoint(m_landscape, t, point, {found.z, there, 0, 0})) return true;
    }
  return false;
}

std::vector<LevelPoint> BranchSearch::pointsAt(double t) const {
  std::vector<LevelPoint> out;
  for (const Curve& curve : m_curves)
    for (std::size_t i = 1; i < curve.points.size(); ++i) {
      const CurvePoint& a = curve.points[i - 1];
      const CurvePoint& b = curve.points[i];
      const bool here = (a.t <= t && t < b.t) || (b.t <= t && t < a.t) ||
                        (t >= m_options.high && (a.t == t || b.t == t));
      if (!here) continue;
      const double u = (t - a.t) / (b.t - a.t);
      const bool zeros = countZero(a.spectrum) > 0 && countZero(b.spectrum) > 0;
      const NewtonOutcome found = solveAt(m_landscape, a.x + u * (b.x - a.x), t, 0.2, zeros);
      if (!found.converged) continue;
      const LevelPoint point{found.z,
                             symmetricSpectrum(m_landscape.linearized(found.z, t).jacobian),
                             found.iterations, found.residual};
      const bool known = std::any_of(out.begin(), out.end(), [&](const LevelPoint& other) {
        return samePoint(m_landscape, t, point, other);
      });
      if (!known) out.push_back(point);
    }
  return out;
}

void BranchSearch::report(std::size_t pending) {
  const double fraction =
      static_cast<double>(m_followed) / static_cast<double>(m_followed + pending + 1);
  m_progress = std::max(m_progress, fraction);
  m_control.progress(m_progress);
}

}  // namespace separatrix
