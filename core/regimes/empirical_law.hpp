#pragma once

#include "core/numerics/moments.hpp"
#include "core/runtime/noise.hpp"
#include "core/runtime/run_control.hpp"
#include "core/targets/target.hpp"

#include <span>
#include <vector>

namespace separatrix {

/// What the posterior weights w of the points are for x drawn from their law after diffusion: x
/// comes from each point equally often, as far as the number of samples goes. The standard errors
/// are those of samples of these points; other points would give other averages.
struct EmpiricalAverages {
  Average entropy;             ///< E H(w), nats; over d it is f^e [B §5; theory §7]
  Average participationRatio;  ///< E Σ w_j² = φ_C: two runs from x end on the same point
  Average sameClass;           ///< E Σ_c P(c|x)² = φ: they end in the same class
  /// Of each pair of classes alone, in the order (0, 1), (0, 2), … (1, 2), …: φ if there were only
  /// the points of the two. Empty where there are more than kMostPaired classes.
  std::vector<Average> pairs;
};

/// Points as a law: deltas with weights and classes (theory §2), prepared once.
class EmpiricalLaw {
public:
  static constexpr int kMostPaired = 30;

  /// `parts` are the points, whatever their variances; their classes are those of classesOf.
  explicit EmpiricalLaw(const Components& parts);

  Index count() const { return m_points.rows(); }
  Index dimension() const { return m_points.cols(); }
  int classes() const { return m_classCount; }

  /// Exact weights at `samples` places x = a y + b z, with the numbers of `cell`. In parallel, the
  /// same for any number of threads. Throws Cancelled when stopped.
  EmpiricalAverages averages(const Channel& channel, Index samples, const Noise& noise, Index cell,
                             const RunControl& control) const;

private:
  struct Sample;
  struct Tile;
  class Averager;
  void weigh(const Channel& channel, const Tile& tile, const Noise& noise, Index cell,
             const RunControl& control, std::span<Sample> out) const;
  Index pointOf(Index sample, Index samples) const;

  Batch m_points;  // n × d, less their mean
  Vec m_squares;   // |·|² of each, n
  Vec m_logWeights;
  Vec m_cumulative;  // weights
  std::vector<int> m_classes;
  int m_classCount = 1;
};

}  // namespace separatrix
