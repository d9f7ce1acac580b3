#include "core/regimes/condensation.hpp"

#include "core/numerics/roots.hpp"

#include <cmath>

namespace separatrix {
namespace {

/// The points at a distance of x whose squares, per coordinate, have the mean Γ + M.
struct RandomEnergyModel {
  double delta;   ///< Δ = b²
  double spread;  ///< σ_t² = a²σ²
  double shift;   ///< M, 0 for the class of x

  double square() const { return delta + spread + shift; }
  /// g(λ) = (1/d) log E exp(−λ|x − a y|²/2Δ).
  double growth(double lambda) const {
    const double wide = delta + lambda * spread;
    return 0.5 * std::log(delta / wide) - 0.5 * lambda * square() / wide;
  }
  double slope(double lambda) const {
    const double wide = delta + lambda * spread;
    return -0.5 * spread / wide - 0.5 * square() * delta / (wide * wide);
  }

  /// Above its freezing point, 1 < λ*, the sum is its mean; below it is the largest term,
  /// −ε_min = g'(λ*), where the rate function reaches α: α + g(λ*) = λ* g'(λ*).
  RandomEnergyFreeEnergy freeEnergy(double alpha) const {
    const auto left = [&](double lambda) {
      return alpha + growth(lambda) - lambda * slope(lambda);
    };
    if (left(1) >= 0) return {alpha + growth(1), false};
    return {slope(bracketedRoot(left, 0, 1)), true};
  }
};

}  // namespace

Condensation condensation(const TwoClasses& model, const Channel& channel, double alpha) {
  const double a2 = channel.signal * channel.signal;
  const double spread = a2 * model.sigma2;
  const double apart = 4 * a2 * model.muTilde * model.muTilde;
  return {RandomEnergyModel{channel.noiseVariance, spread, 0}.freeEnergy(alpha),
          RandomEnergyModel{channel.noiseVariance, spread, apart}.freeEnergy(alpha)};
}

}  // namespace separatrix
