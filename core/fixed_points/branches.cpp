#include "core/fixed_points/branches.hpp"

#include "core/fixed_points/branch_search.hpp"
#include "core/fixed_points/find_scalar.hpp"
#include "core/fixed_points/reduction.hpp"
#include "core/fixed_points/seeds.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/processes/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace separatrix {
namespace {

bool precedes(const Vec& a, const Vec& b) {
  return std::lexicographical_compare(a.data(), a.data() + a.size(), b.data(), b.data() + b.size());
}

struct Scenery {
  const Target& target;
  const ForwardProcess& process;
  const PotentialAt& potential;
};

/// A scene's landscape in its own coordinates, and what makes results of R^d of it.
class Setting {
public:
  explicit Setting(const Scenery& scenery)
      : m_reduction(scenery.target),
        m_landscape(makeLandscape(m_reduction.target(), scenery.process, scenery.potential)) {}

  const Landscape& landscape() const { return *m_landscape; }
  const Reduction& reduction() const { return m_reduction; }

  /// log s, from which fixed points get exactly this s.
  double logarithm(double s) {
    const double t = std::log(s);
    m_times[t] = s;
    return t;
  }

  /// `spectrum` is that of ∂F/∂x, in which zeros are made exact.
  FixedPoint fixedPoint(double t, const Vec& x, Vec spectrum) const {
    const double tolerance = zeroTolerance(spectrum);
    spectrum = (spectrum.array().abs() <= tolerance).select(0, spectrum);
    FixedPoint out;
    out.s = timeOf(t);
    out.x = m_reduction.lifted(*m_landscape, x, t);
    out.spectrum =
        m_landscape->hessianScale(t) * m_reduction.spectrum(*m_landscape, x, t, spectrum);
    out.minEigenvalue = out.spectrum[0];
    return out;
  }

  FixedPoint fixedPoint(double t, const CurvePoint& point) const {
    FixedPoint out = fixedPoint(t, point.x, point.spectrum);
    out.iterations = point.iterations;
    out.residual = point.residual;
    return out;
  }

private:
  double timeOf(double t) const {
    const auto given = m_times.find(t);
    return given == m_times.end() ? std::exp(t) : given->second;
  }

  std::map<double, double> m_times;
  Reduction m_reduction;
  std::unique_ptr<Landscape> m_landscape;
};

/// Where the curve crosses time `high` between two of its points.
FixedPoint crossing(const Setting& setting, const CurvePoint& a, const CurvePoint& b, double high) {
  const Vec guess = a.x + (high - a.t) / (b.t - a.t) * (b.x - a.x);
  const auto found = curvePointAt(setting.landscape(), guess, high, b.t - a.t);
  return setting.fixedPoint(high, found ? *found : (a.t < b.t ? a : b));
}

/// The pieces of a curve at times of logarithm up to `high`.
std::vector<Branch> branchesOf(const Setting& setting, const Curve& curve, double high) {
  std::vector<Branch> out;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const CurvePoint& point = curve.points[i];
    const CurvePoint* before = i > 0 ? &curve.points[i - 1] : nullptr;
    const bool inside = point.t <= high;
    const bool wasInside = before != nullptr && before->t <= high;
    if (inside && !wasInside) out.emplace_back();
    if (before != nullptr && inside != wasInside && point.t != high && before->t != high)
      out.back().points.push_back(crossing(setting, *before, point, high));
    if (inside) out.back().points.push_back(setting.fixedPoint(point.t, point));
  }
  return out;
}

double largestTime(const Branch& branch) {
  double out = branch.points.front().s;
  for (const FixedPoint& point : branch.points) out = std::max(out, point.s);
  return out;
}

void sortDiagram(BifurcationDiagram& diagram) {
  std::stable_sort(diagram.branches.begin(), diagram.branches.end(),
                   [](const Branch& a, const Branch& b) {
                     const double atA = largestTime(a), atB = largestTime(b);
                     if (atA != atB) return atA > atB;
                     return precedes(a.points.back().x, b.points.back().x);
                   });
  std::stable_sort(diagram.events.begin(), diagram.events.end(),
                   [](const BifurcationEvent& a, const BifurcationEvent& b) { return a.s > b.s; });
}

/// The one-dimensional results of a reduced mixture in R^d.
FixedPoint lifted(const Setting& setting, const FixedPoint& point) {
  if (setting.reduction().hiddenDimensions() == 0) {
    FixedPoint out{point.s, point.x, point.minEigenvalue};
    out.spectrum = Vec::Constant(1, point.minEigenvalue);
    return out;
  }
  const double t = std::log(point.s);
  const double scale = setting.landscape().hessianScale(t);
  FixedPoint out = setting.fixedPoint(t, point.x, Vec::Constant(1, point.minEigenvalue / scale));
  out.s = point.s;
  out.residual = setting.landscape().value(point.x, t).norm();
  return out;
}

Coverage coverageOf(const BranchSearch& search, const Landscape& landscape) {
  if (search.isCut()) return Coverage::cut;
  return fullySearched(landscape) ? Coverage::searched : Coverage::connected;
}

/// Takes points found just after s = 0 to s = 0, where b = 0 is no unit of length.
FixedPointSet atTheData(FixedPointSet set, const Target& target, const ForwardProcess& process,
                        const PotentialAt& potential) {
  const Channel channel = process.channel(0);
  const Potential U = potential(0);
  const SquareSystem system = [&](const Vec& x) {
    const Posterior at = target.posterior(x, channel);
    return Linearization{U.gradient(x, at.score), U.hessian(at.hessian), 0};
  };
  for (FixedPoint& point : set.points) {
    NewtonOptions options;
    options.tolerance = 1e-13 * (1 + point.x.norm());
    const NewtonOutcome found = newton(system, point.x, options);
    point.s = 0;
    point.x = found.z;
    point.spectrum = symmetricSpectrum(system(found.z).jacobian);
    point.minEigenvalue = point.spectrum[0];
    point.iterations = found.iterations;
    point.residual = found.residual;
    point.converged = found.converged;
  }
  return set;
}

void searchBetween(BranchSearch& search, const Landscape& landscape, double low, double high,
                   const RunControl& control) {
  constexpr int kLevels = 6;
  if (!fullySearched(landscape)) return;
  for (int i = 1; i < kLevels; ++i) {
    const double t = low + (high - low) * i / kLevels;
    search.fromLevel(t, searchLevel(landscape, t, search.pointsAt(t), control));
  }
}

void addBranches(BifurcationDiagram& out, const Setting& setting, const BranchSearch& search,
                 double top) {
  for (const Curve& curve : search.curves()) {
    const CurvePoint& middle = curve.points[curve.points.size() / 2];
    if (setting.reduction().isMirrored(setting.landscape(), middle.x, middle.t)) continue;
    for (Branch& branch : branchesOf(setting, curve, top))
      out.branches.push_back(std::move(branch));
  }
}

void addEvents(BifurcationDiagram& out, const Setting& setting, const BranchSearch& search,
               double top) {
  const Reduction& reduction = setting.reduction();
  const Landscape& landscape = setting.landscape();
  for (const FoundEvent& found : search.events()) {
    const CurvePoint& at = found.event.at;
    if (at.t > top || reduction.isMirrored(landscape, at.x, at.t)) continue;
    const Index multiplicity =
        reduction.multiplicity(landscape, at.x, at.t, found.event.multiplicity());
    out.events.push_back({found.kind, std::exp(at.t), reduction.lifted(landscape, at.x, at.t),
                          static_cast<int>(multiplicity)});
  }
}

enum class Keep { everything, events };

BifurcationDiagram continuedDiagram(const Scenery& scenery, const DiagramRange& range, Keep keep,
                                    const RunControl& control) {
  Setting setting(scenery);
  const Landscape& landscape = setting.landscape();
  const double horizon = scenery.process.horizon();
  const double low = setting.logarithm(std::max(range.from, shortestTime(scenery.process)));
  const double high = setting.logarithm(horizon);
  const double step = (range.to - range.from) / static_cast<double>(range.steps);
  BranchSearch search(
      landscape, low, high, [step](double t) { return std::log1p(step / std::exp(t)); }, control);
  search.fromNoise();
  search.fromLevel(low, searchLevel(landscape, low, search.pointsAt(low), control));
  searchBetween(search, landscape, low, high, control);

  BifurcationDiagram out;
  out.coverage = coverageOf(search, landscape);
  const double top = range.to < horizon ? setting.logarithm(range.to) : high;
  if (keep == Keep::everything) addBranches(out, setting, search, top);
  addEvents(out, setting, search, top);
  sortDiagram(out);
  return out;
}

BifurcationDiagram diagram(const Scenery& scenery, const DiagramRange& range, Keep keep,
                           const RunControl& control) {
  const Setting setting(scenery);
  const Target& reduced = setting.reduction().target();
  if (reduced.dimension() != 1 || reduced.components() == nullptr)
    return continuedDiagram(scenery, range, keep, control);
  DiagramRange reachable = range;
  if (setting.reduction().hiddenDimensions() > 0)
    reachable.from = std::max(range.from, shortestTime(scenery.process));
  BifurcationDiagram out =
      scalarDiagram(*reduced.components(), scenery.process, scenery.potential, reachable, control);
  if (keep == Keep::events) out.branches.clear();
  for (Branch& branch : out.branches)
    for (FixedPoint& point : branch.points) point = lifted(setting, point);
  for (BifurcationEvent& event : out.events)
    event.x = setting.reduction().lifted(setting.landscape(), event.x, std::log(event.s));
  return out;
}

}  // namespace

BifurcationDiagram continuedDiagram(const Target& target, const ForwardProcess& process,
                                    const PotentialAt& potential, const DiagramRange& range,
                                    const RunControl& control) {
  return continuedDiagram({target, process, potential}, range, Keep::everything, control);
}

BifurcationDiagram branchDiagram(const Target& target, const ForwardProcess& process,
                                 const PotentialAt& potential, const DiagramRange& range,
                                 const RunControl& control) {
  return diagram({target, process, potential}, range, Keep::everything, control);
}

BifurcationDiagram branchEvents(const Target& target, const ForwardProcess& process,
                                const PotentialAt& potential, const DiagramRange& range,
                                const RunControl& control) {
  return diagram({target, process, potential}, range, Keep::events, control);
}

FixedPointSet continuedFixedPoints(const Target& target, const ForwardProcess& process,
                                   const PotentialAt& potential, double s,
                                   const RunControl& control) {
  if (s == 0)
    return atTheData(
        continuedFixedPoints(target, process, potential, shortestTime(process), control), target,
        process, potential);
  const Setting setting({target, process, potential});
  const Landscape& landscape = setting.landscape();
  const double t = std::log(s);
  const double high = std::log(process.horizon());
  BranchSearch search(landscape, t, high, {}, control);
  if (t < high) search.fromNoise();
  const std::vector<LevelPoint> connected = search.pointsAt(t);
  FixedPointSet out;
  out.coverage = coverageOf(search, landscape);
  for (const LevelPoint& found : searchLevel(landscape, t, connected, control)) {
    if (setting.reduction().isMirrored(landscape, found.x, t)) continue;
    FixedPoint point = setting.fixedPoint(t, found.x, found.spectrum);
    point.s = s;
    point.iterations = found.iterations;
    point.residual = found.residual;
    out.points.push_back(std::move(point));
  }
  std::sort(out.points.begin(), out.points.end(),
            [](const FixedPoint& a, const FixedPoint& b) { return precedes(a.x, b.x); });
  return out;
}

FixedPointSet findFixedPoints(const Target& target, const ForwardProcess& process,
                              const PotentialAt& potential, double s, const RunControl& control) {
  const Setting setting({target, process, potential});
  const Target& reduced = setting.reduction().target();
  const bool flat = s == 0 && setting.reduction().hiddenDimensions() > 0;
  if (reduced.dimension() != 1 || reduced.components() == nullptr || flat)
    return continuedFixedPoints(target, process, potential, s, control);
  FixedPointSet out;
  control.checkpoint();
  for (const ScalarFixedPoint& found :
       findScalarFixedPoints(*reduced.components(), process.channel(s), potential(s))) {
    out.points.push_back(lifted(setting, {s, Vec::Constant(1, found.x), found.curvature}));
  }
  return out;
}

}  // namespace separatrix
