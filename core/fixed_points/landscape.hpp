#pragma once

#include "core/fields/potential.hpp"
#include "core/numerics/equation_family.hpp"
#include "core/targets/target.hpp"

#include <functional>
#include <memory>

namespace separatrix {

/// U at each time, for the fixed points of one scene.
using PotentialAt = std::function<Potential(double s)>;

/// ∇U = 0 at all times as one family of equations, of parameter t = log s:
/// F = [c x − b² ∇log p]/(1 + c) with c = B b²/A, which is ∇U·b²/(A(1 + c)): its Jacobian is one at
/// a delta and at most one anywhere, because the posterior's covariance is never negative. Lengths
/// are measured in b. Refers to what it is made of, all of which must outlive it.
class Landscape : public EquationFamily {
public:
  Landscape(const Target& target, const ForwardProcess& process, const PotentialAt& potential)
      : m_target(target), m_process(process), m_potential(potential) {}

  const Target& target() const { return m_target; }
  const ForwardProcess& process() const { return m_process; }

  struct Weights {
    double pull = 0;   ///< c
    double scale = 1;  ///< 1 + c; where that is not positive (rounding at a → 0), 10⁻¹⁰
  };
  Weights weights(double t) const;
  /// What makes Hess U of ∂F/∂x: A(1 + c)/b².
  double hessianScale(double t) const;
  Channel channel(double t) const;

  Index dimension() const override { return m_target.dimension(); }
  Vec value(const Vec& x, double t) const override;
  Linearization linearized(const Vec& x, double t) const override;
  double length(double t) const override;

private:
  const Target& m_target;
  const ForwardProcess& m_process;
  const PotentialAt& m_potential;
};

/// The landscape of a mixture, evaluated with the components that have weight at x alone: for n
/// points in R^d that is n·d and a low-rank product instead of n·d².
class MixtureLandscape final : public Landscape {
public:
  /// `target` must have components.
  MixtureLandscape(const Target& target, const ForwardProcess& process,
                   const PotentialAt& potential);

  Vec value(const Vec& x, double t) const override;
  Linearization linearized(const Vec& x, double t) const override;

private:
  struct Active;
  Active active(const Vec& x, double t) const;

  const Components& m_parts;
  Vec m_logWeights;
  Mat m_coordinates;  // n × d: each coordinate contiguous
  bool m_equalVariances;
};

/// The one that suits the target.
std::unique_ptr<Landscape> makeLandscape(const Target& target, const ForwardProcess& process,
                                         const PotentialAt& potential);

}  // namespace separatrix
