#pragma once

#include "core/fixed_points/fixed_point.hpp"
#include "core/fixed_points/level_search.hpp"
#include "core/numerics/branch_switching.hpp"

#include <optional>

namespace separatrix {

/// An event, in the landscape's own coordinates.
struct FoundEvent {
  EventKind kind = EventKind::fold;
  CurveEvent event;
};

/// Collects the branches of a landscape: follows those it is told of, and from every event all
/// that meet there, each once. Work is spread over the threads; results do not depend on them.
class BranchSearch {
public:
  /// Between times of logarithm low and high; `longestMove` of log s at log s between two points.
  BranchSearch(const Landscape& landscape, double low, double high,
               const std::function<double(double t)>& longestMove, const RunControl& control);

  /// From the fixed point at the largest time that continues the single one of pure noise.
  void fromNoise();
  /// From those points at time t that lie on no branch yet.
  void fromLevel(double t, const std::vector<LevelPoint>& points);

  /// Where the branches cross time t.
  std::vector<LevelPoint> pointsAt(double t) const;
  const std::vector<Curve>& curves() const { return m_curves; }
  const std::vector<FoundEvent>& events() const { return m_events; }
  /// There were more branches than are kept.
  bool isCut() const { return m_cut; }

private:
  struct Start {
    CurvePoint point;
    std::optional<CurvePoint> head;  // the event it leaves
    bool bothWays = false;
  };

  void followAll(std::vector<Start> starts);
  std::vector<Start> followWave(const std::vector<Start>& starts);
  Curve follow(const Start& start) const;
  bool accept(Curve curve);
  std::vector<Start> startsAt(const CurveEvent& event, EventKind& kind) const;
  std::optional<Start> trunkOf(const CurveEvent& vertex, const Curve& arm) const;
  bool isKnown(const CurveEvent& event) const;
  bool onBranch(const Vec& x, double t, const Vec& spectrum) const;
  void report(std::size_t pending);
  Mat guesses(const CurveEvent& event) const;

  const Landscape& m_landscape;
  const RunControl& m_control;
  FollowOptions m_options;
  std::vector<Curve> m_curves;
  std::vector<FoundEvent> m_events;
  bool m_cut = false;
  std::size_t m_followed = 0;
  double m_progress = 0;
};

}  // namespace separatrix
