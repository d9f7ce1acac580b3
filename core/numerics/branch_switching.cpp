#include "core/numerics/branch_switching.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace separatrix {
namespace {

/// Evenly spread unit vectors of R^m: all angles of a circle, else the points of an additive
/// recurrence in the cube, thrown on the sphere.
std::vector<Vec> spreadDirections(Index m) {
  std::vector<Vec> out;
  if (m == 1) return {Vec::Constant(1, 1), Vec::Constant(1, -1)};
  if (m == 2) {
    constexpr int kAngles = 32;
    for (int k = 0; k < kAngles; ++k) {
      const double angle = 2 * std::numbers::pi * (k + 0.37) / kAngles;
      out.push_back(Vec{{std::cos(angle), std::sin(angle)}});
    }
    return out;
  }
  for (Index i = 0; i < m; ++i)
    for (const double sign : {1.0, -1.0}) out.push_back(sign * Vec::Unit(m, i));
  const int count = static_cast<int>(std::min<Index>(60 * m, 600));
  for (int k = 1; k <= count; ++k) {
    Vec direction(m);
    for (Index i = 0; i < m; ++i) {
      const double fraction = k * std::sqrt(2.0 + static_cast<double>(i * i + 3 * i));
      direction[i] = 2 * (fraction - std::floor(fraction)) - 1;
    }
    if (direction.norm() > 0.1) out.push_back(direction.normalized());
  }
  return out;
}

class Switch {
public:
  Switch(const EquationFamily& family, const CurveEvent& event, const SwitchOptions& options)
      : m_family(family), m_event(event), m_options(options) {
    m_length = family.length(event.at.t);
    m_origin.resize(event.at.x.size() + 1);
    m_origin << event.at.x / m_length, event.at.t;
  }

  std::vector<CurvePoint> run(const Mat& guesses) {
    for (const Vec& direction : directions(guesses)) {
      if (m_out.size() >= m_options.most) break;
      tryFrom(direction);
      // One of a continuous family stands for all.
      if (!m_out.empty() && countZero(m_out.front().spectrum) > 0) break;
    }
    return m_out;
  }

private:
  std::vector<Vec> directions(const Mat& guesses) const {
    std::vector<Vec> out;
    const auto add = [&](const Vec& v) {
      const double size = v.norm();
      if (size < 1e-8) return;
      out.push_back(v / size);
      out.push_back(-v / size);
    };
    if (m_event.multiplicity() == 1) return spreadDirections(1);
    const Mat projected = m_event.nullSpace.transpose() * guesses;
    const Index most = std::min<Index>(projected.cols(), 40);
    for (Index i = 0; i < most; ++i) {
      add(projected.col(i));
      for (Index j = 0; j < i; ++j) {
        add(projected.col(i) + projected.col(j));
        add(projected.col(i) - projected.col(j));
      }
    }
    for (const Vec& direction : spreadDirections(m_event.multiplicity())) out.push_back(direction);
    return out;
  }

  /// F = 0 at a distance from the event, in z = (x/length, t).
  Linearization held(const Vec& z, double amplitude) const {
    const Index n = z.size() - 1;
    const Vec x = m_length * z.head(n);
    const Linearization at = m_family.linearized(x, z[n]);
    const Vec along = m_event.nullSpace.transpose() * (z - m_origin).head(n);
    Linearization out;
    out.value.resize(n + 1);
    out.value << at.value, (along.squaredNorm() - amplitude * amplitude) / (2 * amplitude);
    out.jacobian.resize(n + 1, n + 1);
    out.jacobian.topLeftCorner(n, n) = m_length * at.jacobian;
    out.jacobian.topRightCorner(n, 1) = m_family.rate(x, z[n]);
    out.jacobian.bottomRows(1).setZero();
    out.jacobian.bottomLeftCorner(1, n) = (m_event.nullSpace * along).transpose() / amplitude;
    out.roundoff = at.roundoff + 1e-15 * (1 + z.norm());
    return out;
  }

  void tryFrom(const Vec& direction) {
    // Smaller ones where something else lies close to the event.
    for (const double amplitude : {m_options.amplitude, 0.2 * m_options.amplitude}) {
      Vec start = m_origin;
      start.head(start.size() - 1) += amplitude * (m_event.nullSpace * direction);
      NewtonOptions newtonOptions;
      newtonOptions.tolerance = 1e-12;
      newtonOptions.longestMove = 0.5 * amplitude;
      newtonOptions.reach = 3 * amplitude;
      newtonOptions.iterations = 25;
      newtonOptions.leastNorm = m_event.multiplicity() > 1;
      const SquareSystem system = [&](const Vec& z) { return held(z, amplitude); };
      if (offer(newton(system, start, newtonOptions), amplitude)) return;
      if (m_event.multiplicity() == 1 && !m_out.empty() &&
          offer(deflatedNewton(system, start, m_found, amplitude, newtonOptions), amplitude))
        return;
    }
  }

  /// Keeps a new solution; true if the start has led to one at all.
  bool offer(const NewtonOutcome& found, double amplitude) {
    if (!found.converged) return false;
    const Index n = found.z.size() - 1;
    if (onTheCurve(found.z, amplitude)) return false;
    for (const Vec& known : m_found)
      if ((known - found.z).norm() < 0.05 * amplitude) return true;
    Vec along = Vec::Zero(n + 1);
    along.head(n) = m_event.nullSpace *
                    (m_event.nullSpace.transpose() * (found.z - m_origin).head(n)).normalized();
    const Vec x = m_length * found.z.head(n);
    CurvePoint point = withTangent(m_family, x, found.z[n], along, false);
    if (countZero(point.spectrum) > 0) point = withTangent(m_family, x, found.z[n], along, true);
    point.iterations = found.iterations;
    m_found.push_back(found.z);
    m_out.push_back(std::move(point));
    return true;
  }

  /// On the curve that is crossed, which is straight this close to the event.
  bool onTheCurve(const Vec& z, double amplitude) const {
    if (m_event.kind != CurveEvent::Kind::crossing) return false;
    const Index n = z.size() - 1;
    const Vec& tangent = m_event.at.tangent;
    const double along = (z[n] - m_origin[n]) / tangent[n];
    return (z - m_origin - along * tangent).norm() < 0.05 * amplitude;
  }

  const EquationFamily& m_family;
  const CurveEvent& m_event;
  const SwitchOptions& m_options;
  double m_length = 1;
  Vec m_origin;
  std::vector<Vec> m_found;
  std::vector<CurvePoint> m_out;
};

}  // namespace

std::vector<CurvePoint> crossingCurves(const EquationFamily& family, const CurveEvent& event,
                                       const Mat& guesses, const SwitchOptions& options) {
  return Switch(family, event, options).run(guesses);
}

}  // namespace separatrix
