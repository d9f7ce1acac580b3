#pragma once

#include "core/parameters/grid_axis.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// The potential of the overlap q = m·x/√d of two Gaussians over time: V(q, t) = μ̃² (U(x) − U(0))
/// along the means, x = q m̂/μ̃, of the scene's potential. For `sde`, β = 2 and σ = 1 it is that of
/// [B Eq 8].
class Overlap final : public Result {
public:
  double muTilde = 1;
  std::vector<double> times;  ///< t = −log a
  GridAxis overlaps;          ///< q
  Batch potential;            ///< V, times × overlaps
  std::vector<double> wells;  ///< q* ≥ 0 of the least V among the overlaps, at each time, between
                              ///< them by a parabola

  Table table() const override;
};

/// `overlap` {times, range}
Analysis overlapAnalysis();

}  // namespace separatrix
