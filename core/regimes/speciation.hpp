#pragma once

#include "core/targets/target.hpp"

#include <optional>

namespace separatrix {

/// When the generative process commits to a class: a²(s) Λ = 1, with Λ the largest eigenvalue of
/// the data covariance [B Eq 9; theory §7].
struct Speciation {
  double s = 0;
  double largestEigenvalue = 0;  ///< Λ
};

/// The variance of a direction of the data that is decided at s, 1/a²; infinite where a is 0.
double decidedVariance(const ForwardProcess& process, double s);
/// When a direction of that variance is decided, a²(s) · variance = 1. None for variances below 1
/// (never), for those so large that it is beyond the horizon, and for processes that do not
/// preserve variance.
std::optional<double> decisionTime(const ForwardProcess& process, double variance);
/// The eigenvalue 1 − a²(s) · variance of the Landau matrix M = I − a² C along a direction of that
/// variance, which turns negative where it is decided [B §3; theory §7]. Of variance-preserving
/// processes.
double landauEigenvalue(const ForwardProcess& process, double s, double variance);

/// None for Λ < 1 (never) and for processes that do not preserve variance.
std::optional<Speciation> speciation(const Target& target, const ForwardProcess& process);

}  // namespace separatrix
