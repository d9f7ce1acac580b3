#pragma once

#include "core/models/score_model.hpp"
#include "core/targets/target.hpp"

namespace separatrix {

/// Data whose score is a model's: what is drawn from φ, its mean and covariance are those of
/// `data`, all that depends on x comes from the model. log p is the integral of the score along the
/// straight line from the origin, where it is that of `data` (64 nodes); a score that is no
/// gradient has no log p, and this is one of many. ∇²log p is the symmetric part of differences of
/// the score. There are no components, and nothing is drawn from a posterior (Failure). What stops
/// the work of the thread (currentControl) stops the model.
std::unique_ptr<const Target> makeModelTarget(std::shared_ptr<const Target> data,
                                              std::shared_ptr<const ScoreModel> model);

}  // namespace separatrix
