#pragma once

#include "core/runtime/types.hpp"
#include "core/study/analysis.hpp"

namespace separatrix {

/// Some trajectories of the scene's ensemble and, at each saved time, the data points nearest to
/// x/a: how a trajectory comes to be bound to one of them, and what it becomes [B §5, Figs 5, 11].
class Neighbours final : public Result {
public:
  struct Neighbour {
    Index point = 0;
    double distance = 0;  ///< |x/a − y|
  };

  Index firstParticle = 0, particles = 0;
  std::size_t count = 0;           ///< neighbours at each time
  std::vector<double> times;       ///< s of the saved states, from noise to data
  std::vector<double> signalAt;    ///< a at those times
  std::vector<BatchF> states;      ///< of each time: d × particles
  std::vector<Neighbour> nearest;  ///< by particle, then time, then rank
  std::vector<int> labels;         ///< of all data points; empty: they have none

  const Neighbour& at(Index particle, std::size_t time, std::size_t rank) const;
  Table table() const override;
};

/// `neighbours` {first, paths, count}: for targets with components, whose means are the
/// points.
Analysis neighboursAnalysis();

}  // namespace separatrix
