#pragma once

#include "core/runtime/types.hpp"

#include <string>
#include <vector>

namespace separatrix {

/// A zero of ∇U at one time s.
struct FixedPoint {
  double s = 0;
  Vec x;
  double minEigenvalue = 0;  ///< least eigenvalue of Hess U

  bool stable() const { return minEigenvalue > 0; }
};

/// A curve of fixed points, in order along the curve. Times run down along a branch from the
/// horizon; a branch through a fold runs up to the fold and down again.
struct Branch {
  std::vector<FixedPoint> points;
};

enum class EventKind { fold, pitchfork };
std::string eventName(EventKind kind);

/// A place on the branches where an eigenvalue of Hess U crosses zero.
struct BifurcationEvent {
  EventKind kind = EventKind::fold;
  double s = 0;
  Vec x;
  int multiplicity = 1;  ///< how many eigenvalues cross
};

struct BifurcationDiagram {
  std::vector<Branch> branches;  ///< those at the largest time first, each time ordered by x
  std::vector<BifurcationEvent> events;  ///< from the largest time down
};

}  // namespace separatrix
