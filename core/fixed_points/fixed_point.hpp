#pragma once

#include "core/runtime/types.hpp"

#include <string>
#include <vector>

namespace separatrix {

enum class Stability {
  stable,    ///< Hess U is positive definite
  marginal,  ///< no eigenvalue is negative, some are zero
  unstable,
};

/// A zero of ∇U at one time s.
struct FixedPoint {
  double s = 0;
  Vec x;
  double minEigenvalue = 0;  ///< least eigenvalue of Hess U
  Vec spectrum = {};      ///< eigenvalues of Hess U, d, ascending; those that are zero exactly so
  int iterations = 0;     ///< of Newton's method
  double residual = 0;    ///< |∇U|·b²/A at x
  bool converged = true;  ///< to the accuracy that rounding allows

  bool stable() const { return minEigenvalue > 0; }
  Stability stability() const;
  Index index() const { return (spectrum.array() < 0).count(); }
  /// How many eigenvalues are zero: the dimension of the family of fixed points this one stands
  /// for, where it is not at an event.
  Index marginal() const { return (spectrum.array() == 0).count(); }
};

/// A curve of fixed points, in order along the curve. Times run down along a branch from the
/// horizon; a branch through a fold runs up to the fold and down again.
struct Branch {
  std::vector<FixedPoint> points;
};

enum class EventKind {
  fold,          ///< a branch turns back in time (saddle-node)
  pitchfork,     ///< branches leave another on one side of the time
  transcritical  ///< branches cross
};
std::string eventName(EventKind kind);

/// A place on the branches where an eigenvalue of Hess U crosses zero.
struct BifurcationEvent {
  EventKind kind = EventKind::fold;
  double s = 0;
  Vec x;
  int multiplicity = 1;  ///< how many eigenvalues cross
};

/// What is known of what may be missing from a diagram.
enum class Coverage {
  certified,  ///< all branches, by bounds over whole intervals
  searched,   ///< all that a search from everywhere found, checked by the sum of the indices
  connected,  ///< those of the minima at the data, of the horizon, and what they meet
  cut,        ///< the first of very many
};
/// What a person must know of what may be missing, one sentence; empty for the first two.
std::string coverageRemark(Coverage coverage);

struct BifurcationDiagram {
  std::vector<Branch> branches;  ///< those at the largest time first, each time ordered by x
  std::vector<BifurcationEvent> events;  ///< from the largest time down
  Coverage coverage = Coverage::certified;
};

}  // namespace separatrix
