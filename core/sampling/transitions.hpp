#pragma once

#include "core/sampling/sampler.hpp"

namespace separatrix {

/// The Gaussian transitions from which the samplers are made. In all of them the drawn part is the
/// Brownian increment of the step, scaled to the variance that the transition has.

/// Whether the score exists at s: at s = 0 only where φ has a density.
bool hasScore(const Target& target, double s);

/// X_to given X_from under the forward SDE, exact at any step size.
void forwardTransition(const StepContext& context, const BatchF& brownian, BatchFOut x);

/// One reverse step with ⟨y⟩ held: the generative SDE at stochasticity λ with the score
/// (a⟨y⟩ − x)/b² in which ⟨y⟩ stays what it was at the start. With σ = b/a it is linear, and
///   x' = a'⟨y⟩ + (a'/a)(σ'/σ)^{1+λ²}(x − a⟨y⟩) + b'√(1 − (σ'/σ)^{2λ²}) z.
/// λ = 1 is the Gaussian bridge of theory §4 at y = ⟨y⟩ (DDPM's mean with the variance β̃), λ = 0
/// is DDIM.
ScoreStep heldStep(const StepContext& context);

/// DDIM's step with its noise of variance `variance` (Song et al. 2021, Eq 12):
///   x' = a'⟨y⟩ + √(b'² − variance) ε + √variance z,  ε = (x − a⟨y⟩)/b.
ScoreStep impliedStep(const StepContext& context, double variance);

/// DDPM's step, the mean of the bridge at ⟨y⟩ with noise of variance `variance`.
ScoreStep ancestralStep(const StepContext& context, double variance);

/// Takes x by such a step.
void move(const StepContext& context, const ScoreStep& step, const BatchF& brownian, BatchFOut x);

/// q = b² − ρ²b'² with ρ = a/a': what the forward process adds from `to` to `from`; DDPM's β_k
/// where variance is preserved.
double addedVariance(const Channel& from, const Channel& to);

}  // namespace separatrix
