#include "core/fixed_points/level_search.hpp"

#include "core/fixed_points/seeds.hpp"
#include "core/numerics/descent.hpp"
#include "core/numerics/symmetric_eigen.hpp"
#include "core/runtime/parallel_for.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace separatrix {
namespace {

LevelPoint pointOf(const Landscape& landscape, double t, const NewtonOutcome& found) {
  return {found.z, symmetricSpectrum(landscape.linearized(found.z, t).jacobian), found.iterations,
          found.residual};
}

/// How well a fixed point's place is known.
double placeTolerance(const Landscape& landscape, double t, const LevelPoint& point) {
  const double softest = point.spectrum.cwiseAbs().minCoeff();
  // 1e-12 in double precision.
  const double error = 4500 * landscape.target().precision();
  return landscape.length(t) * std::clamp(error / std::max(softest, 1e-16),
                                          std::max(1e-7, 0.02 * error), std::max(1e-4, 2 * error));
}

class Search {
public:
  Search(const Landscape& landscape, double t, const RunControl& control)
      : m_landscape(landscape), m_t(t), m_control(control) {}

  std::vector<LevelPoint> run(const std::vector<LevelPoint>& known) {
    for (const LevelPoint& point : known) add(point);
    from(dataSeeds(m_landscape, m_t),
         [&](const Vec& seed) { return descend(m_landscape, seed, m_t, 1); });
    const auto nearby = [&](const Vec& seed) { return newtonFrom(seed); };
    from(loneSeeds(m_landscape, m_t), nearby);
    for (const bool thorough : {false, true}) {
      from(saddleSeeds(m_landscape, m_t, thorough), nearby);
      from(gridSeeds(m_landscape, m_t, thorough), nearby);
      deflate();
      if (!fullySearched(m_landscape) || !growsAtInfinity(m_landscape, m_t)) break;
      if (indexSum(m_found) == 1) break;
    }
    return std::move(m_found);
  }

private:
  NewtonOutcome newtonFrom(const Vec& seed) const { return solveAt(m_landscape, seed, m_t, 0.5); }

  void from(const std::vector<Vec>& seeds, const std::function<NewtonOutcome(const Vec&)>& solve) {
    std::vector<std::optional<LevelPoint>> found(seeds.size());
    parallelFor(static_cast<Index>(seeds.size()), [&](Index i) {
      m_control.checkpoint();
      const auto slot = static_cast<std::size_t>(i);
      const NewtonOutcome outcome = solve(seeds[slot]);
      if (outcome.converged) found[slot] = pointOf(m_landscape, m_t, outcome);
    });
    for (const auto& point : found)
      if (point) add(*point);
  }

  void deflate() {
    constexpr std::size_t kMostKnown = 64;
    constexpr int kTries = 8;
    if (m_found.size() > kMostKnown || m_landscape.dimension() > 64) return;
    Vec centre = Vec::Zero(m_landscape.dimension());
    for (const LevelPoint& point : m_found) centre += point.x / static_cast<double>(m_found.size());
    const double length = m_landscape.length(m_t);
    NewtonOptions options;
    options.iterations = 60;
    options.tolerance = 1e-13 * length;
    options.longestMove = 4 * length;
    for (int i = 0; i < kTries; ++i) {
      m_control.checkpoint();
      std::vector<Vec> known;
      for (const LevelPoint& point : m_found) known.push_back(point.x);
      // Off the centre, where symmetry would hold Newton's method.
      const Vec start = centre + Vec::Constant(centre.size(), 0.0137 * length * (1 + i));
      const NewtonOutcome outcome =
          deflatedNewton([&](const Vec& x) { return m_landscape.linearized(x, m_t); }, start, known,
                         length, options);
      if (!outcome.converged || !add(pointOf(m_landscape, m_t, outcome))) break;
    }
  }

  bool add(const LevelPoint& point) {
    for (const LevelPoint& other : m_found)
      if (samePoint(m_landscape, m_t, point, other)) return false;
    m_found.push_back(point);
    return true;
  }

  const Landscape& m_landscape;
  double m_t;
  const RunControl& m_control;
  std::vector<LevelPoint> m_found;
};

}  // namespace

std::vector<LevelPoint> searchLevel(const Landscape& landscape, double t,
                                    const std::vector<LevelPoint>& known,
                                    const RunControl& control) {
  return Search(landscape, t, control).run(known);
}

bool samePoint(const Landscape& landscape, double t, const LevelPoint& a, const LevelPoint& b) {
  const double tolerance =
      std::max(placeTolerance(landscape, t, a), placeTolerance(landscape, t, b));
  if ((a.x - b.x).norm() <= tolerance) return true;
  const double scale = 1 + a.spectrum.cwiseAbs().maxCoeff();
  return a.marginal() > 0 && a.marginal() == b.marginal() &&
         (a.spectrum - b.spectrum).cwiseAbs().maxCoeff() <= 1e-7 * scale;
}

Index indexSum(const std::vector<LevelPoint>& points) {
  Index sum = 0;
  for (const LevelPoint& point : points) sum += point.index() % 2 == 0 ? 1 : -1;
  return sum;
}

bool growsAtInfinity(const Landscape& landscape, double t) {
  const Components* parts = landscape.target().components();
  if (parts == nullptr) return true;
  const Channel channel = landscape.channel(t);
  const double a2 = channel.signal * channel.signal;
  // Far out the widest component stands alone.
  const double V = a2 * parts->variances.maxCoeff() + channel.noiseVariance;
  return landscape.weights(t).pull + channel.noiseVariance / V > 0;
}

}  // namespace separatrix
