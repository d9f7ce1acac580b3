#pragma once

#include "core/sampling/ensemble.hpp"
#include "core/targets/span_of_means.hpp"

namespace separatrix {

/// What particles do across V = span{μ_k − μ_1} of a mixture of equal variance v: there their law
/// is that of the single Gaussian N((I−P)μ_1, v I), whose dynamics are linear and are solved
/// exactly between any two times, at any λ (theory §4). Refers to its arguments.
class Complement {
public:
  Complement(const SpanOfMeans& span, const ForwardProcess& process, Direction direction,
             double stochasticity);

  /// The deviations from a(s)(I−P)μ_1 at the start of the particles first, first + 1, …: `out`
  /// (d × P) gets them, orthogonal to V.
  void start(StartLaw law, double s, const Noise& noise, Index first, BatchF& out) const;
  /// The deviation of the point `x` of R^d, for all particles.
  void startAt(const VecView& x, double s, BatchF& out) const;
  /// Takes them from one time to another, with the numbers of `cell`.
  void advance(double from, double to, const Noise& noise, Index cell, Index first,
               BatchF& deviations) const;
  /// The states in R^d at s, d × P, of particles at `inSpan` (r × P).
  BatchF lifted(double s, const BatchF& inSpan, const BatchF& deviations) const;

private:
  void addNoise(double deviation, const Noise& noise, Index cell, Index first, BatchF& out) const;
  double variance(double s) const;

  const SpanOfMeans& m_span;
  const ForwardProcess& m_process;
  Direction m_direction;
  double m_stochasticity;
  Eigen::MatrixXf m_basis;  // d × r
  Eigen::MatrixXf m_transposed;
  Eigen::VectorXf m_origin;  // d
};

}  // namespace separatrix
