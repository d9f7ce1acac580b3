#pragma once

#include "core/targets/target.hpp"

namespace separatrix {

/// The score of a data set of many points in many dimensions, or of any mixture whose components
/// have equal variances: ∇log p(x) = (a Σ_k w_k μ_k − x)/V, V = a²v + b² (theory §2), as two
/// matrix products over blocks of points and components that never hold all weights.
///
/// Single precision finds what matters, double precision says what it is worth: components that
/// could matter are taken again from their differences x − aμ_k in double. Which ones depends on δ,
/// a bound on the error of an exponent in single precision that holds for any order of summation;
/// it grows as d, and the errors as √d.
/// - δ > kCertainError √d, as at small noise: all but those that have together less than 10⁻⁶ of
///   the weight, δ allowed for. The score is exact for the given single-precision x, up to that
///   part and the rounding of the result.
/// - Else: all that have 1/8 of the weight or more. The weights that are left have relative errors
///   below 2δ; measured, the score's is below 10⁻⁵ at b² ≥ 0.2 (10⁻⁶ for points of the ensemble)
///   and 2·10⁻⁵ below.
/// Components with less than 10⁻¹² of the weight together, δ allowed for, are left out.
class DatasetKernel {
public:
  static constexpr double kCertainError = 0.003;
  /// Points are taken this many at a time; fewer cost as much.
  static constexpr Index kTile = 128;

  /// By the sizes of a mixture alone, K components in R^d, whether this is its faster kernel.
  static bool suits(Index components, Index dimension);
  static bool hasEqualVariances(const Components& parts);

  /// `parts`, with equal variances and weights of sum 1, must outlive this.
  explicit DatasetKernel(const Components& parts);

  /// x and out: d × P, any P; runs on the calling thread. The bits of a column depend on that
  /// column alone.
  void scores(const BatchFView& x, const Channel& channel, BatchFOut out) const;

private:
  struct Tile;
  void centre(const BatchFView& x, const Channel& channel, Tile& tile) const;
  void setMargins(const Channel& channel, Tile& tile) const;
  void weighBlock(Index block, const Channel& channel, Tile& tile) const;
  void refine(Index p, const BatchFView& x, const Channel& channel, Tile& tile,
              BatchFOut out) const;

  const Components& m_parts;
  Vec m_centre;       // the mean of the means
  BatchF m_points;    // K × d, centred, filled up with zeros to whole blocks
  Vec m_halfSquares;  // |m_points|²/2
  Vec m_logWeights;
  double m_largestNorm = 0, m_largestLogWeight = 0;
};

}  // namespace separatrix
