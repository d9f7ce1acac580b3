#include "core/fixed_points/horizon_branch.hpp"

#include "core/fixed_points/reduction.hpp"
#include "core/numerics/curve.hpp"
#include "core/numerics/roots.hpp"
#include "core/processes/time_axis.hpp"

#include <algorithm>
#include <cmath>

namespace separatrix {
namespace {

class Watch {
public:
  Watch(const Target& target, const ForwardProcess& process, const PotentialAt& potential)
      : m_reduction(target), m_landscape(makeLandscape(m_reduction.target(), process, potential)) {}

  HorizonBranch run(double low, double high, const RunControl& control) const {
    const Vec start = m_landscape->channel(high).signal * m_landscape->target().mean();
    const auto first = curvePointAt(*m_landscape, start, high, -1);
    if (!first) return {};
    FollowOptions options;
    options.low = low;
    options.high = high;
    options.checkpoint = [&control] { control.checkpoint(); };
    options.done = [this](const CurvePoint& at) { return least(at) < 0 && laplacian(at) < 0; };
    const Curve curve = followCurve(*m_landscape, *first, options);
    HorizonBranch out;
    out.criticalPoint = leastZero(curve);
    out.laplacianZero = laplacianZero(curve);
    return out;
  }

private:
  Vec spectrum(const CurvePoint& at) const {
    return m_reduction.spectrum(*m_landscape, at.x, at.t, at.spectrum);
  }
  double least(const CurvePoint& at) const { return spectrum(at)[0]; }
  double laplacian(const CurvePoint& at) const { return spectrum(at).sum(); }

  FixedPoint fixedPoint(double t, const Vec& x) const {
    FixedPoint out;
    out.s = std::exp(t);
    out.x = m_reduction.lifted(*m_landscape, x, t);
    return out;
  }

  std::optional<FixedPoint> leastZero(const Curve& curve) const {
    const auto& points = curve.points;
    if (!(least(points.front()) > 0)) return std::nullopt;
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (least(points[i]) > 0) continue;
      // At an event the eigenvalue that crosses is zero exactly.
      if (points[i].spectrum[0] == 0) return fixedPoint(points[i].t, points[i].x);
      return zeroBetween(points[i - 1], points[i],
                         [this](const CurvePoint& at) { return least(at); });
    }
    return std::nullopt;
  }

  std::optional<FixedPoint> laplacianZero(const Curve& curve) const {
    const auto& points = curve.points;
    if (!(laplacian(points.front()) > 0)) return std::nullopt;
    for (std::size_t i = 1; i < points.size(); ++i)
      if (laplacian(points[i]) <= 0)
        return zeroBetween(points[i - 1], points[i],
                           [this](const CurvePoint& at) { return laplacian(at); });
    return std::nullopt;
  }

  /// The branch between two of its points: t is monotone there, for folds are points.
  FixedPoint zeroBetween(const CurvePoint& a, const CurvePoint& b,
                         const std::function<double(const CurvePoint&)>& function) const {
    const auto between = [&](double t) {
      if (t == a.t) return a;
      if (t == b.t) return b;
      const Vec guess = a.x + (t - a.t) / (b.t - a.t) * (b.x - a.x);
      return curvePointAt(*m_landscape, guess, t, b.t - a.t).value_or(b);
    };
    const double t = bracketedRoot([&](double at) { return function(between(at)); },
                                   std::min(a.t, b.t), std::max(a.t, b.t));
    return fixedPoint(t, between(t).x);
  }

  Reduction m_reduction;
  std::unique_ptr<Landscape> m_landscape;
};

}  // namespace

HorizonBranch followFromHorizon(const Target& target, const ForwardProcess& process,
                                const PotentialAt& potential, const RunControl& control) {
  return Watch(target, process, potential)
      .run(std::log(shortestTime(process)), std::log(process.horizon()), control);
}

}  // namespace separatrix
