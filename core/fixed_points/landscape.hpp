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
/// F = (b²/A) ∇U = c x − b² ∇log p with c = B b²/A. Its Jacobian, Hess U·b²/A, is c + 1 at a delta
/// and at most that anywhere; lengths are measured in b. Refers to what it is made of, all of which
/// must outlive it.
class Landscape : public EquationFamily {
public:
  Landscape(const Target& target, const ForwardProcess& process, const PotentialAt& potential)
      : m_target(target), m_process(process), m_potential(potential) {}

  const Target& target() const { return m_target; }
  const ForwardProcess& process() const { return m_process; }

  /// What makes Hess U of ∂F/∂x: A/b².
  double hessianScale(double t) const;
  /// c
  double pull(double t) const;
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
  bool m_equalVariances;
};

/// The one that suits the target.
std::unique_ptr<Landscape> makeLandscape(const Target& target, const ForwardProcess& process,
                                         const PotentialAt& potential);

}  // namespace separatrix
