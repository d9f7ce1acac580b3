#pragma once

#include "core/numerics/moments.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// How well the scene's score predicts the noise of noised data x = a y + b z, y one of the data:
/// ε̂ = −b ∇log p. A model whose parametrisation, schedule and scale are set right has a mean of ε̂
/// near 0, a variance near 1 where there is much noise, and a loss that is little above that of
/// the exact score, the least possible for these data.
class Residuals final : public Result {
public:
  std::vector<double> times;       ///< s
  std::vector<double> means;       ///< of all numbers of ε̂
  std::vector<double> variances;   ///< of all numbers of ε̂
  std::vector<Average> losses;     ///< E |ε̂ − z|²/d
  std::vector<Average> exact;      ///< the same with the exact score of the data
  std::vector<Average> distances;  ///< E |ε̂ − ε̂ exact|²/d

  Table table() const override;
};

/// `residuals` {times, samples}.
Analysis residualsAnalysis();

}  // namespace separatrix
