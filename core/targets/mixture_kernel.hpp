#pragma once

#include "core/targets/target.hpp"

namespace separatrix {

/// The kernels are for mixtures in so many dimensions, with any number of components.
inline constexpr Index kFewDimensions = 16;

/// ∇ log p of d × P points of a mixture of isotropic Gaussians in single precision, d ≤ 16;
/// `logWeights` are those of the components. Vectors of points, as wide as the machine has them;
/// the same bits on every instruction set, whatever the other points are. Weights have relative
/// errors of some 10⁻⁷ times their exponents.
void mixtureScores(const Components& parts, const Vec& logWeights, const Channel& channel,
                   const BatchFView& x, BatchFOut out);

/// Target::moveAlongScores of the same.
void moveAlongMixtureScores(const Components& parts, const Vec& logWeights, const Channel& channel,
                            const ScoreStep& step, const BatchFView& dW, BatchFOut x);

/// log p of the same, P. The error is below 10⁻⁵·max(1, |log p|) for b² ≥ 10⁻³ and |x_i| ≤ 4.
void mixtureLogDensities(const Components& parts, const Vec& logWeights, const Channel& channel,
                         const BatchFView& x, Eigen::Ref<Eigen::VectorXf> out);

}  // namespace separatrix
