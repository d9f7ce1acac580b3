#pragma once

#include "core/models/model_host.hpp"
#include "core/parameters/json.hpp"

namespace separatrix {

/// What a model's answer to x ~ N(0, I) looks like at one time.
struct ProbePoint {
  double time = 0;         ///< as given to the model
  double mean = 0;         ///< of all numbers it returned
  double variance = 0;     ///< of them
  double correlation = 0;  ///< of them with the input
};

/// How a model seems to be meant, from what it takes and what it makes of pure noise.
struct ModelProbe {
  std::string signature;
  ModelCall call;
  std::string timeArgument;  ///< "step" (an integer 0 … L − 1) or "unit" (s over the horizon)
  Index steps = 0;           ///< L, of "step": the largest number it takes, and 1
  std::string parametrisation;  ///< "epsilon", "score" or "x0"
  std::vector<ProbePoint> points;
  double secondsPerBatch = 0;  ///< of 64 inputs

  Json toJson() const;
};

/// Tries the shapes given, or without any those that the model's parameters suggest, with integer
/// and real times. Of pure noise at the last time, a prediction of the noise is the noise itself, a
/// score its negative, and x₀ is neither. Throws Failure where the model fails, and where no shape
/// fits, saying how to give one.
ModelProbe probeModel(ModelHost& model, const std::vector<std::vector<std::int64_t>>& shapes,
                      const RunControl& control);

}  // namespace separatrix
