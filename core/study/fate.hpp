#pragma once

#include "core/study/trajectories.hpp"

namespace separatrix {

/// Where particles end that start at one point x at one time s: the posterior weights of the
/// components beside the shares of sampled trajectories. For deltas the weights are the exact
/// fates of the generative SDE, λ = 1 (theory §2), and of no other λ.
class Fate final : public Result {
public:
  double s = 0;
  Vec at;                       ///< x, d
  Vec weights;                  ///< P(component k | x, s), K
  Index particles = 0;          ///< how many were sampled
  Vec shares;                   ///< of those whose data end is nearest to the mean of k, K
  Vec standardErrors;           ///< of the shares, K; of shares of 0 and 1 too more than 0
  double stochasticity = 1;     ///< λ of the trajectories
  bool componentsWide = false;  ///< some component is no delta
  /// The first of the trajectories, up to 60, from s to the data at up to 201 times:
  /// [saved steps][d × paths], with the component where each ends, as a rank along x0.
  std::shared_ptr<const Trajectories> paths;

  Table table() const override;
  std::string remark() const override;
  /// The paths: [saved steps][paths][d]
  std::optional<NumericArray> array() const override { return paths->array(); }
};

/// `fate` {time, at, runs}: with the sampler and the steps of the scene's ensemble that lie
/// below `time`; all of its steps where it starts later. On the time grid `integers` a time
/// between whole numbers takes even steps.
Analysis fateAnalysis();

}  // namespace separatrix
